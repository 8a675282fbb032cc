import { useState } from 'react'
import { dayOf } from '@fengge/domain/kernel/time'
import { askLink } from '@fengge/domain/registry/link-contract'
import type { LinkRole, Values } from '@fengge/domain/registry/terms'
import type { Held } from '@fengge/domain/sync/rows'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { likelyNotes } from '@fengge/web/words/registry.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, usePhone, useSource } from '../offline/usePhone.ts'
import { AskedBack, headOf } from './AskedBack.tsx'
import { PersonForm } from './PersonForm.tsx'
import { questionOfError, saying, type Answer } from './questions.ts'
import { useRegistryWords } from '../words/registry.ts'

/** Somebody found in the register (`personId`), or written down anew. */
interface Coming {
  readonly personId?: string
  readonly leavingId?: string | undefined
  readonly name: string
  readonly values?: Record<string, string>
  readonly role: LinkRole
  readonly behalf?: string
  readonly isOther?: boolean
  readonly plan?: 'off' | 'stays'
  readonly headIs?: 'head' | 'member'
}
/** Somebody of another place, by what he said of himself. */
interface Elsewhere {
  readonly values: Values
  readonly role: LinkRole
}
const makeIds = () => ({ person: freshId(), save: freshId(), link: freshId(), tie: freshId() })

interface Props {
  readonly house: Held['house']
  readonly close: (note?: string) => void
}

/** The acts by which somebody comes to live in a house: written down or found again, then linked. */
function useComing(house: Held['house']) {
  const { holdings, now } = usePhone()
  const acts = useActs()
  const source = useSource()
  const say = useRegistryWords()
  // The ids stay until both acts are kept: a second try is the same person and the same link.
  const [ids] = useState(makeIds)
  const subject = house.id
  const address = holdings.addressOf(house)
  const part = { houseId: house.id, fromOn: dayOf(now()), basis: say.saidSo }

  const save = ({ name, values = {}, behalf = '', isOther = false }: Coming) => {
    const from = { source: behalf === '' ? source : 'proxy', onBehalfOf: behalf, isOther } as const
    const ask = { id: ids.person, kind: 'person', version: 0, placeId: house.gridId, values, ...from } as const
    const label = say.registerLabel(name)
    return acts.doAct({ requestId: ids.save, name: 'saveRecord', label, subject, ask })
  }
  const bringBack = (personId: string, leavingId: string) => {
    const ask = { id: leavingId, personId, onDay: part.fromOn }
    const label = say.cameBack
    return acts.doAct({ requestId: ids.save, name: 'returnPerson', label, subject, ask })
  }
  const come = async (coming: Coming): Promise<void> => {
    const { personId, leavingId, name, role, plan, headIs } = coming
    // He is there already: what was written down anew and stopped is given up.
    if (personId !== undefined) await acts.giveUp()
    if (personId === undefined) await save(coming)
    else if (leavingId !== undefined) await bringBack(personId, leavingId)
    const said = { ...(plan && { plan }), ...(headIs && { headIs }) }
    const ask = { ...part, id: ids.link, personId: personId ?? ids.person, role, ...said }
    const label = say.livesLabel(name, address)
    await acts.doAct({ requestId: ids.tie, name: 'linkPerson', label, subject, needs: [ids.save], ask })
  }
  return { come, part, giveUp: acts.giveUp }
}

/** 新来了人: who he is, and what is asked back about him, until he is linked or given up. */
export function Newcomer({ house, close }: Props) {
  const { holdings } = usePhone()
  const { w } = useWords()
  const doing = useDoing()
  const { come, part, giveUp } = useComing(house)
  const [last, setLast] = useState<Coming | Elsewhere | null>(null)
  const add = (coming: Coming) =>
    doing.run(async () => {
      setLast(coming)
      await come(coming)
      close()
    })
  /** Needs the line, as the question before it did. */
  const askElsewhere = (asked: Elsewhere) =>
    doing.run(async () => {
      setLast(asked)
      await call(askLink, { ...part, ...asked, requestId: freshId(), id: freshId() })
      close(w(likelyNotes, 'asked'))
    })
  const give = (answer: Answer) => {
    if (last === null) return
    if ('name' in last) add({ ...last, ...(saying(answer) as Pick<Coming, 'plan' | 'headIs'>) })
    else askElsewhere({ ...last, role: 'member' })
  }
  const question = questionOfError(doing.error)
  const head = headOf(holdings, house.id)
  const those = { name: nameIn(last), head }
  return (
    <PersonForm
      houseId={house.id}
      fields={(holdings.config?.fields ?? []).filter((f) => f.kind === 'person')}
      error={question ? null : doing.error}
      isBusy={doing.isBusy}
      head={head}
      cancel={() => void giveUp().then(() => close())}
      askElsewhere={(values, role) => askElsewhere({ values, role })}
      choose={add}
      save={add}
      asked={question && <AskedBack {...{ question, those, give }} isBusy={doing.isBusy} />}
    />
  )
}

function nameIn(last: Coming | Elsewhere | null): string {
  if (last === null) return ''
  return 'name' in last ? last.name : String(last.values['name'] ?? '')
}
