/** The elder version: six pictures, one question a page, read aloud on demand, hold to talk. domain.md A13, requirement U1. */
import { makeToday } from '@fengge/web/offline/today.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { statusWords } from '@fengge/web/words/terms.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { HouseSheet } from '../registry/HouseSheet.tsx'
import { OneVisit } from './OneVisit.tsx'
import { Picture } from './Picture.tsx'
import { Say } from './Say.tsx'
import { Step } from './Step.tsx'

export function ElderPages({ at, id }: { at: string; id: string | undefined }) {
  useField()
  switch (at) {
    case 'say':
      return <Say kind={id ?? 'other'} />
    case 'visits':
      return <Visits />
    case 'visit':
      return <OneVisit id={id ?? ''} />
    case 'homes':
      return <Homes />
    case 'grid':
      return id?.startsWith('h.') ? <HouseSheet id={id.slice(2)} /> : <Homes />
    case 'mine':
      return <Mine />
    default:
      return <Home />
  }
}

function Home() {
  const { holdings, now, outbox, vault } = usePhone()
  const { t } = useWords()
  const day = makeToday({ holdings, acts: outbox.list(), now: now(), start: null, budget: 120, order: [] })
  const due = day.stops.reduce((n, s) => n + s.items.length, 0) + day.elsewhere.length
  const doors: [string, string, string][] = [
    ['say/danger', 'danger', t('有危险', 'Danger')],
    ['say/quarrel', 'quarrel', t('有矛盾', 'A quarrel')],
    ['say/help', 'help', t('有人要帮忙', 'Help needed')],
    ['visits', 'visits', `${t('要走访', 'To visit')}${due > 0 ? ` ${due}` : ''}`],
    ['homes', 'homes', t('我的住户', 'My homes')],
    ['mine', 'mine', t('我报过的', 'What I said')],
  ]
  return (
    <Step title={t(`${holdings.me?.name ?? ''}，您好`, `Hello, ${holdings.me?.name ?? ''}`)} isHome>
      <nav className="six" aria-label={t('主菜单', 'Main menu')}>
        {doors.map(([to, picture, name]) => (
          <a key={to} href={`#${to}`}>
            <Picture name={picture} />
            <span>{name}</span>
          </a>
        ))}
      </nav>
      {vault.state === 'none' && (
        <a className="button plain" href="#more/pin">
          {t('设口令，没信号也能用', 'Set a PIN: works without signal')}
        </a>
      )}
      <a className="button plain" href="#more/badge">
        {t('上门给人看：核验码', 'At the door: my code')}
      </a>
      <a className="button plain" href="#more/settings">
        {t('字再大些、换回标准版', 'Larger text, standard version')}
      </a>
    </Step>
  )
}

function Visits() {
  const { holdings, now, outbox } = usePhone()
  const { t } = useWords()
  const day = makeToday({ holdings, acts: outbox.list(), now: now(), start: null, budget: 120, order: [] })
  const items = [...day.stops.flatMap((s) => s.items), ...day.elsewhere].filter((i) => i.kind === 'task')
  return (
    <Step title={t('今天看看这几家', 'Whom to see today')}>
      {items.length === 0 && <p className="card">{t('今天没有要走访的。', 'Nobody today.')}</p>}
      {items.map((i) => (
        <a className="card big" key={i.id} href={i.href}>
          <strong>{i.who === '' ? i.title : i.who}</strong>
          <div>{i.address}</div>
        </a>
      ))}
    </Step>
  )
}

function Homes() {
  const { holdings } = usePhone()
  const { t } = useWords()
  const houses = [...holdings.table('house').values()]
    .map((h) => ({ h, name: holdings.addressOf(h) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh', { numeric: true }))
  return (
    <Step title={t(`我的 ${houses.length} 户`, `My ${houses.length} homes`)}>
      {houses.slice(0, 200).map(({ h, name }) => (
        <a className="card big" key={h.id} href={`#grid/h.${h.id}`}>
          {name}{' '}
          <span className="soft">{t(`${holdings.linksOf(h.id).length} 人`, `${holdings.linksOf(h.id).length}`)}</span>
        </a>
      ))}
    </Step>
  )
}

function Mine() {
  const { holdings, outbox } = usePhone()
  const { t, w } = useWords()
  const events = [...holdings.table('event').values()]
    .filter((e) => e.isMine)
    .toSorted((a, b) => (a.reportedAt < b.reportedAt ? 1 : -1))
  const unsent = outbox.list().filter((k) => k.act.name === 'reportEvent' && k.state !== 'done')
  return (
    <Step title={t('我报过的事', 'What I said')}>
      {unsent.map((k) => (
        <p className="card big" key={k.act.requestId}>
          <strong>{k.label}</strong>
          <br />
          {t('等信号送出', 'waits for a signal')}
        </p>
      ))}
      {events.length + unsent.length === 0 && <p className="card big">{t('还没有报过事。', 'Nothing yet.')}</p>}
      {events.map((e) => (
        <p className="card big" key={e.id}>
          <strong>{e.title}</strong>
          <br />
          {w(statusWords, e.status)}
          {e.answer && (
            <>
              <br />
              {e.answer}
            </>
          )}
        </p>
      ))}
    </Step>
  )
}
