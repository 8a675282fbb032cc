import { useId, type ReactNode } from 'react'
import './Choice.css'

export interface ChoiceOption {
  readonly value: string
  readonly label: ReactNode
  /** What follows from it, or why it is offered. */
  readonly note?: ReactNode
  /** The key that chooses it, printed at its end. */
  readonly shortcut?: string
  readonly isDisabled?: boolean
}

interface Props {
  readonly label: string
  readonly options: readonly ChoiceOption[]
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  /** `rows` lie edge to edge in a panel; `cards` stand apart. */
  readonly form?: 'cards' | 'rows'
}

/** A few things to choose from, each a card that says what follows: for what is five or fewer, in place of a list that opens. */
export function Choice({ label, options, value, onChange, form = 'cards' }: Props) {
  const name = useId()
  return (
    <div className="ui-choice" data-form={form} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className="ui-choice-card" data-on={option.value === value || undefined}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.isDisabled}
            onChange={() => onChange(option.value)}
          />
          <span className="ui-choice-text">
            <span className="ui-choice-label">{option.label}</span>
            {option.note !== undefined && <span className="ui-choice-note">{option.note}</span>}
          </span>
          {option.shortcut !== undefined && (
            <kbd className="ui-kbd" aria-hidden="true">
              {option.shortcut}
            </kbd>
          )}
        </label>
      ))}
    </div>
  )
}
