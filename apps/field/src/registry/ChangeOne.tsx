import { useState } from 'react'
import { dayOf } from '@fengge/domain/kernel/time'
import { faultsIn } from '@fengge/domain/registry/fields'
import type { Held } from '@fengge/domain/sync/rows'
import { useWords } from '@fengge/web/words/language.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, usePhone, useSource } from '../offline/usePhone.ts'
import { DoorForm } from '../shell/DoorForm.tsx'
import { useRegistryWords } from '../words/registry.ts'
import { FieldInputs, type FieldFault } from './FieldInputs.tsx'
import { nameOfField } from './known.ts'

interface Props {
  readonly person: Held['person']
  readonly houseId: string
  readonly close: () => void
}

/** One thing of somebody that is another now; all else stays as it was. */
export function ChangeOne({ person, houseId, close }: Props) {
  const { holdings, now } = usePhone()
  const { doAct } = useActs()
  const source = useSource()
  const { language } = useWords()
  const say = useRegistryWords()
  const doing = useDoing()
  const [code, setCode] = useState('')
  const [value, setValue] = useState('')
  const [faults, setFaults] = useState<readonly FieldFault[]>([])
  const fields = (holdings.config?.fields ?? []).filter(
    (f) => f.kind === 'person' && (f.isAsked || f.isRequired || person.values[f.code] !== undefined),
  )
  const field = fields.find((f) => f.code === code)
  const send = () => {
    const values = { [code]: value.trim() }
    // Of one field alone: that others are missing is no fault of it.
    const wrong = faultsIn('person', values, dayOf(now())).filter((f) => f.field === code)
    setFaults(wrong)
    if (wrong.length > 0 || !field) return
    doing.run(async () => {
      await doAct({
        name: 'saveRecord',
        label: say.changeLabel(person.name, nameOfField(field, language)),
        subject: houseId,
        ask: { id: person.id, kind: 'person', version: person.version, values, source },
      })
      close()
    })
  }
  return (
    <DoorForm {...{ doing, send, close }} word={say.save} isReady={value.trim() !== ''}>
      <fieldset>
        <legend>{say.whichOne}</legend>
        <div className="chips">
          {fields.map((f) => (
            <button
              type="button"
              key={f.code}
              className="small"
              aria-pressed={f.code === code}
              onClick={() => {
                setCode(f.code)
                setValue('')
                setFaults([])
              }}
            >
              {nameOfField(f, language)}
            </button>
          ))}
        </div>
      </fieldset>
      {field && (
        <FieldInputs fields={[field]} values={{ [code]: value }} faults={faults} set={(_, next) => setValue(next)} />
      )}
    </DoorForm>
  )
}
