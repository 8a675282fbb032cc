import { Clock } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { Button } from '../Button/Button.tsx'
import { Notice } from '../Notice/Notice.tsx'
import './Waiting.css'

/** Nothing yet, rows to come, or the truth that it takes long. */
export type WaitingStage = 'quiet' | 'rows' | 'slow'

interface Props {
  /** What is waited for, for whoever cannot see it. */
  readonly label: string
  /** As many rows as will come. */
  readonly rows?: number
  /** What is said after four seconds. */
  readonly slow: string
  readonly stop?: { readonly label: string; readonly act: () => void }
  /** Older figures, to look at meanwhile. */
  readonly older?: ReactNode
  /** Holds it at one stage, for examples. */
  readonly stage?: WaitingStage
}

/** How many lengths of bars there are. */
const lengths = 5

function useStage(): WaitingStage {
  const [stage, setStage] = useState<WaitingStage>('quiet')
  useEffect(() => {
    const timers = [setTimeout(() => setStage('rows'), 300), setTimeout(() => setStage('slow'), 4000)]
    return () => timers.forEach(clearTimeout)
  }, [])
  return stage
}

/** Rows of the height they will have, not before 300 ms; after four seconds that it takes long, and a way to stop. */
export function Waiting({ label, rows = 5, slow, stop, older, stage: held }: Props) {
  const reached = useStage()
  const stage = held ?? reached
  return (
    <div className="ui-waiting" role="status" aria-busy aria-label={label}>
      {stage === 'slow' && (
        <Notice
          kind="tip"
          title={slow}
          icon={<Clock size={18} strokeWidth={1.75} />}
          action={
            stop && (
              <Button kind="text" size="small" onClick={stop.act}>
                {stop.label}
              </Button>
            )
          }
        />
      )}
      {stage === 'slow' && older}
      {stage !== 'quiet' &&
        Array.from({ length: rows }, (_, i) => (
          <div key={i} className="ui-waiting-row" aria-hidden>
            <span className={`ui-waiting-bar ui-waiting-${i % lengths}`} />
          </div>
        ))}
    </div>
  )
}
