import { useState } from 'react'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Held } from '@fengge/domain/sync/rows'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sortWords } from '@fengge/web/words/registry.ts'
import { undoTime } from '../offline/acts.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, usePhone, useSource } from '../offline/usePhone.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { useRegistryWords } from '../words/registry.ts'

const uses = ['self', 'rental', 'group', 'vacant', 'shop'] as const
type Use = (typeof uses)[number]

interface Props {
  readonly house: Held['house']
  /** As the books hold it, or as it was said here and waits. */
  readonly use: string
  readonly living: readonly { readonly link: Held['link']; readonly person: Held['person'] | undefined }[]
}

/** What a house is used for, by one tap that can be taken back; of an empty one it is asked who has gone. */
export function HouseUse({ house, use, living }: Props) {
  const { w } = useWords()
  const say = useRegistryWords()
  const { doing, change, empty } = useUse(house, living)
  const [isAsked, setAsked] = useState(false)
  const answer = (act: () => void) => () => {
    setAsked(false)
    act()
  }
  return (
    <fieldset>
      <legend>{say.houseIs}</legend>
      <div className="chips">
        {uses.map((v) => (
          <button
            key={v}
            type="button"
            className="small"
            aria-pressed={use === v}
            disabled={doing.isBusy}
            onClick={() => (v === 'vacant' && living.length > 0 ? setAsked(true) : change(v))}
          >
            {w(sortWords, v)}
          </button>
        ))}
      </div>
      {isAsked && (
        <div className="notice" role="alert">
          <p>{say.allGone(living.length)}</p>
          <button type="button" className="button" onClick={answer(empty)}>
            {say.yesAllGone}
          </button>
          <button type="button" className="button quiet" onClick={answer(() => change('vacant'))}>
            {say.useOnly}
          </button>
          <button type="button" className="button quiet" onClick={() => setAsked(false)}>
            {say.cancel}
          </button>
        </div>
      )}
      <ErrorNote error={doing.error} />
    </fieldset>
  )
}

const isUse = ({ act }: KeptAct, houseId: string) => act.name === 'saveRecord' && act.ask.id === houseId

function useUse(house: Held['house'], living: Props['living']) {
  const { holdings, now, outbox } = usePhone()
  const { doAct } = useActs()
  const source = useSource()
  const { w } = useWords()
  const say = useRegistryWords()
  const doing = useDoing()
  const subject = house.id
  const save = (use: Use, undoFor?: number) =>
    doAct({
      name: 'saveRecord',
      label: say.useLabel(holdings.addressOf(house), w(sortWords, use)),
      subject,
      ask: { id: house.id, kind: 'house', version: house.version, values: { use }, source },
      ...(undoFor === undefined ? {} : { undoFor }),
    })
  return {
    doing,
    /** One tap after another is one change. */
    change: (use: Use) =>
      doing.run(async () => {
        const former = outbox
          .pendingOn(subject)
          .filter((k) => isUse(k, house.id) && outbox.mayBeTakenBack(k.act.requestId))
        for (const k of former) await outbox.drop(k.act.requestId)
        if (use !== house.use) await save(use, undoTime)
      }),
    /** All who live here by the books live here no more; they stay in the register, and are looked for. */
    empty: () =>
      doing.run(async () => {
        const toOn = dayOf(now())
        for (const { link, person } of living)
          await doAct({
            name: 'endLink',
            label: say.goneLabel(person?.name ?? ''),
            subject,
            ask: { id: link.id, houseId: house.id, toOn, reason: say.goneReason },
          })
        await save('vacant')
      }),
  }
}
