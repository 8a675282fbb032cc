import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import './Notice.css'

const faces = {
  tip: { Icon: Info, role: 'note' },
  warn: { Icon: TriangleAlert, role: 'status' },
  refused: { Icon: CircleAlert, role: 'alert' },
} as const

interface Props {
  /** `tip`: good to know, a trial. `warn`: no line, twice the same. `refused`: an act or a page that failed. */
  readonly kind: keyof typeof faces
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly icon?: ReactNode
  /** One way on, at its end. */
  readonly action?: ReactNode
  /** A strip across the page: no corners, no sides. */
  readonly isStrip?: boolean
}

/** A strip that tells something and, where there is one, the way on. */
export function Notice({ kind, title, children, icon, action, isStrip = false }: Props) {
  const { Icon, role } = faces[kind]
  return (
    <div role={role} className={`ui-notice ui-notice-${kind}${isStrip ? ' ui-notice-strip' : ''}`}>
      <span className="ui-notice-icon" aria-hidden>
        {icon ?? <Icon size={18} strokeWidth={1.75} />}
      </span>
      <span className="ui-notice-text">
        <strong className="ui-notice-title">{title}</strong>
        {children !== undefined && <span>{children}</span>}
      </span>
      {action !== undefined && <span className="ui-notice-action">{action}</span>}
    </div>
  )
}
