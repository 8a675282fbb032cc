import { useState } from 'react'
import { dayOf } from '@fengge/domain/kernel/time'
import { listArrivals } from '@fengge/domain/registry/arriving/contract'
import type { Arrival } from '@fengge/domain/registry/arriving/terms'
import { homeRoles } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { linkRoleWords } from '@fengge/web/words/registry.ts'
import { useAsk, useDoing } from '../offline/useAsk.ts'
import { useActs, useField, usePhone } from '../offline/usePhone.ts'
import { DoorForm } from '../shell/DoorForm.tsx'
import { questionOfKept, whereToMend } from '../registry/questions.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'

/** Who is said to have moved into this grid; the list needs the line, an answer at the door does not. */
export function useArrivals() {
  const { outbox } = usePhone()
  const { data, error } = useAsk('arrivals', () => call(listArrivals, {}))
  const answered = new Set(
    outbox.list().flatMap(({ act }) => (act.name === 'takeArrival' || act.name === 'missArrival' ? [act.ask.id] : [])),
  )
  const arrivals = (data?.arrivals ?? []).filter((a) => a.can.includes('take') && !answered.has(a.id))
  return { arrivals, error, isKnown: data !== undefined }
}

export function ArrivalsPage() {
  const { t } = useWords()
  useField()
  const { outbox } = usePhone()
  const { arrivals, error, isKnown } = useArrivals()
  const asked = outbox.list().filter((k) => k.act.name === 'takeArrival' && questionOfKept(k) !== undefined)
  return (
    <Frame title={t('迁入核实', 'Moved in')} back="more">
      <ErrorNote error={error} />
      {isKnown && arrivals.length + asked.length === 0 && (
        <p className="card soft">{t('没有待核实的迁入人员。', 'Nobody is said to have moved here.')}</p>
      )}
      {asked.map((k) => (
        <a className="card row-link" key={k.act.requestId} href={whereToMend(k)}>
          {k.label}：{t('请选谁当户主，再送', 'say who heads the house, and send')}
        </a>
      ))}
      {arrivals.map((a) => (
        <ArrivalCard key={a.id} arrival={a} />
      ))}
      {arrivals.length > 0 && (
        <p className="soft">
          {t(
            '只告知姓名和去向，原住处不告知，请勿打听。',
            'Name and where to are told; do not ask where they come from.',
          )}
        </p>
      )}
    </Frame>
  )
}

function ArrivalCard({ arrival: a }: { arrival: Arrival }) {
  const { t } = useWords()
  const [how, setHow] = useState<'take' | 'miss' | null>(null)
  return (
    <div className="card">
      <strong>{a.name}</strong>
      <div>{a.toWhere}</div>
      <div className="soft">{t(`自 ${a.onDay}`, `since ${a.onDay}`)}</div>
      {a.dueOn && <div className="soft">{t(`请在 ${a.dueOn} 前核实`, `to be found before ${a.dueOn}`)}</div>}
      {how === null && (
        <div className="chips">
          <button className="small" onClick={() => setHow('take')}>
            {t('住在这里', 'Lives here')}
          </button>
          <button className="small" onClick={() => setHow('miss')}>
            {t('查无此人', 'Not here')}
          </button>
        </div>
      )}
      {how === 'take' && <Take arrival={a} close={() => setHow(null)} />}
      {how === 'miss' && <Miss arrival={a} close={() => setHow(null)} />}
    </div>
  )
}

interface FormProps {
  readonly arrival: Arrival
  readonly close: () => void
}

function Take({ arrival: a, close }: FormProps) {
  const { now } = usePhone()
  const { doAct } = useActs()
  const { t, w } = useWords()
  const doing = useDoing()
  const [text, setText] = useState(a.address)
  const [houseId, setHouseId] = useState('')
  const [role, setRole] = useState<(typeof homeRoles)[number]>('tenant')
  const send = () =>
    doing.run(async () => {
      const ask = { id: a.id, linkId: freshId(), houseId, role, fromOn: dayOf(now()) }
      const label = t(`${a.name} 迁入`, `${a.name} moved in`)
      await doAct({ name: 'takeArrival', label, subject: houseId, ask })
      close()
    })
  return (
    <DoorForm {...{ doing, send, close }} word={t('登记入住', 'Register')} isReady={houseId !== ''}>
      <label htmlFor={`${a.id}-house`}>
        {t('哪一户（可改写地址查找）', 'Which house; write it otherwise to look again')}
      </label>
      <input id={`${a.id}-house`} value={text} onChange={(e) => setText(e.target.value)} autoComplete="off" />
      <Houses text={text} houseId={houseId} choose={setHouseId} />
      <fieldset>
        <legend>{t('与房屋关系', 'Part')}</legend>
        <div className="chips">
          {homeRoles.map((r) => (
            <button type="button" key={r} className="small" aria-pressed={role === r} onClick={() => setRole(r)}>
              {w(linkRoleWords, r)}
            </button>
          ))}
        </div>
      </fieldset>
    </DoorForm>
  )
}

interface HousesProps {
  readonly text: string
  readonly houseId: string
  readonly choose: (houseId: string) => void
}
/** Those of this phone that the words may mean. */
function Houses({ text, houseId, choose }: HousesProps) {
  const { holdings } = usePhone()
  const { t } = useWords()
  const houses = holdings
    .search(text)
    .flatMap((r) => (r.kind === 'house' ? (holdings.table('house').get(r.id) ?? []) : []))
    .slice(0, 8)
  return (
    <>
      <div className="chips">
        {houses.map((h) => (
          <button
            type="button"
            key={h.id}
            className="small"
            aria-pressed={houseId === h.id}
            onClick={() => choose(h.id)}
          >
            {holdings.addressOf(h)}
          </button>
        ))}
      </div>
      {houses.length === 0 && (
        <p className="soft">
          {t('手机里没有这一户，请换个写法。', 'No such house on this phone; write it otherwise.')}
        </p>
      )}
    </>
  )
}

function Miss({ arrival: a, close }: FormProps) {
  const { doAct } = useActs()
  const { t } = useWords()
  const doing = useDoing()
  const [note, setNote] = useState('')
  const send = () =>
    doing.run(async () => {
      const label = t(`${a.name}：查无此人`, `${a.name}: not here`)
      await doAct({ name: 'missArrival', label, subject: a.id, ask: { id: a.id, note: note.trim() } })
      close()
    })
  return (
    <DoorForm {...{ doing, send, close }} word={t('退回社区', 'Hand back to the desk')}>
      <label htmlFor={`${a.id}-note`}>{t('查找情况', 'What you found')}</label>
      <input
        id={`${a.id}-note`}
        maxLength={120}
        value={note}
        onChange={(e) => setNote(e.target.value)}
        autoComplete="off"
      />
    </DoorForm>
  )
}

/** On the page of today: one line, no more. */
export function ArrivalsLine() {
  const { t } = useWords()
  const { arrivals } = useArrivals()
  if (arrivals.length === 0) return null
  return (
    <a className="card row-link" href="#more/arrivals">
      {t(`迁入待核实 ${arrivals.length} 人`, `${arrivals.length} said to have moved in`)}
    </a>
  )
}
