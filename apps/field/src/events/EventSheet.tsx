import { useEffect, useState } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { NamedAsk } from '@fengge/domain/sync/contract/acts'
import { slotsOf } from '@fengge/domain/events/forms/evidence'
import { getEvent } from '@fengge/domain/events/contract/desk'
import { authHeaders, call } from '@fengge/web/api/call.ts'
import { actWords } from '@fengge/web/words/field.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import {
  actionWords,
  failWords,
  findingOfVerify,
  phaseWords,
  sourceWords,
  statusWords,
  type Language,
} from '@fengge/web/words/terms.ts'
import { stepDate, stepPlaces } from '@fengge/web/words/flow.ts'
import { lightColours, lightFor, showLeft, showMs, showTime } from '@fengge/web/words/time.ts'
import { useActs, useField, usePhone } from '../offline/usePhone.ts'
import { useAsk, useDoing } from '../offline/useAsk.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { Alarms } from './Alarms.tsx'
import { photosFor } from './PhotoInput.tsx'
import { lacking, PhotoSlots, type Picked, type Shown } from './PhotoSlots.tsx'

/** A photo of the event; fetched with the phone's own session, since there is no cookie. */
function EvidencePicture({
  id,
  hasThumbnail,
  name,
  alt,
}: {
  id: string
  hasThumbnail: boolean
  name: string
  alt: string
}) {
  const [url, setUrl] = useState('')
  useEffect(() => {
    if (!hasThumbnail) return
    let made = ''
    void fetch(`/api/evidence/file?id=${id}&size=small`, { headers: authHeaders() })
      .then(async (r) => {
        if (r.ok) {
          made = URL.createObjectURL(await r.blob())
          setUrl(made)
        }
      })
      .catch(() => undefined)
    return () => {
      if (made !== '') URL.revokeObjectURL(made)
    }
  }, [id, hasThumbnail])
  const open = async () => {
    const r = await fetch(`/api/evidence/file?id=${id}`, { headers: authHeaders() })
    if (r.ok) window.open(URL.createObjectURL(await r.blob()), '_blank')
  }
  return (
    <button type="button" className="small" style={{ padding: 0 }} onClick={() => void open()}>
      {url !== '' ? <img src={url} alt={alt} /> : name}
    </button>
  )
}

/** What a worker does on the phone; everything else is done at a desk. */
const onPhone = [
  'pass',
  'fail',
  'check-unable',
  'verify',
  'self-close',
  'sign',
  'finish',
  'finish-co-handling',
  'cancel',
  'ask-cancel',
  'reopen',
] as const satisfies readonly Action[]
type PhoneAction = (typeof onPhone)[number]
const strong = new Set(['pass', 'verify', 'finish', 'sign'])

