import { useId, type ReactNode } from 'react'
import './Panel.css'

interface Props {
  readonly title: string
  /** How many it holds; warm where it is beyond what is allowed. */
  readonly count?: number | string
  readonly tone?: 'plain' | 'over' | 'tight'
  readonly note?: ReactNode
  /** One way on, at the end of the head. */
  readonly action?: ReactNode
  /** Rows and maps reach its edges. */
  readonly isFlush?: boolean
  readonly level?: 2 | 3
  readonly children: ReactNode
}

/** A bordered field with a head. */
export function Panel({ title, count, tone = 'plain', note, action, isFlush = false, level = 2, children }: Props) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className="ui-panel" aria-labelledby={id}>
      <header className="ui-panel-head">
        <Heading id={id} className="ui-panel-title">
          {title}
        </Heading>
        {count !== undefined && <span className={`ui-panel-count ui-panel-${tone}`}>{count}</span>}
        {note !== undefined && <span className="ui-panel-note">{note}</span>}
        {action !== undefined && <span className="ui-panel-action">{action}</span>}
      </header>
      <div className={isFlush ? 'ui-panel-flush' : 'ui-panel-body'}>{children}</div>
    </section>
  )
}
