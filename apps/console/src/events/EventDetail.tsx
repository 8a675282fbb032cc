import { Link } from '@tanstack/react-router'
import { Alert, Button, Space, Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { hasCitizen } from '@fengge/domain/events/terms'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import {
  actionWords,
  closeWords,
  levelWords,
  phaseWords,
  reasonWords,
  sourceWords,
  stageWords,
  statusWords,
  suspendWords,
  urgencyWords,
} from '@fengge/web/words/terms.ts'
import { showMs, showTime } from '@fengge/web/words/time.ts'
import { ActDialog } from './ActDialog.tsx'
import { EventTags } from './EventTags.tsx'
import { FlowLine, gradeReasons } from './FlowLine.tsx'
import { ReturnsList } from './Returns.tsx'
import { CallList, Reporter } from './Reporter.tsx'
import { EventReadings } from '../sensors/EventReadings.tsx'
import { SpeakFor } from './SpeakFor.tsx'
import { useCatalogue } from './useEvents.ts'

const NetMap = lazy(() => import('../places/NetMap.tsx').then((m) => ({ default: m.NetMap })))
const main: string[] = [
  'dispatch',
  'sign',
  'finish',
  'pass',
  'fail',
  'register',
  'verify',
  'confirm-force-close',
  'agree-extension',
  'agree-suspension',
  'agree-return',
  'agree-cancel',
  'agree-recode',
  'rule',
  'call-back',
]

/** One event: what it is, whose turn, its clocks, its life, and exactly what this person may do now. */
export function EventDetail({ event }: { event: EventView }) {
  const { t, w } = useWords()
  const [action, setAction] = useState<Action | null>(null)
  const can = event.can as Action[]
  return (
    <div className="event-grid">
      <section className="panel">
        <h2 style={{ marginTop: 0 }}>{event.title}</h2>
        <p className="soft">
          {event.no}
          {event.ticketNo ? ` · 12345 ${event.ticketNo}` : ''}
        </p>
        <p>
          <EventTags event={event} />
        </p>
        <div className="actions" role="group" aria-label={t('可用操作', 'What you may do')}>
          {can
            .toSorted((a, b) => Number(main.includes(b)) - Number(main.includes(a)))
            .map((a) => (
              <Button key={a} type={main.includes(a) ? 'primary' : 'default'} onClick={() => setAction(a)}>
                {w(actionWords, a)}
              </Button>
            ))}
          {can.length === 0 && <span className="soft">{t('现在不需要您操作。', 'Nothing for you to do now.')}</span>}
        </div>
        <Requests event={event} />
        <h3>{t('内容', 'What')}</h3>
        <p className="text">{event.content}</p>
        {event.onBehalfOf !== '' && <p>{t(`代 ${event.onBehalfOf} 上报`, `Reported for ${event.onBehalfOf}`)}</p>}
        <Facts event={event} />
        {event.answer && (
          <>
            <h3>{t('答复', 'Answer')}</h3>
            <p className="text">{event.answer}</p>
          </>
        )}
        <Attached event={event} />
        {(event.point ?? event.villageId) && (
          <Suspense fallback={null}>
            <NetMap
              className="map map-small"
              parentId={event.villageId ?? event.townId ?? undefined}
              points={pointsOf(event)}
              chosen={event.gridId ? [event.gridId] : []}
            />
          </Suspense>
        )}
      </section>
      <aside>
        <Hints event={event} />
        <div className="panel">
          <h3 style={{ marginTop: 0 }}>{t('经过', 'What happened')}</h3>
          <FlowLine flow={event.flow} />
        </div>
      </aside>
      {action && <ActDialog event={event} action={action} onClose={() => setAction(null)} />}
    </div>
  )
}

const pointsOf = (event: EventView) => (event.point ? [{ ...event.point, id: event.id, title: event.title }] : [])

function Requests({ event }: { event: EventView }) {
  const { t, w } = useWords()
  return (
    <Space orientation="vertical" style={{ width: '100%', marginTop: 12 }}>
      <SpeakFor event={event} />
      <CallList event={event} />
      {event.pendingExtension && (
        <Alert
          type="info"
          title={t(
            `申请延期至 ${showTime(event.pendingExtension.until)}`,
            `Extension asked until ${showTime(event.pendingExtension.until)}`,
          )}
          description={`${event.pendingExtension.reason} ${event.pendingExtension.plan}`}
        />
      )}
      {event.suspension && (
        <Alert
          type="info"
          title={`${w(suspendWords, event.suspension.reason)} → ${showTime(event.suspension.until)}`}
        />
      )}
      {['return-requested', 'ruling', 'registered'].includes(event.status) && <ReturnsList event={event} />}
      {event.cancelReason && (
        <Alert
          type="warning"
          title={t('上报人申请撤回，待值班员答复', 'Its reporter asks to withdraw it; the desk answers')}
          description={event.cancelReason}
        />
      )}
      {event.recodeAsk && <RecodeAsked ask={event.recodeAsk} />}
      {event.forceCloseReason && (
        <Alert
          type="warning"
          title={t('已申请强制结案，待另一人批准', 'Forced close asked; a second person must confirm')}
          description={[
            event.forceCloseReason,
            event.forceCloseAnswer &&
              t(`拟答复：${event.forceCloseAnswer}`, `Proposed answer: ${event.forceCloseAnswer}`),
          ]
            .filter(Boolean)
            .join('；')}
        />
      )}
      {event.redLeader && (
        <Alert
          type="error"
          title={t(`红牌督办，包案领导：${event.redLeader}`, `Red card, leader: ${event.redLeader}`)}
        />
      )}
      {event.isUnsignedFlagged && (
        <Alert type="warning" title={t('该部门未按时签收', 'The department did not sign in time')} />
      )}
    </Space>
  )
}

/** Until a second person of the county agrees it stays a matter about staff. */
function RecodeAsked({ ask }: { ask: NonNullable<EventView['recodeAsk']> }) {
  const { t } = useWords()
  const found = useCatalogue().data?.find((c) => c.code === ask.categoryCode)
  const name = found ? t(found.name, found.nameEn) : ask.categoryCode
  return (
    <Alert
      type="warning"
      title={t(
        `已申请改为“${name}”，不再按反映工作人员办理；区县另一人同意后才生效`,
        `To become “${name}”, about nobody who serves; a second person of the county must agree`,
      )}
      description={ask.reason}
    />
  )
}

function Facts({ event }: { event: EventView }) {
  const words = useWords()
  const { t, w, language } = words
  const catalogue = useCatalogue()
  const category = catalogue.data?.find((c) => c.code === event.categoryCode)
  const rows: [string, React.ReactNode][] = [
    [t('类别', 'Category'), category ? `${category.code} ${t(category.name, category.nameEn)}` : event.categoryCode],
    [t('来源', 'Source'), w(sourceWords, event.source)],
    [
      t('紧急程度', 'Urgency'),
      [w(urgencyWords, event.urgency), ...event.flow.flatMap((row) => gradeReasons(row, words))].join(' · '),
    ],
    [t('层级', 'Level'), `${w(levelWords, event.level)} · ${event.deskName}`],
    [
      t('地点', 'Place'),
      [event.townName, event.villageName, event.gridName, event.placeText].filter(Boolean).join(' · '),
    ],
    [t('承办部门', 'Department'), event.departmentName],
    [
      t('协办', 'Co-handling'),
      event.coHandlers.map((c) => `${c.name}${c.isDone ? t('（已完成）', ' (done)') : ''}`).join('、'),
    ],
    [t('上报时间', 'Reported'), showTime(event.reportedAt)],
    [t('办理到期', 'Handling due'), showTime(event.handleDueAt)],
    [t('热线时限', 'Hotline due'), showTime(event.externalDueAt)],
    [
      t('诉求人', 'Reporter'),
      hasCitizen(event.source) || event.reporters > 1 ? <Reporter key="r" event={event} /> : null,
    ],
    [
      t('各环节用时', 'Time by stage'),
      Object.entries(event.spent)
        .filter(([, ms]) => ms > 0)
        .map(([s, ms]) => `${w(stageWords, s)} ${showMs(ms, language)}`)
        .join(' · '),
    ],
    [t('暂停', 'Paused'), event.pausedMs > 0 ? showMs(event.pausedMs, language) : null],
    [
      t('结案', 'Closed'),
      event.closedAt && event.closeKind ? `${showTime(event.closedAt)} ${w(closeWords, event.closeKind)}` : null,
    ],
    [t('满意度', 'Satisfaction'), verdictOf(event, words)],
  ]
  return (
    <dl className="facts">
      {rows
        .filter(([, v]) => v !== null && v !== '' && v !== undefined)
        .map(([k, v]) => (
          <div key={k} style={{ display: 'contents' }}>
            <dt>{k}</dt>
            <dd>{v}</dd>
          </div>
        ))}
    </dl>
  )
}

function verdictOf(event: EventView, { t }: Words): string | null {
  if (event.satisfaction === null) return null
  return `${event.satisfaction} / 5 ${event.isSolved ? t('已解决', 'solved') : t('未解决', 'not solved')}`
}

/** What came with it and belongs to it: alarms, files, other events. */
const Attached = ({ event }: { event: EventView }) => (
  <>
    <EventReadings eventId={event.id} />
    <EvidenceView event={event} />
    <Related event={event} />
  </>
)

function EvidenceView({ event }: { event: EventView }) {
  const { t, w } = useWords()
  if (event.evidence.length === 0) return null
  return (
    <>
      <h3>{t('附件', 'Evidence')}</h3>
      <div className="thumbs">
        {event.evidence.map((e) => (
          <a
            key={e.id}
            href={`/api/evidence/file?id=${e.id}`}
            target="_blank"
            rel="noreferrer"
            title={`SHA-256 ${e.sha256}`}
          >
            {e.hasThumbnail ? (
              <img
                src={`/api/evidence/file?id=${e.id}&size=small`}
                alt={`${w(phaseWords, e.phase)} ${showTime(e.at)}`}
              />
            ) : (
              <Tag>{e.name || e.mime}</Tag>
            )}
          </a>
        ))}
      </div>
    </>
  )
}

function Related({ event }: { event: EventView }) {
  const { t, w } = useWords()
  if (event.related.length === 0) return null
  return (
    <>
      <h3>{t('关联事件', 'Related')}</h3>
      <ul>
        {event.related.map((r) => (
          <li key={r.id}>
            <Link to="/events/$id" params={{ id: r.id }}>
              {r.title}
            </Link>{' '}
            <span className="soft">{w(statusWords, r.status)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Suggestions with their reasons; shown, never applied by themselves. */
function Hints({ event }: { event: EventView }) {
  const { t, w } = useWords()
  const catalogue = useCatalogue()
  const s = event.suggestion
  if (s.categories.length + s.duplicates.length === 0) return null
  const reason = (text: string) => {
    const [k = '', v] = text.split(':')
    return v ? `${w(reasonWords, k)} ${v}` : w(reasonWords, k)
  }
  return (
    <div className="panel" style={{ marginBottom: 16 }}>
      <h3 style={{ marginTop: 0 }}>{t('参考提示', 'Hints')}</h3>
      {s.categories.length > 0 && (
        <>
          <p className="soft">{t('类别可能是', 'The category may be')}</p>
          <ul>
            {s.categories.map((c) => {
              const k = catalogue.data?.find((x) => x.code === c.code)
              return (
                <li key={c.code}>
                  {k ? t(k.name, k.nameEn) : c.code}{' '}
                  <span className="soft">
                    {Math.round(c.share * 100)} %{c.words.length > 0 ? ` · ${c.words.join('、')}` : ''}
                  </span>
                </li>
              )
            })}
          </ul>
        </>
      )}
      {s.duplicates.length > 0 && (
        <>
          <p className="soft">{t('可能是同一件事', 'May be the same')}</p>
          <ul>
            {s.duplicates.map((d) => (
              <li key={d.id}>
                <Link to="/events/$id" params={{ id: d.id }}>
                  {d.title}
                </Link>{' '}
                <span className="soft">
                  {w(statusWords, d.status)} · {d.reasons.map(reason).join('，')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
