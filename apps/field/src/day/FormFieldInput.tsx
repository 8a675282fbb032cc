import type { Form } from '@fengge/domain/visits/forms'
import { useWords } from '@fengge/web/words/language.ts'
import { useDayWords } from '../words/day.ts'

interface Props {
  readonly field: Form['fields'][number]
  readonly value: string | boolean | undefined
  readonly set: (value: string | boolean) => void
}

/** One question of a visit's form: its answers as buttons, or a line to write. */
export function FormFieldInput({ field, value, set }: Props) {
  const { language } = useWords()
  const say = useDayWords()
  const isZh = language === 'zh'
  const name = isZh ? field.name : field.nameEn
  if (field.type === 'text')
    return (
      <>
        <label htmlFor={field.code}>
          {name}
          {field.isRequired ? '' : say.optional}
        </label>
        <textarea id={field.code} value={String(value ?? '')} onChange={(e) => set(e.target.value)} maxLength={500} />
      </>
    )
  const choices: readonly (readonly [string, string])[] =
    field.type === 'flag'
      ? [
          ['true', say.yes],
          ['false', say.no],
        ]
      : field.choices.map(([code, zh, en]) => [code, isZh ? zh : en] as const)
  return (
    <fieldset>
      <legend>{name}</legend>
      <div className="chips">
        {choices.map(([code, word]) => (
          <button
            type="button"
            key={code}
            className="small"
            aria-pressed={String(value) === code}
            onClick={() => set(field.type === 'flag' ? code === 'true' : code)}
          >
            {word}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
