import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import './Failed.css'

interface Props {
  /** What failed, and what still stands. */
  readonly title: string
  /** Whether anything is lost, and whether trying again is safe. */
  readonly children?: ReactNode
  readonly action?: ReactNode
  /** The number of the error and whom to ring. */
  readonly foot?: string
}

/** What failed, whether one's work is safe, what now. */
export function Failed({ title, children, action, foot }: Props) {
  return (
    <div className="ui-failed" role="alert">
      <span className="ui-failed-icon" aria-hidden>
        <TriangleAlert size={22} strokeWidth={1.75} />
      </span>
      <strong className="ui-failed-title">{title}</strong>
      {children !== undefined && <p className="ui-failed-text">{children}</p>}
      {action !== undefined && <div className="ui-failed-actions">{action}</div>}
      {foot !== undefined && <small className="ui-failed-foot">{foot}</small>}
    </div>
  )
}
