/** The elder version: six pictures, one question a page, read aloud on demand, hold to talk. domain.md A13, requirement U1. */
import { useState, type ReactNode } from 'react'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { makeToday } from '@fengge/web/offline/today.ts'
import { outcomeWordsOfVisit } from '@fengge/web/words/field.ts'
import type { Outcome as VisitOutcome } from '@fengge/domain/visits/terms'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords } from '@fengge/web/words/registry.ts'
import { statusWords } from '@fengge/web/words/terms.ts'
import { readAloud, SpeakInto } from '../day/SpeakInto.tsx'
import { photosFor, PhotoInput, type Photo } from '../events/PhotoInput.tsx'
import type { Outcome } from '../offline/acts.ts'
import { useActs, useField, usePhone, useSource } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { HouseSheet } from '../registry/HouseSheet.tsx'
import { Picture } from './Picture.tsx'

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

/** A page with one question, read aloud on demand, and a way home. */
function Step({ title, children, isHome = false }: { title: string; children: ReactNode; isHome?: boolean }) {
  const { t, language } = useWords()
  return (
    <main className="elder-page">
      <div className="elder-top">
        {!isHome && (
          <button
            className="small"
            onClick={() => {
              location.hash = ''
            }}
          >
            {t('回首页', 'Home')}
          </button>
        )}
        {'speechSynthesis' in window && (
          <button
            className="small"
            onClick={() => readAloud(`${title}。${document.querySelector('main')?.innerText ?? ''}`, language)}
          >
            {t('读给我听', 'Read to me')}
          </button>
        )}
      </div>
      <h1>{title}</h1>
      {children}
    </main>
  )
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

const kinds: Record<string, { zh: string; en: string; category: string }> = {
  danger: { zh: '哪里有危险？', en: 'What is dangerous, and where?', category: '3003' },
  quarrel: { zh: '谁和谁有矛盾？', en: 'Who quarrels with whom?', category: '1002' },
  help: { zh: '谁需要帮忙？', en: 'Who needs help?', category: '4012' },
  other: { zh: '什么事？', en: 'What is it?', category: '4012' },
}

/** Say it, a picture if one likes, send: two pages. The grid worker completes the rest. */
function Say({ kind }: { kind: string }) {
  const source = useSource()
  const { holdings } = usePhone()
  const { doAct } = useActs()
  const { t } = useWords()
  const about = kinds[kind] ?? kinds['other']!
  const [text, setText] = useState('')
  const [photos, setPhotos] = useState<Photo[]>([])
  const [step, setStep] = useState(0)
  const [id] = useState(freshId)
  const [sent, setSent] = useState<Outcome | null>(null)
  const doing = useDoing()
  const known = holdings.config?.catalogue.some((c) => c[0] === about.category)
  const category = known
    ? about.category
    : (holdings.config?.catalogue.find((c) => c[0].startsWith(about.category.slice(0, 2)))?.[0] ?? '')
  const post = holdings.postings()[0]
  const gridId = holdings.config?.places.find((p) => p.id === post?.placeId)?.id ?? post?.placeId ?? null
  const send = () =>
    doing.run(async () => {
      setSent(
        await doAct({
          requestId: id,
          name: 'reportEvent',
          label: Array.from(text.trim()).slice(0, 50).join(''),
          subject: id,
          ask: {
            id,
            title: Array.from(text.trim()).slice(0, 50).join(''),
            content: text.trim(),
            categoryCode: category,
            gridId,
            point: null,
            placeText: '',
            evidenceIds: [],
            stopNoticeRead: true,
            source,
          },
          photos: photosFor(photos, id, 'before'),
        }),
      )
    })
  if (sent)
    return (
      <Step title={t('好了，谢谢您', 'Done, thank you')}>
        <p className="ok" role="status">
          {sent.state === 'waiting'
            ? t('已记在手机里，有信号就送出去。', 'Kept on this phone; it goes out with the signal.')
            : t('已经告诉网格员。', 'The grid worker knows.')}
        </p>
        <a className="button" href="#">
          {t('回首页', 'Home')}
        </a>
      </Step>
    )
  if (step === 0)
    return (
      <Step title={t(about.zh, about.en)}>
        <label htmlFor="said" className="hidden">
          {t(about.zh, about.en)}
        </label>
        <textarea id="said" value={text} onChange={(e) => setText(e.target.value)} maxLength={800} />
        <SpeakInto onText={(more) => setText((was) => was + more)} />
        <button className="button" disabled={text.trim().length < 2} onClick={() => setStep(1)}>
          {t('下一步', 'Next')}
        </button>
      </Step>
    )
  return (
    <Step title={t('要拍张照片吗？', 'A photo?')}>
      <PhotoInput photos={photos} onChange={setPhotos} />
      <ErrorNote error={doing.error} />
      <button className="button" disabled={doing.isBusy} onClick={send}>
        {photos.length > 0 ? t('送出去', 'Send') : t('不拍，直接送出去', 'Send without')}
      </button>
      <button className="button plain" onClick={() => setStep(0)}>
        {t('回上一步', 'Back')}
      </button>
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

/** One question a page: met or not, then each question of the form, then sent. */
function OneVisit({ id }: { id: string }) {
  const { holdings, now } = usePhone()
  const { doAct } = useActs()
  const { t, w } = useWords()
  const [task] = useState(() => holdings.table('task').get(id))
  const form = task && holdings.config?.forms.find((f) => f.code === task.formCode)
  const [step, setStep] = useState(-1)
  const [answers, setAnswers] = useState<Record<string, string | boolean>>({})
  const [outcome, setOutcome] = useState<VisitOutcome>('met')
  const [visitId] = useState(freshId)
  const [sent, setSent] = useState<Outcome | null>(null)
  const doing = useDoing()
  if (sent)
    return (
      <Step title={t('好了，谢谢您', 'Done, thank you')}>
        <p className="ok" role="status">
          {sent.state === 'waiting'
            ? t('已记在手机里，有信号就送出去。', 'Kept on this phone; it goes out with the signal.')
            : t('已经记下。', 'It is recorded.')}
        </p>
        <a className="button" href="#visits">
          {t('下一家', 'Next')}
        </a>
        <a className="button plain" href="#">
          {t('回首页', 'Home')}
        </a>
      </Step>
    )
  const subjectId = task?.subjectId ?? null
  if (!task || !form || subjectId === null)
    return (
      <Step title={t('走访', 'Visit')}>
        <p className="card">{t('这次走访已完成或已调整。', 'Done already, or changed.')}</p>
      </Step>
    )
  const send = (how: VisitOutcome, given: Record<string, string | boolean>) =>
    doing.run(async () => {
      setSent(
        await doAct({
          requestId: visitId,
          name: 'recordVisit',
          label: `${task.title} ${task.name ?? ''}`,
          subject: task.id,
          ask: {
            id: visitId,
            taskId: task.id,
            matterId: task.matterId,
            formCode: form.code,
            subjectKind: task.subjectKind,
            subjectId,
            outcome: how,
            answers: given,
            note: '',
            madeAt: new Date(now()).toISOString(),
          },
        }),
      )
    })
  const fields = form.fields.filter((f) => f.type !== 'text' || f.isRequired)
  if (step === -1)
    return (
      <Step title={t(`见到${task.name ?? '人'}了吗？`, `Did you meet ${task.name ?? 'anybody'}?`)}>
        <p>{task.address}</p>
        {task.cautions.length > 0 && (
          <p className="notice">{task.cautions.map((c) => w(cautionWords, c)).join('、')}</p>
        )}
        <ErrorNote error={doing.error} />
        {(['met', 'not-home', 'refused'] as const).map((o) => (
          <button
            key={o}
            className={`button ${o === 'met' ? '' : 'plain'}`}
            disabled={doing.isBusy}
            onClick={() => {
              const how = o === 'met' && (task.subjectKind === 'grid' || task.formCode === 'recheck') ? 'done' : o
              setOutcome(how)
              if (o !== 'met') send(how, {})
              else if (fields.length === 0) send(how, {})
              else setStep(0)
            }}
          >
            {w(outcomeWordsOfVisit, o)}
          </button>
        ))}
      </Step>
    )
  const field = fields[step]!
  const choices: [string, string, string][] =
    field.type === 'flag'
      ? [
          ['true', '是', 'Yes'],
          ['false', '否', 'No'],
        ]
      : field.choices
  const choose = (code: string) => {
    const given = { ...answers, [field.code]: field.type === 'flag' ? code === 'true' : code }
    setAnswers(given)
    if (step + 1 < fields.length) setStep(step + 1)
    else send(outcome, given)
  }
  return (
    <Step title={`${t(field.name, field.nameEn)}？`}>
      <ErrorNote error={doing.error} />
      {choices.map(([code, zh, en]) => (
        <button key={code} className="button plain" disabled={doing.isBusy} onClick={() => choose(code)}>
          {t(zh, en)}
        </button>
      ))}
      <button className="button plain back" onClick={() => setStep(step - 1)}>
        {t('回上一步', 'Back')}
      </button>
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
