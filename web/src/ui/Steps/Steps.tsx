import { Check } from 'lucide-react'
import './Steps.css'

export interface Step {
  readonly key: string
  readonly name: string
  readonly state: 'gone' | 'now' | 'ahead'
  /** When it was done, what is left, or how long it may take. */
  readonly time?: string
  /** What is left is little or nothing. */
  readonly isPressing?: boolean
}

/** The way gone and ahead: a line of rings, each with its name and time. */
export function Steps({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  return (
    <ol className="ui-steps" aria-label={label}>
      {steps.map((step) => (
        <li key={step.key} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="ui-steps-ring">
            {step.state === 'gone' && <Check size={12} strokeWidth={3} aria-hidden="true" />}
          </span>
          <span className="ui-steps-name">{step.name}</span>
          <span className="ui-steps-time" data-pressing={step.isPressing || undefined}>
            {step.time}
          </span>
        </li>
      ))}
    </ol>
  )
}
