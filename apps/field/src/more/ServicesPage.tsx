import { useState } from 'react'
import { serviceMoves, serviceNumber, type ServiceMove } from '@fengge/domain/visits/services'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import type { Held } from '@fengge/domain/sync/rows'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { serviceWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useActs, useField, usePhone } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { useMoreWords } from '../words/more.ts'

/** Requests taken at the door and followed until the resident was told. */
export function ServicesPage({ house }: { house: string | undefined }) {
  const { holdings, outbox } = usePhone()
  const say = useMoreWords()
  useField()
  const services = [...holdings.table('service').values()].toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  const unsent = outbox.list().filter((k) => k.act.name === 'takeService' && k.state !== 'done')
  if (house !== undefined) return <TakeService houseId={house} />
  return (
    <Frame title={say.services} back="more">
      <a className="button" href="#more/service.">
        {say.takeRequest}
      </a>
      {unsent.map((k) => (
        <a className="card" key={k.act.requestId} href="#more/outbox">
          <strong>{k.label}</strong>
        </a>
      ))}
      {services.length + unsent.length === 0 && <p className="card soft">{say.nothingUnderWay}</p>}
      {services.map((s) => (
        <ServiceCard key={s.id} service={s} />
      ))}
      <p className="soft">{say.serviceEndsWhenResident}</p>
    </Frame>
  )
}

function ServiceCard({ service }: { service: Held['service'] }) {
  const { outbox } = usePhone()
  const { doAct } = useActs()
  const { w } = useWords()
  const say = useMoreWords()
  const [to, setTo] = useState<ServiceMove | ''>('')
  const [note, setNote] = useState('')
  const doing = useDoing()
  const pending = outbox.pendingOn(service.id).length > 0
  const move = () =>
    doing.run(async () => {
      if (to === '') return
      await doAct({
        name: 'moveService',
        label: `${service.what}：${w(serviceWords, to)}`,
        subject: service.id,
        ask: { id: service.id, to, note },
      })
      setTo('')
      setNote('')
    })
  return (
    <div className="card">
      <strong>{service.what}</strong>
      <div>
        {service.askedBy} · {w(serviceWords, service.state)}{' '}
        <span className="soft">
          {service.no} · {say.by(service.dueOn)}
        </span>
      </div>
      {service.steps.slice(1).map((s, i) => (
        <div className="soft" key={i}>
          {w(serviceWords, s.state)}：{s.note}
        </div>
      ))}
      {pending ? (
        <span className="tag">{say.waiting}</span>
      ) : (
        <div className="chips">
          {serviceMoves[service.state].map((n) => (
            <button key={n} className="small" aria-pressed={n === to} onClick={() => setTo(n)}>
              {w(serviceWords, n)}
            </button>
          ))}
        </div>
      )}
      {to !== '' && (
        <form
          onSubmit={(e) => {
            e.preventDefault()
            move()
          }}
        >
          <label htmlFor={`n${service.id}`}>{to === 'told' ? say.howResidentTold : say.note}</label>
          <input
            id={`n${service.id}`}
            required
            minLength={2}
            value={note}
            onChange={(e) => setNote(e.target.value)}
            maxLength={400}
          />
          <ErrorNote error={doing.error} />
          <button className="button" disabled={doing.isBusy}>
            {say.go}
          </button>
        </form>
      )}
    </div>
  )
}

function TakeService({ houseId }: { houseId: string }) {
  const { holdings, now } = usePhone()
  const { doAct } = useActs()
  const say = useMoreWords()
  const house = holdings.table('house').get(houseId)
  const people = house ? holdings.linksOf(houseId).flatMap((l) => holdings.table('person').get(l.personId) ?? []) : []
  const matters = (holdings.config?.matters ?? []).filter((m) => /代办|民生/.test(m.name))
  const [id] = useState(freshId)
  const [what, setWhat] = useState('')
  const [askedBy, setAskedBy] = useState('')
  const [phone, setPhone] = useState('')
  const [dueOn, setDueOn] = useState(addDays(dayOf(now()), 7))
  const doing = useDoing()
  const [no, setNo] = useState('')
  const gridId = house?.gridId ?? holdings.config?.places.find((p) => p.isMine)?.id ?? ''
  const take = () =>
    doing.run(async () => {
      await doAct({
        name: 'takeService',
        label: `${say.service}：${what}`,
        subject: id,
        ask: {
          id,
          matterId: matters[0]!.id,
          what,
          personId: people.find((p) => p.name === askedBy)?.id ?? null,
          askedBy,
          phone,
          dueOn,
          gridId,
          madeAt: new Date(now()).toISOString(),
        },
      })
      setNo(serviceNumber(id, dayOf(now())))
    })
  if (no !== '')
    return (
      <Frame title={say.services} back="more/services">
        <p className="ok" role="status">
          {say.takenNumberTellResident(no)}
        </p>
        <a className="button" href="#more/services">
          {say.services}
        </a>
      </Frame>
    )
  return (
    <Frame title={say.takeRequest} back="more/services">
      {matters.length === 0 ? (
        <p className="notice">{say.servicesByProxyAre}</p>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault()
            take()
          }}
        >
          {people.length > 0 && (
            <fieldset>
              <legend>{say.whoAsks}</legend>
              <div className="chips">
                {people.map((p) => (
                  <button
                    type="button"
                    key={p.id}
                    className="small"
                    aria-pressed={p.name === askedBy}
                    onClick={() => setAskedBy(p.name)}
                  >
                    {p.name}
                  </button>
                ))}
              </div>
            </fieldset>
          )}
          <label htmlFor="asked">{say.name}</label>
          <input id="asked" required value={askedBy} onChange={(e) => setAskedBy(e.target.value)} maxLength={30} />
          <label htmlFor="phone">{say.phoneOptional}</label>
          <input id="phone" type="tel" value={phone} onChange={(e) => setPhone(e.target.value)} maxLength={20} />
          <label htmlFor="what">{say.whatFor}</label>
          <textarea
            id="what"
            required
            minLength={2}
            value={what}
            onChange={(e) => setWhat(e.target.value)}
            maxLength={200}
          />
          <label htmlFor="due">{say.answerPromisedBy}</label>
          <input id="due" type="date" min={dayOf(now())} value={dueOn} onChange={(e) => setDueOn(e.target.value)} />
          <ErrorNote error={doing.error} />
          <button className="button" disabled={doing.isBusy || gridId === ''}>
            {say.take}
          </button>
        </form>
      )}
    </Frame>
  )
}
