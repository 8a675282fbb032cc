import { Timeline } from 'antd'
import type { FlowRow } from '@fengge/domain/events/contract/views'
import { useWords } from '@fengge/web/words/language.ts'
import {
  actionWords,
  failWords,
  findingOfVerify,
  outcomeWords,
  refuseWords,
  statusWords,
  supervisionWords,
  suspendWords,
} from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'

/** The life of an event, newest first: what, who, in which post, when and why. */
export function FlowLine({ flow }: { flow: readonly FlowRow[] }) {
  const { t, w } = useWords()
  return (
    <Timeline
      items={flow.toReversed().map((f) => ({
        key: f.seq,
        content: (
          <div>
            <strong>{w(actionWords, f.action)}</strong>
            {f.from !== f.to && <span className="soft"> → {w(statusWords, f.to)}</span>} <DetailWords row={f} />
            <div className="soft">
              {showTime(f.at)} ·{' '}
              {f.actorName ?? (f.actorRole === 'system' ? t('系统', 'System') : t('居民', 'Resident'))}
              {f.actorRole && f.actorName ? `（${f.actorOffice ?? ''} ${f.actorRole}）` : ''}
            </div>
            {f.reason && <div className="text">{f.reason}</div>}
          </div>
        ),
      }))}
    />
  )
}

function DetailWords({ row }: { row: FlowRow }) {
  const { t, w } = useWords()
  const d = row.detail as Record<string, string | number | boolean | undefined>
  const parts = [
    d['finding'] && w(findingOfVerify, String(d['finding'])),
    d['outcome'] && w(outcomeWords, String(d['outcome'])),
    d['grade'] && w(supervisionWords, Number(d['grade'])),
    row.action === 'refuse' && w(refuseWords, String(d['reason'])),
    row.action === 'fail' && w(failWords, String(d['reason'])),
    row.action === 'ask-suspension' && w(suspendWords, String(d['reason'])),
    d['unsigned'] && t('未按时签收', 'not signed in time'),
    d['score'] && `${d['score']} / 5`,
  ]
  const text = parts.filter(Boolean).join(' · ')
  return text === '' ? null : <span>{text}</span>
}