export function EventSheet({ id, back }: { id: string; readonly back: () => void }) {
  const { holdings, now, outbox } = usePhone()
  const { t, w, fault, language } = useWords()
  const { isOnline } = useField()
  const held = holdings.table('event').get(id)
  // The line gives what the phone does not hold: photos, the whole story, an event that is closed for long.
  const online = useAsk(`${id} ${held?.version ?? ''}`, () => call(getEvent, { id }), isOnline)
  const [action, setAction] = useState<PhoneAction | null>(null)
  const pending = outbox.pendingOn(id)
  const e = online.data ?? held
  const can = onPhone.filter((a) => (e?.can as string[] | undefined)?.includes(a))
  const flow = stepsOf(online.data?.flow, held?.flow ?? [], language)
  return (
    <>
      <header className="top">
        <button className="small" onClick={back}>
          {t('返回', 'Back')}
        </button>
        <h1>{t('事件', 'Event')}</h1>
        <span />
      </header>
      <main>
        {!e && online.error !== null && (
          <p className="error" role="alert">
            {fault(online.error)}
          </p>
        )}
        {!e && online.error === null && (
          <p role="status">
            {isOnline
              ? t('正在读取…', 'Loading …')
              : t('这件事不在手机里，有信号时再看。', 'Not on this phone; look again with a signal.')}
          </p>
        )}
        {e && (
          <>
            <h2>{e.title}</h2>
            <p>
              <strong>{w(statusWords, e.status)}</strong>
              {e.dueAt && (
                <strong style={{ color: lightColours[lightFor(e, now())] }}>
                  {' '}
                  · {showLeft(e.dueAt, now(), language)}
                </strong>
              )}
            </p>
            {pending.map((k) => (
              <p className="notice" key={k.act.requestId}>
                {k.label || w(actWords, k.act.name)} ·{' '}
                <a href="#more/outbox">
                  {k.state === 'waiting' ? t('等待送出', 'waiting') : t('未通过，请处理', 'refused: look')}
                </a>
              </p>
            ))}
            <p className="text">{e.content}</p>
            {e.onBehalfOf && <p className="soft">{t(`代 ${e.onBehalfOf} 上报`, `Reported for ${e.onBehalfOf}`)}</p>}
            <p className="soft">
              {e.placeText}
              <br />
              {e.no} · {showTime(e.reportedAt)}
              {e.departmentName ? ` · ${e.departmentName}` : ''}
              {e.source && (
                <>
                  <br />
                  {t(`来源：${w(sourceWords, e.source)}`, `Source: ${w(sourceWords, e.source)}`)}
                </>
              )}
            </p>
            {e.source === 'sensor' && <Alarms eventId={id} version={e.version} />}
            {e.answer && <p className="card text">{e.answer}</p>}
            {online.data && online.data.evidence.length > 0 && (
              <div className="thumbs">
                {online.data.evidence.map((f) => (
                  <EvidencePicture
                    key={f.id}
                    id={f.id}
                    hasThumbnail={f.hasThumbnail}
                    name={f.name}
                    alt={w(phaseWords, f.phase)}
                  />
                ))}
              </div>
            )}
            {action ? (
              <ActSheet
                event={{
                  id,
                  version: e.version,
                  title: e.title,
                  isAwaited: online.data?.isAwaited ?? false,
                  evidence: online.data?.evidence ?? null,
                  needs: holdings.config?.catalogue.find(([code]) => code === e.categoryCode)?.[8] ?? [],
                }}
                action={action}
                done={() => setAction(null)}
              />
            ) : (
              pending.length === 0 &&
              can.map((a) => (
                <button key={a} className={`button ${lookOf(a)}`} onClick={() => setAction(a)}>
                  {w(actionWords, a)}
                </button>
              ))
            )}
            <h2>{t('经过', 'What happened')}</h2>
            <ol className="line">
              {flow.map((f) => (
                <li key={f.key}>
                  <strong>{w(actionWords, f.action)}</strong>{' '}
                  <span className="soft">
                    {f.more}
                    <br />
                    {[showTime(f.at), f.office, f.took && t(`距上一步 ${f.took}`, `${f.took} after the step before`)]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                  {f.reason && <div className="text">{f.reason}</div>}
                </li>
              ))}
            </ol>
          </>
        )}
      </main>
    </>
  )
}

interface StepShown {
  readonly key: number
  readonly action: string
  readonly at: string
  readonly reason: string
  readonly office: string | null
  /** To which office or level it led, and until when; the phone alone does not keep it. */
  readonly more: string
  readonly took: string
}

/** What happened, newest first: as the line tells it, else as the phone keeps the last steps. */
function stepsOf(
  told: ReplyOf<typeof getEvent>['flow'] | undefined,
  kept: readonly (readonly [action: string, at: string, reason: string, office: string | null])[],
  language: Language,
): StepShown[] {
  const steps = told
    ? told.toReversed().map((f) => ({
        key: f.seq,
        action: f.action,
        at: f.at,
        reason: f.reason,
        office: f.actorOffice,
        more: [...stepPlaces(f, language), stepDate(f, language)].filter((part) => part !== '').join(' · '),
      }))
    : kept.map(([action, at, reason, office], key) => ({ key, action, at, reason, office, more: '' }))
  return steps.map((step, i) => {
    const before = steps[i + 1]
    return {
      ...step,
      took: before === undefined ? '' : showMs(Date.parse(step.at) - Date.parse(before.at), language),
    }
  })
}

function lookOf(action: Action): string {
  if (strong.has(action)) return ''
  return action === 'fail' || action === 'cancel' || action === 'ask-cancel' ? 'warn' : 'plain'
}

/** What can be picked for an action, and which of it is picked at first. */
const picks: Partial<Record<Action, { readonly words: Parameters<Words['w']>[0]; readonly first: string }>> = {
  verify: { words: findingOfVerify, first: 'exists' },
  fail: { words: failWords, first: 'not-done' },
}

interface Acted extends Shown {
  readonly id: string
  readonly version: number
  readonly title: string
  /** A citizen waits for an answer, as far as the phone knows. */
  readonly isAwaited: boolean
}

function ActSheet({ event, action, done }: { event: Acted; action: PhoneAction; readonly done: () => void }) {
  const { doAct, giveUp } = useActs()
  const { t, w } = useWords()
  const [photos, setPhotos] = useState<Picked>({})
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState('')
  const [choice, setChoice] = useState(picks[action]?.first ?? '')
  const doing = useDoing()
  const slots = slotsOf(action)
  const send = () =>
    doing.run(async () => {
      const base = { eventId: event.id, version: event.version, evidenceIds: [] }
      await doAct({
        ...deedOf(action, base, { text, choice, answer: answer.trim() }),
        label: `${w(actionWords, action)}：${event.title}`,
        subject: event.id,
        photos: slots.flatMap((phase) => photosFor(photos[phase] ?? [], event.id, phase)),
        isAfterPhotos: true,
      })
      done()
    })
  const choices = picks[action]?.words
  const isNeeded = !['pass', 'verify', 'sign'].includes(action) || (action === 'verify' && choice !== 'exists')
  return (
    <form
      className="card"
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      <h2>{w(actionWords, action)}</h2>
      {choices && (
        <fieldset>
          <legend>{t('情况', 'What is it')}</legend>
          {Object.keys(choices).map((c) => (
            <label className="pick" key={c}>
              <input type="radio" name="choice" checked={choice === c} onChange={() => setChoice(c)} />
              {w(choices, c)}
            </label>
          ))}
        </fieldset>
      )}
      {action !== 'sign' && (
        <>
          <label htmlFor="note">{isNeeded ? t('说明', 'Note') : t('说明（可不填）', 'Note (optional)')}</label>
          <textarea
            id="note"
            value={text}
            onChange={(e) => setText(e.target.value)}
            required={isNeeded}
            maxLength={1000}
          />
          {action === 'finish' && (
            <>
              <label htmlFor="answer">
                {event.isAwaited
                  ? t('给群众的答复（只有这一栏给他看）', 'Answer to the citizen (only this is shown to him)')
                  : t('给群众的答复（可不填）', 'Answer to the citizen (optional)')}
              </label>
              <textarea
                id="answer"
                value={answer}
                onChange={(e) => setAnswer(e.target.value)}
                required={event.isAwaited}
                maxLength={2000}
              />
            </>
          )}
          <PhotoSlots event={event} action={action} photos={photos} onChange={setPhotos} />
        </>
      )}
      <ErrorNote error={doing.error} />
      <button className="button" disabled={doing.isBusy || lacking(action, event, photos).length > 0}>
        {w(actionWords, action)}
      </button>
      <button type="button" className="button plain" onClick={() => void giveUp().then(done)}>
        {t('取消', 'Cancel')}
      </button>
    </form>
  )
}

/** The act that a form makes of its answers. */
function deedOf(action: PhoneAction, base: Base, { text, choice, answer }: Answers): NamedAsk {
  switch (action) {
    case 'sign':
      return { name: 'act.sign', ask: base }
    case 'verify':
      return { name: 'act.verify', ask: { ...base, finding: oneOf(findings, choice), note: text } }
    case 'fail':
      return { name: 'act.fail', ask: { ...base, reason: oneOf(failings, choice), note: text } }
    case 'finish':
      return { name: 'act.finish', ask: { ...base, result: text, answer } }
    case 'self-close':
      return { name: 'act.self-close', ask: { ...base, result: text } }
    case 'finish-co-handling':
      return { name: 'act.finish-co-handling', ask: { ...base, result: text } }
    default:
      return { name: `act.${action}`, ask: { ...base, note: text } }
  }
}
interface Answers {
  readonly text: string
  readonly choice: string
  readonly answer: string
}
interface Base {
  readonly eventId: string
  readonly version: number
  readonly evidenceIds: string[]
}
const findings = ['exists', 'absent', 'unable'] as const
const failings = ['not-done', 'partly-done', 'came-back', 'false-evidence'] as const
const oneOf = <C extends string>(choices: readonly C[], choice: string): C =>
  choices.find((c) => c === choice) ?? choices[0]!
