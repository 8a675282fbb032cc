import './Kbd.css'

/** A key of the keyboard, printed where it works. */
export const Kbd = ({ name }: { readonly name: string }) => (
  <kbd className="ui-kbd" aria-hidden>
    {name}
  </kbd>
)
