import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Kbd } from '../Kbd/Kbd.tsx'
import './Button.css'

/** `solid`: the one thing a page is for. `danger`: takes something away. */
export type ButtonKind = 'solid' | 'outline' | 'text' | 'danger'

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly kind?: ButtonKind
  readonly size?: 'small' | 'usual' | 'main'
  /** The key that does the same, printed on it. */
  readonly shortcut?: string
  readonly icon?: ReactNode
}

/** For links that look like buttons. */
export const buttonClass = (kind: ButtonKind = 'outline', size: NonNullable<Props['size']> = 'usual'): string =>
  `ui-button ui-button-${kind} ui-button-${size}`

export function Button({ kind = 'outline', size = 'usual', shortcut, icon, children, ...rest }: Props) {
  return (
    <button type="button" aria-keyshortcuts={shortcut} {...rest} className={buttonClass(kind, size)}>
      {icon}
      {children}
      {shortcut !== undefined && <Kbd name={shortcut} />}
    </button>
  )
}
