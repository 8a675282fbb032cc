import type { ReactNode } from 'react'
import { drawings, type Drawing } from './drawings.tsx'
import './Empty.css'

interface Props {
  /** `done`: good news. `nothing`: no such thing with these conditions. `first`: nothing is there yet. `locked`: not for this post. */
  readonly drawing: Drawing
  readonly title: string
  /** Why, and what happens to new ones; which condition to drop, with counts. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** Nothing to show, and that is said: what is, and what now. */
export function Empty({ drawing, title, children, action }: Props) {
  return (
    <div className="ui-empty" role="status">
      {drawings[drawing]}
      <strong className="ui-empty-title">{title}</strong>
      {children !== undefined && <p className="ui-empty-text">{children}</p>}
      {action !== undefined && <div className="ui-empty-actions">{action}</div>}
    </div>
  )
}
