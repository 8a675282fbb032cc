import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Anchor } from '../Anchor.tsx'
import './Door.css'

interface Props {
  readonly label: string
  readonly count: number | string
  /** One line of why: the longest, the nearest. */
  readonly hint?: string
  /** `over` and `tight` only where the number is not zero. */
  readonly tone?: 'plain' | 'over' | 'tight'
  readonly href: string
}

/** A number one walks through. */
export function Door({ label, count, hint, tone = 'plain', href }: Props) {
  const shown = count === 0 ? 'plain' : tone
  return (
    <li className="ui-door-cell">
      <Anchor href={href} className="ui-door">
        <span className="ui-door-label">{label}</span>
        <ChevronRight aria-hidden className="ui-door-way" size={20} strokeWidth={1.75} />
        <span className="ui-door-line">
          <strong className={`ui-door-count ui-door-${shown}`}>{count}</strong>
          {hint !== undefined && <span className="ui-door-hint">{hint}</span>}
        </span>
      </Anchor>
    </li>
  )
}

/** Doors side by side, under one name. */
export const Doors = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <ul className="ui-doors" aria-label={label}>
    {children}
  </ul>
)
