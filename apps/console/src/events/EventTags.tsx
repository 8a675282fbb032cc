import { Tag } from 'antd'
import { hasFallen } from '@fengge/domain/events/asking'
import type { EventRow, RequestRow } from '@fengge/domain/events/contract/views'
import { useWords } from '@fengge/web/words/language.ts'
import { askedWords, statusWords, supervisionWords, urgencyWords } from '@fengge/web/words/terms.ts'
import { lightColours, lightFor, showLeft, showTime } from '@fengge/web/words/time.ts'
import { useNow } from '../shell/useNow.ts'

/** State, urgency, card and clock of an event, in words as well as colour. */
export function EventTags({ event }: { event: EventRow }) {
  const { t, w, language } = useWords()
  const now = useNow()
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 6px' }}>
      <Tag color="blue" variant="outlined" style={{ color: '#0b3d91' }}>
        {w(statusWords, event.status)}
      </Tag>
      {event.urgency > 0 && (
        <Tag style={{ color: '#b42318', borderColor: '#b42318', background: '#fff' }}>
          {w(urgencyWords, event.urgency)}
        </Tag>
      )}
      {event.supervision > 0 && (
        <Tag style={{ color: '#b42318', borderColor: '#b42318', background: '#fff' }}>
          {w(supervisionWords, event.supervision)}
        </Tag>
      )}
      {event.gridName === null && event.stage === 'accept' && (
        <Tag color="gold" variant="outlined" style={{ color: '#7a4a00' }}>
          {t('未归网格', 'In no grid')}
        </Tag>
      )}
      {event.isSensitive && <Tag>{t('敏感', 'Sensitive')}</Tag>}
      {event.reworks > 0 && <Tag>{t(`返工 ${event.reworks} 次`, `Rework ${event.reworks}`)}</Tag>}
      {event.dueAt && (
        <strong style={{ color: lightColours[lightFor(event, now)] }}>{showLeft(event.dueAt, now, language)}</strong>
      )}
      {event.status === 'handled' && event.checkBy === 'worker' && event.dueAt && Date.parse(event.dueAt) <= now && (
        <Tag color="gold" variant="outlined" style={{ color: '#7a4a00' }}>
          {t('逾期未核查，同网格人员和中心均可核查', 'Not checked in time: its grid and the centre may')}
        </Tag>
      )}
      <Requests event={event} now={now} />
    </span>
  )
}

/** What waits for an answer: who asked and since when, until when it is owed, and whether it has fallen to who stands above. */
function Requests({ event, now }: { readonly event: EventRow; readonly now: number }) {
  const { t, w } = useWords()
  // An older server tells of none.
  return (event.requests ?? []).map(({ kind, since, dueAt }) => {
    const due = Date.parse(dueAt)
    const who = askerOf(event, kind, t('上报人', 'Its reporter'))
    return (
      <span key={kind} className="soft" style={{ flexBasis: '100%' }}>
        {hasFallen(event.level, due, now) && (
          <Tag color="gold" variant="outlined" style={{ color: '#7a4a00', marginInlineEnd: 6 }}>
            {t(`${event.townName ?? ''}到时未答复`, `Not answered by ${event.townName ?? ''}`)}
          </Tag>
        )}
        {kind === 'take-back'
          ? t(`${who} ${showTime(since)} 申请撤回`, `${who} asked to withdraw it ${showTime(since)}`)
          : t(
              `${who} ${showTime(since)} 提出${w(askedWords, event.status)}`,
              `${who}, ${w(askedWords, event.status)} ${showTime(since)}`,
            )}
        {due > now
          ? t(`，${showTime(dueAt)} 前答复`, `, answer by ${showTime(dueAt)}`)
          : t(`，应于 ${showTime(dueAt)} 前答复`, `, an answer was due ${showTime(dueAt)}`)}
      </span>
    )
  })
}

/** Whose request it is: a department’s, the desk’s where it says that a wish was unreasonable, or its reporter’s. */
function askerOf(event: EventRow, kind: RequestRow['kind'], reporter: string): string {
  if (kind === 'take-back') return reporter
  const desk = [event.villageName, event.townName][event.level - 1]
  return (event.status === 'unreasonable-claimed' ? desk : event.departmentName) ?? ''
}
