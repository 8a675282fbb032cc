import type { EventStatus } from '@fengge/domain/events/terms'
import { useWords } from '../../words/language.ts'
import { usePartWords } from '../words/parts.ts'
import { statusWords } from '../../words/terms.ts'
import { ringOf, type Ring as Filled } from './ring.ts'
import './State.css'

/** How far an event is, ring and word; tinted and bold where it is one's turn. No state has a colour of its own. */
export function State({ status, isMine = false }: { readonly status: EventStatus; readonly isMine?: boolean }) {
  const { w } = useWords()
  const words = usePartWords()
  const ring = ringOf(status)
  return (
    <span className="ui-state" data-ring={ring} data-mine={isMine || undefined}>
      <Ring ring={ring} />
      {w(statusWords, status)}
      {isMine && <span className="ui-said">{words.yourTurn}</span>}
    </span>
  )
}

const slices: Partial<Record<Filled, string>> = {
  quarter: 'M8 8V2.5A5.5 5.5 0 0 1 13.5 8Z',
  half: 'M8 2.5a5.5 5.5 0 0 1 0 11Z',
  most: 'M8 8V2.5A5.5 5.5 0 1 1 2.5 8Z',
}

/** The ring alone: a step of a way, or where words stand beside it. */
export function Ring({ ring }: { readonly ring: Filled }) {
  const slice = slices[ring]
  return (
    <svg className="ui-ring" data-ring={ring} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.25" className="ui-ring-line" />
      {slice && <path d={slice} className="ui-ring-fill" />}
      {ring === 'done' && <path d="m5.2 8.2 2 2 3.6-4" className="ui-ring-tick" />}
      {ring === 'ended' && <path d="m3.8 12.2 8.4-8.4" className="ui-ring-bar" />}
      {ring === 'rests' && <path d="M6.5 5.8v4.4M9.5 5.8v4.4" className="ui-ring-bar" />}
    </svg>
  )
}
