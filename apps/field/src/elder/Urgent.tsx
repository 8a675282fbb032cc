import { Flame, Phone } from 'lucide-react'
import { useState } from 'react'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { askOffers, sureOf } from '../events/offers.ts'
import { undoTime, type Outcome } from '../offline/acts.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, useField, usePhone, useSource } from '../offline/usePhone.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { useElderWords } from '../words/elder.ts'
import { Ring } from './ElderHome.tsx'
import { HomesList } from './HomesList.tsx'
import { Sent } from './Sent.tsx'
import { Step } from './Step.tsx'

/** Help for somebody frail, where the words do not say what it is: the desk of her own community has it. */
const helpForFrail = '4003'
/** 特急: nothing goes before it. */
const mostUrgent = 2

interface Home {
  readonly id: string
  readonly address: string
  readonly names: string
}
/** Tells of a home that needs help at once, as it is found by door and names. */
function useTell(done: (how: Outcome, id: string) => void) {
  const { holdings } = usePhone()
  const { isOnline } = useField()
  const { doAct } = useActs()
  const source = useSource()
  const say = useElderWords()
  const doing = useDoing()
  const tell = ({ id: houseId, address, names }: Home) =>
    doing.run(async () => {
      const id = freshId()
      const text = say.urgentTold([address, names].filter((part) => part !== '').join(' '))
      const offers = await askOffers({ text, catalogue: holdings.config?.catalogue ?? [], isOnline })
      const ask = {
        id,
        title: Array.from(text).slice(0, 50).join(''),
        content: text,
        categoryCode: sureOf(offers) ?? helpForFrail,
        urgency: mostUrgent,
        gridId: holdings.table('house').get(houseId)?.gridId ?? null,
        placeText: address,
        evidenceIds: [],
        stopNoticeRead: true,
        source,
      } as const
      const act = { requestId: id, label: text, subject: id, undoFor: undoTime }
      done(await doAct({ ...act, name: 'reportEvent', ask: { ...ask, evidenceIds: [] } }), id)
    })
  return { tell, doing }
}

/** What cannot wait: ring at once, or tell whose home it is by one tap on the name. */
export function Urgent() {
  const say = useElderWords()
  const [told, setTold] = useState<{ readonly how: Outcome; readonly id: string } | null>(null)
  const { tell, doing } = useTell((how, id) => setTold({ how, id }))
  if (told) return <Told {...told} />
  return (
    <Step title={say.urgentTitle}>
      <a className="button over" href="tel:120">
        <Icon of={Phone} />
        {say.ring120}
      </a>
      <Ring isSolid />
      <div className="elder-two">
        <a className="button quiet" href="tel:119">
          <Icon of={Flame} />
          119
        </a>
        <a className="button quiet" href="tel:110">
          <Icon of={Phone} />
          110
        </a>
      </div>
      <h2>{say.tellWorker}</h2>
      <p className="soft">{say.tellHint}</p>
      <ErrorNote error={doing.error} />
      <HomesList choose={tell} isBusy={doing.isBusy} />
      <a className="button plain" href="#say/help">
        {say.tellOther}
      </a>
    </Step>
  )
}

/** It is told; for some seconds a slip of the finger is taken back as if nothing had been said. */
function Told({ how, id }: { readonly how: Outcome; readonly id: string }) {
  const { outbox } = usePhone()
  const say = useElderWords()
  const [isUndone, setUndone] = useState(false)
  useField()
  const mayUndo = outbox.mayBeTakenBack(id)
  if (isUndone)
    return (
      <Step
        title={say.urgentTitle}
        foot={
          <a className="button" href="#">
            {say.ok}
          </a>
        }
      >
        <p className="ok" role="status">
          {say.undone}
        </p>
      </Step>
    )
  const next = mayUndo && (
    <button className="button warn" onClick={() => void outbox.drop(id).then(() => setUndone(true))}>
      {say.undoIt}
    </button>
  )
  return <Sent how={mayUndo ? { state: 'kept' } : how} said={say.urgentSent} next={next || undefined} />
}
