import { useMemo, useState } from 'react'
import type { Held } from '@fengge/domain/sync/rows'
import { makeToday, type TodayItem, type TodayStop } from '@fengge/web/offline/today.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords } from '@fengge/web/words/registry.ts'
import { noticeWords, statusWords } from '@fengge/web/words/terms.ts'
import { saidOfPhones } from '@fengge/web/words/phones.ts'
import { lightColours, lightFor, showLeft } from '@fengge/web/words/time.ts'
import { ArrivalsLine } from '../more/ArrivalsPage.tsx'
import { SafetyLine } from '../more/SafetyPage.tsx'
import { useField, usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { Messages } from './Messages.tsx'

const readOrder = (): string[] => {
  try {
    return JSON.parse(sessionStorage.getItem('fengge.order') ?? '[]') as string[]
  } catch {
    return []
  }
}
/** Minutes of a day's walk that a plan may fill; the worker's own, kept on the phone. */
const readBudget = () => Number(localStorage.getItem('fengge.budget') ?? 240)

/** One page a day: what came back, what is due, in walking order, and why each is there. */
export function TodayPage() {
  const { holdings, now, outbox, vault } = usePhone()
  const { t } = useWords()
  const { beat } = useField()
  const [order, setOrder] = useState(readOrder)
  const [start, setStart] = useState<{ lng: number; lat: number } | null>(null)
  // The plan follows what is held and what waits (their beat); a tick of the clock alone changes nothing.
  const day = useMemo(
    () => makeToday({ holdings, acts: outbox.list(), now: now(), start, budget: readBudget(), order }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [beat, start, order],
  )
  const swap = (index: number, by: number) => {
    const ids = day.stops.map((s) => s.spot)
    const [moved] = ids.splice(index, 1)
    ids.splice(index + by, 0, moved!)
    sessionStorage.setItem('fengge.order', JSON.stringify(ids))
    setOrder(ids)
  }
  const here = () =>
    navigator.geolocation?.getCurrentPosition(
      (p) => {
        setOrder([])
        setStart({ lng: p.coords.longitude, lat: p.coords.latitude })
      },
      () => undefined,
      { maximumAge: 60_000, timeout: 8000 },
    )
  const isEmpty = day.toCheck.length + day.toHandle.length + day.stops.length + day.elsewhere.length === 0
  return (
    <Frame
      title={t('今日', 'Today')}
      extra={
        <a className="small go" href="#report">
          {t('上报', 'Report')}
        </a>
      }
    >
      {holdings.me?.phonesEnded && (
        <p className="card notice-card" role="status">
          {t(...saidOfPhones(holdings.me.phonesEnded))}
        </p>
      )}
      <SafetyLine />
      {vault.state === 'none' && (
        <a className="card notice-card" href="#more/pin">
          <strong>{t('设手机口令，没有信号也能用', 'Choose a PIN to work without signal')}</strong>
        </a>
      )}
      <Section
        title={t('待核查', 'To check')}
        events={day.toCheck}
        empty={isEmpty ? t('没有待核查的事件。', 'Nothing to check.') : ''}
      />
      <Section title={t('待处理', 'To handle')} events={day.toHandle} empty="" />
      {day.stops.length > 0 && (
        <section aria-label={t('走访路线', 'Walk')}>
          <h2>
            {t('走访', 'Visits')}{' '}
            <span className="soft">
              {t(
                `${day.stops.length} 处，约 ${showHours(day.minutes, 'zh')}`,
                `${day.stops.length} places, some ${showHours(day.minutes, 'en')}`,
              )}
            </span>
          </h2>
          {'geolocation' in navigator && (
            <button className="small" onClick={here}>
              {t('从我这里开始排', 'Start from where I am')}
            </button>
          )}
          {day.stops.map((s, i) => (
            <StopCard key={s.spot} stop={s} index={i} count={day.stops.length} swap={swap} />
          ))}
        </section>
      )}
      {day.elsewhere.length > 0 && (
        <section>
          <h2>{t('未标位置', 'Place not marked')}</h2>
          {day.elsewhere.map((item) => (
            <ItemLine key={item.id} item={item} />
          ))}
        </section>
      )}
      {day.left.length > 0 && (
        <p className="card soft">
          {t(
            `今天排不下的还有 ${day.left.length} 件，明天优先。`,
            `${day.left.length} more do not fit today; they come first tomorrow.`,
          )}
        </p>
      )}
      <ArrivalsLine />
      {isEmpty && <p className="card soft">{t('今天没有到期的事。', 'Nothing is due today.')}</p>}
      <Notices />
    </Frame>
  )
}
function showHours(minutes: number, language: 'zh' | 'en'): string {
  const hours = Math.floor(minutes / 60)
  if (language === 'en') return `${hours} h ${minutes % 60} min`
  return hours > 0 ? `${hours} 小时 ${minutes % 60} 分` : `${minutes} 分`
}

function Section({ title, events, empty }: { title: string; events: readonly Held['event'][]; empty: string }) {
  const { now } = usePhone()
  const { w, language } = useWords()
  if (events.length === 0) return empty === '' ? null : <p className="card soft">{empty}</p>
  return (
    <section aria-label={title}>
      <h2>
        {title} <span className="count">{events.length}</span>
      </h2>
      {events.map((e) => (
        <a className="card" key={e.id} href={`#todo/${e.id}`}>
          <strong>{e.title}</strong>
          <div>
            {w(statusWords, e.status)}
            {e.dueAt && (
              <strong style={{ color: lightColours[lightFor(e, now())] }}>
                {' '}
                · {showLeft(e.dueAt, now(), language)}
              </strong>
            )}
          </div>
          <div className="soft">{e.placeText}</div>
        </a>
      ))}
    </section>
  )
}

function StopCard({
  stop,
  index,
  count,
  swap,
}: {
  stop: TodayStop
  index: number
  count: number
  readonly swap: (index: number, by: number) => void
}) {
  const { t } = useWords()
  return (
    <div className="card stop">
      <div className="stop-head">
        <span className="nth" aria-hidden="true">
          {index + 1}
        </span>
        <strong>{stop.name}</strong>
        <span className="moves">
          {index > 0 && (
            <button
              className="small"
              onClick={() => swap(index, -1)}
              aria-label={t(`把${stop.name}提前`, `${stop.name} earlier`)}
            >
              ↑
            </button>
          )}
          {index < count - 1 && (
            <button
              className="small"
              onClick={() => swap(index, 1)}
              aria-label={t(`把${stop.name}推后`, `${stop.name} later`)}
            >
              ↓
            </button>
          )}
        </span>
      </div>
      {stop.isLate && <p className="due">{t('按这个顺序会错过约定时间', 'In this order the agreed time is missed')}</p>}
      {stop.items.map((item) => (
        <ItemLine key={item.id} item={item} why={item} />
      ))}
    </div>
  )
}

function ItemLine({ item, why }: { item: TodayItem; why?: { why: string; days: number } }) {
  const { t, w } = useWords()
  const days = why?.days === 1 ? '1 day' : `${why?.days ?? 0} days`
  const reason =
    why &&
    {
      late: t(`已超 ${why.days} 天`, `${days} late`),
      'due-today': t('今天到期', 'due today'),
      'due-in': t(`${why.days} 天后到期`, `due in ${days}`),
      'same-building': t(`${why.days} 天后到期，同一幢楼顺路`, `due in ${days}; same building`),
      season: '',
      back: '',
    }[why.why]
  return (
    <a className="item" href={item.href}>
      <strong>{item.kind === 'house' ? t('核实住户', 'Confirm the household') : item.title}</strong>
      {item.who !== '' && ` ${item.who}`}
      <div className="soft">
        {item.address}
        {item.note !== '' && ` · ${item.note}`}
      </div>
      <div className="soft">
        {reason && <span className={why?.why === 'late' ? 'due' : ''}>{reason}</span>} {t('依据', 'under')}：
        {item.matter}
      </div>
      {item.cautions.length > 0 && (
        <div className="caution">{item.cautions.map((c) => w(cautionWords, c)).join('、')}</div>
      )}
    </a>
  )
}

function Notices() {
  const { holdings } = usePhone()
  const { t, w } = useWords()
  const messages = holdings.me?.messages ?? []
  const told = holdings.me?.told ?? []
  const mayEdit = holdings.me?.duties.includes('net.edit') ?? false
  if (messages.length + told.length + holdings.notices.length + holdings.left.length === 0) return null
  return (
    <section>
      <h2>{t('消息', 'Notices')}</h2>
      <Messages messages={messages} told={told} mayEdit={mayEdit} />
      {holdings.notices.slice(0, 10).map((n) => (
        <a className="card" key={n.id} href={`#todo/${n.eventId}`}>
          <strong>{w(noticeWords, n.kind)}</strong>
          <div className="soft">{n.title}</div>
        </a>
      ))}
      {holdings.left.length > 0 && (
        <p className="soft">
          {t(
            `近期有 ${holdings.left.length} 条登记移出本网格，详见“更多”。`,
            `${holdings.left.length} records left your grid lately; see More.`,
          )}
        </p>
      )}
    </section>
  )
}
