import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import './ReadingPane.css'

interface Props {
  readonly label: string
  readonly title: ReactNode
  readonly words: { readonly previous: string; readonly next: string }
  readonly onPrevious?: (() => void) | undefined
  readonly onNext?: (() => void) | undefined
  readonly children: ReactNode
  /** The act whose turn it is, and the way to the whole page. */
  readonly foot?: ReactNode
}

/** What is chosen in a list, beside it: it follows the keys, so that nobody opens forty pages to find one. */
export function ReadingPane({ label, title, words, onPrevious, onNext, children, foot }: Props) {
  return (
    <aside className="ui-pane" aria-label={label}>
      <header>
        <h2>{title}</h2>
        <button type="button" aria-label={words.previous} disabled={!onPrevious} onClick={onPrevious}>
          <ChevronUp size={18} strokeWidth={1.75} aria-hidden="true" />
        </button>
        <button type="button" aria-label={words.next} disabled={!onNext} onClick={onNext}>
          <ChevronDown size={18} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </header>
      <div className="ui-pane-body" tabIndex={0} role="region" aria-label={label}>
        {children}
      </div>
      {foot !== undefined && <footer>{foot}</footer>}
    </aside>
  )
}
