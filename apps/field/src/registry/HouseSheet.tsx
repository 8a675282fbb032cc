import { useState } from 'react'
import { quietDays } from '@fengge/domain/registry/quiet'
import type { Held } from '@fengge/domain/sync/rows'
import type { FieldBrief } from '@fengge/domain/registry/rows'
import { dayNumberAt, dayOf } from '@fengge/domain/kernel/time'
import { actStateWords } from '@fengge/web/words/field.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import { cautionWords, linkRoleWords, sortWords } from '@fengge/web/words/registry.ts'
import { useActs, usePhone, useSource } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { showChoice } from './known.ts'
import { JustLeft, Leaving, pendingPeople } from './Leaving.tsx'
import { MakeHead } from './MakeHead.tsx'
import { Newcomer } from './Newcomer.tsx'
import { whereToMend } from './questions.ts'

function verifiedText(house: Held['house'], day: number, t: Words['t']): string {
  if (house.isNew) return t('从未核实', 'Never verified')
  const isDue = house.dueDay !== null && house.dueDay <= day
  return isDue ? t('已到核实期限', 'Due for verification') : t('信息在核实期内', 'Verified')
}

/** A household on one page: what is known, what is missing, one tap to confirm, and a way to add who moved in. */
export function HouseSheet({ id }: { id: string }) {
  const { holdings, now, outbox } = usePhone()
  const { doAct } = useActs()
  const source = useSource()
  const { t, w } = useWords()
  const house = holdings.table('house').get(id)
  const fields = (holdings.config?.fields ?? []).filter((f) => f.kind === 'person')
  const [adding, setAdding] = useState(false)
  const [reason, setReason] = useState<string | null>(null)
  const [confirmed, setConfirmed] = useState('')
  const doing = useDoing()
  if (!house)
    return (
      <Frame title={t('住户', 'Household')} back="grid">
        <p className="card soft">
          {holdings.isWhole
            ? t('这一户不在您的网格里，或已移出。', 'Not in your grid, or it has left it.')
            : t('正在取回网格资料…', 'Fetching the grid …')}
        </p>
      </Frame>
    )
  const living = holdings.linksOf(id).map((l) => ({ link: l, person: holdings.table('person').get(l.personId) }))
  const pending = outbox.list().filter((k) => k.act.subject === id && k.state !== 'done')
  const ahead = pendingPeople(pending)
  const day = dayNumberAt(now())
  const isQuiet = house.askedDay !== null && day - house.askedDay < quietDays
  const address = holdings.addressOf(house)
  const confirm = (isAsked: boolean, why: string) =>
    doing.run(async () => {
      const how = await doAct({
        name: 'confirmRecords',
        label: t(`核实 ${address}`, `Confirm ${address}`),
        subject: id,
        ask: {
          houseId: id,
          ids: [id, ...living.flatMap((l) => (l.person?.gridId === house.gridId ? [l.person.id] : []))],
          isAsked,
          reason: why,
          source,
        },
      })
      setReason(null)
      setConfirmed(
        how.state === 'waiting'
          ? t('已存在手机里，有信号时送出。', 'Kept on this phone; it goes out with the signal.')
          : t('已确认，谢谢。', 'Confirmed, thank you.'),
      )
    })
  const use = (value: string) =>
    doing.run(async () => {
      await doAct({
        name: 'saveRecord',
        label: t(`${address} 改为${w(sortWords, value)}`, `${address}: ${value}`),
        subject: id,
        ask: { id, kind: 'house', version: house.version, values: { use: value }, source },
      })
    })
  if (adding)
    return (
      <Newcomer
        house={house}
        close={(note = '') => {
          setAdding(false)
          if (note !== '') setConfirmed(note)
        }}
      />
    )
  const visits = [...holdings.table('task').values()].filter((x) => x.houseId === id && x.earliestOn <= dayOf(now()))
  return (
    <Frame title={address} back={house.buildingId ? `grid/b.${house.buildingId}` : 'grid'}>
      <p className="soft">
        {verifiedText(house, day, t)}
        {isQuiet && ` · ${t('近期已询问，请勿再打扰', 'asked lately, do not disturb')}`}
      </p>
      {pending.map((k) => (
        <p className="notice" key={k.act.requestId}>
          {k.label} · <a href={whereToMend(k)}>{w(actStateWords, k.state)}</a>
        </p>
      ))}
      {visits.map((v) => (
        <a className="card" key={v.id} href={`#visit/${v.id}`}>
          <strong>
            {v.title} {v.name ?? ''}
          </strong>
          {v.cautions.length > 0 && (
            <div className="caution">{v.cautions.map((c) => w(cautionWords, c)).join('、')}</div>
          )}
        </a>
      ))}
      <fieldset>
        <legend>{t('这套房现在', 'This house is')}</legend>
        <div className="chips">
          {['self', 'rental', 'group', 'vacant', 'shop'].map((v) => (
            <button
              key={v}
              className="small"
              aria-pressed={(ahead.use ?? house.use) === v}
              disabled={doing.isBusy}
              onClick={() => use(v)}
            >
              {w(sortWords, v)}
            </button>
          ))}
        </div>
      </fieldset>
      <h2>
        {t(`现住 ${living.length} 人`, `${living.length} living here`)}
        {ahead.coming.length > 0 && (
          <span className="soft">
            {t(` · 待送出 ${ahead.coming.length} 人`, `, ${ahead.coming.length} waiting to be sent`)}
          </span>
        )}
      </h2>
      {living.map(({ link, person }) =>
        person ? (
          <div className="card" key={link.id}>
            <strong>{person.name}</strong> {w(linkRoleWords, link.role)}
            {(ahead.leaving.has(person.id) || ahead.ended.has(link.id)) && (
              <span className="tag">{t('已登记离开，待送出', 'Said to have left; waits')}</span>
            )}
            <Known person={person} fields={fields} houseId={id} />
            {person.gridId === house.gridId && !ahead.leaving.has(person.id) && !ahead.ended.has(link.id) && (
              <Leaving person={person} linkId={link.id} houseId={id} />
            )}
            <MakeHead name={person.name} link={link} pending={pending} />
          </div>
        ) : (
          <p className="card soft" key={link.id}>
            {t('一人（登记在其他网格）', 'One person, registered elsewhere')}
          </p>
        ),
      )}
      {ahead.coming.map((p) => (
        <p className="card" key={p.id}>
          <strong>{p.name}</strong> <span className={`tag tag-${p.state}`}>{w(actStateWords, p.state)}</span>
        </p>
      ))}
      <JustLeft houseId={id} />
      <ErrorNote error={doing.error} />
      {confirmed !== '' && (
        <p className="ok" role="status">
          {confirmed}
        </p>
      )}
      {reason === null ? (
        <>
          <button className="button" disabled={doing.isBusy} onClick={() => confirm(!isQuiet, '')}>
            {isQuiet
              ? t('信息无变化（未打扰）', 'Still true (nobody asked)')
              : t('问过了，没有变化', 'Asked, nothing changed')}
          </button>
          {isQuiet && (
            <button className="button plain" onClick={() => setReason('')}>
              {t('有理由，再问一次', 'Ask again, with a reason')}
            </button>
          )}
        </>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault()
            confirm(true, reason)
          }}
        >
          <p className="notice" role="alert">
            {t('这一户九十天内已经问过。', 'This household was asked within ninety days.')}
          </p>
          <label htmlFor="why">{t('再次询问的理由', 'Why ask again')}</label>
          <input id="why" required value={reason} onChange={(e) => setReason(e.target.value)} />
          <button className="button">{t('确认', 'Confirm')}</button>
          <button type="button" className="button plain" onClick={() => setReason(null)}>
            {t('取消', 'Cancel')}
          </button>
        </form>
      )}
      <button className="button plain" onClick={() => setAdding(true)}>
        {t('新来了人', 'Somebody moved in')}
      </button>
      <a className="button plain" href={`#more/service.${id}`}>
        {t('受理代办', 'Take a request')}
      </a>
    </Frame>
  )
}
/** What is known is shown and only the gap is asked. */
function Known({
  person,
  fields,
  houseId,
}: {
  person: Held['person']
  fields: readonly FieldBrief[]
  houseId: string
}) {
  const { doAct } = useActs()
  const source = useSource()
  const { t, language } = useWords()
  const [typed, setTyped] = useState<Record<string, string>>({})
  const doing = useDoing()
  const gaps = fields.filter((f) => person.gaps.includes(f.code))
  const save = () =>
    doing.run(async () => {
      await doAct({
        name: 'saveRecord',
        label: t(`补充 ${person.name}`, `Complete ${person.name}`),
        subject: houseId,
        ask: {
          id: person.id,
          kind: 'person',
          version: person.version,
          values: Object.fromEntries(Object.entries(typed).filter(([, v]) => v.trim() !== '')),
          source,
        },
      })
      setTyped({})
    })
  return (
    <>
      <div className="soft">
        {fields
          .filter((f) => person.values[f.code] !== undefined)
          .map((f) => `${t(f.name, f.nameEn)} ${showChoice(f, person.values[f.code]!, language)}`)
          .join(' · ')}
      </div>
      {gaps.length > 0 && (
        <form
          onSubmit={(e) => {
            e.preventDefault()
            save()
          }}
        >
          <ErrorNote error={doing.error} />
          {gaps.map((f) => (
            <div key={f.code}>
              <label htmlFor={`${person.id}-${f.code}`}>{t(`还缺：${f.name}`, `Missing: ${f.nameEn}`)}</label>
              <input
                id={`${person.id}-${f.code}`}
                value={typed[f.code] ?? ''}
                onChange={(e) => setTyped({ ...typed, [f.code]: e.target.value })}
                autoComplete="off"
                inputMode={f.type === 'phone' ? 'tel' : 'text'}
              />
            </div>
          ))}
          {Object.values(typed).some((v) => v.trim() !== '') && (
            <button className="button" disabled={doing.isBusy}>
              {t('补上', 'Save')}
            </button>
          )}
        </form>
      )}
    </>
  )
}
