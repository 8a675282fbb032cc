import type { FieldBrief } from '@fengge/domain/registry/rows'
import { useWords } from '@fengge/web/words/language.ts'
import { faultWords } from '@fengge/web/words/registry.ts'
import { nameOfField } from './known.ts'
import { useRegistryWords } from '../words/registry.ts'

export interface FieldFault {
  readonly field: string
  readonly fault: string
}
interface Props {
  readonly fields: readonly FieldBrief[]
  readonly values: Readonly<Record<string, string>>
  readonly faults: readonly FieldFault[]
  readonly set: (code: string, value: string) => void
}

/** The questions of a form, each with what is wrong with its answer. */
export function FieldInputs({ fields, values, faults, set }: Props) {
  const { w, language } = useWords()
  const say = useRegistryWords()
  const faultOf = (code: string) => faults.find((x) => x.field === code)
  return fields.map((f) => (
    <div key={f.code}>
      {f.type === 'choice' ? (
        <fieldset>
          <legend>{nameOfField(f, language)}</legend>
          <div className="chips">
            {f.choices.map(([code, zh, en]) => (
              <button
                type="button"
                key={code}
                className="small"
                aria-pressed={values[f.code] === code}
                onClick={() => set(f.code, code)}
              >
                {language === 'zh' ? zh : en}
              </button>
            ))}
          </div>
        </fieldset>
      ) : (
        <>
          <label htmlFor={f.code}>
            {nameOfField(f, language)}
            {f.isRequired ? '' : say.optional}
          </label>
          <input
            id={f.code}
            required={f.isRequired}
            value={values[f.code] ?? ''}
            onChange={(e) => set(f.code, e.target.value)}
            autoComplete="off"
            inputMode={f.type === 'phone' ? 'tel' : 'text'}
            placeholder={f.type === 'day' ? '1990-01-31' : ''}
            aria-describedby={`${f.code}-why`}
            aria-invalid={faultOf(f.code) !== undefined}
          />
          <div className="soft" id={`${f.code}-why`}>
            {say.purposeOf(language === 'zh' ? f.purpose : f.purposeEn || f.purpose)}
          </div>
        </>
      )}
      {faultOf(f.code) && (
        <p className="due" role="alert">
          {nameOfField(f, language)}：{w(faultWords, faultOf(f.code)!.fault)}
        </p>
      )}
    </div>
  ))
}
