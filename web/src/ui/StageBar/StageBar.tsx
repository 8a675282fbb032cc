import { shares } from './widths.ts'
import './StageBar.css'

export interface StageSpan {
  readonly key: string
  readonly name: string
  /** How long it took, or may take. */
  readonly ms: number
  /** The same in words. */
  readonly time: string
  readonly state: 'gone' | 'over' | 'now' | 'rests' | 'ahead'
}

interface Props {
  readonly stages: readonly StageSpan[]
  readonly label: string
  /** The bar alone: its words stand elsewhere. */
  readonly isBare?: boolean
}

const least = 0.06

/** Where the time went: a piece a stage, as wide as the time it took; hatched what went over its limit, dashed what is left. */
export function StageBar({ stages, label, isBare = false }: Props) {
  const widths = shares(
    stages.map((stage) => stage.ms),
    least,
  )
  return (
    <ol className="ui-stages" aria-label={label} data-bare={isBare || undefined}>
      {stages.map((stage, i) => (
        <li
          key={stage.key}
          data-state={stage.state}
          aria-current={stage.state === 'now' ? 'step' : undefined}
          ref={(item) => item?.style.setProperty('flex-grow', String(widths[i]! * 1000))}
        >
          <span className="ui-stages-bar" />
          <span className="ui-stages-name">{stage.name}</span>
          <span className="ui-stages-time">{stage.time}</span>
        </li>
      ))}
    </ol>
  )
}
