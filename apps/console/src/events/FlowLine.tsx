import { Timeline } from 'antd'
import type { FlowRow } from '@fengge/domain/events/contract/views'
import { stepDate, stepPlaces } from '@fengge/web/words/flow.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import {
  actionWords,
  failWords,
  findingOfVerify,
  gradeReasonWords,
  outcomeWords,
  refuseWords,
  statusWords,
  supervisionWords,
  suspendWords,
} from '@fengge/web/words/terms.ts'
import { showMs, showTime } from '@fengge/web/words/time.ts'
import { useBasisName } from './Returns.tsx'

/** The life of an event, newest first: what, who, to whom, until when, how long it took, and why. */
export function FlowLine({ flow }: { flow: readonly FlowRow[] }) {
  const { t, w, language } = useWords()
  const took = (row: FlowRow, i: number) => {
    const before = flow[i - 1]
    return before === undefined ? '' : showMs(Date.parse(row.at) - Date.parse(before.at), language)
  }
  const items = flow.map((f, i) => ({
    key: f.seq,
    content: (
      <div>
        <strong>{w(actionWords, f.action)}</strong>
        {f.from !== f.to && <span className="soft"> → {w(statusWords, f.to)}</span>} <DetailWords row={f} />
        <div className="soft">
          {showTime(f.at)} · {f.actorName ?? (f.actorRole === 'system' ? t('系统', 'System') : t('居民', 'Resident'))}
          {f.actorRole && f.actorName ? `（${f.actorOffice ?? ''} ${f.actorRole}）` : ''}
          {i > 0 && t(` · 距上一步 ${took(f, i)}`, ` · ${took(f, i)} after the step before`)}
        </div>
        {f.reason && <div className="text">{f.reason}</div>}
      </div>
    ),
  }))
  return <Timeline items={items.toReversed()} />
}

function DetailWords({ row }: { row: FlowRow }) {
  const words = useWords()
  const basisName = useBasisName()
  const { t, w } = words
  const d = row.detail as Record<string, string | number | boolean | undefined>
  const parts = [
    ...stepPlaces(row, words.language),
    proposal(row, words),
    d['basis'] && basisName(String(d['basis'])),
    d['finding'] && w(findingOfVerify, String(d['finding'])),
    d['nth'] && t(`第 ${d['nth']} 位反映人`, `reporter ${d['nth']}`),
    d['outcome'] && w(outcomeWords, String(d['outcome'])),
    d['left'] && t(`还有 ${d['left']} 人待回访`, `${d['left']} still to be rung`),
    d['grade'] && w(supervisionWords, Number(d['grade'])),
    d['leader'] && t(`包案领导：${d['leader']}`, `leader: ${d['leader']}`),
    row.action === 'refuse' && w(refuseWords, String(d['reason'])),
    row.action === 'fail' && w(failWords, String(d['reason'])),
    row.action === 'ask-suspension' && w(suspendWords, String(d['reason'])),
    d['unsigned'] && t('未按时签收', 'not signed in time'),
    d['score'] && `${d['score']} / 5`,
    stepDate(row, words.language),
    d['plan'] && t(`办理计划：${d['plan']}`, `plan: ${d['plan']}`),
    ...gradeReasons(row, words),
  ]
  const text = parts.filter(Boolean).join(' · ')
  return text === '' ? null : <span>{text}</span>
}

/** Whom the department that hands it back proposes. */
function proposal({ detail, names }: FlowRow, { t }: Words): string {
  const proposed = names[String(detail['suggested'])]
  return proposed === undefined ? '' : t(`建议由${proposed}承办`, `proposes ${proposed}`)
}

/** Why a report was put up in level or urgency by itself. */
export function gradeReasons({ action, detail }: FlowRow, { t, w }: Words): string[] {
  if (action !== 'report' || !Array.isArray(detail['reasons'])) return []
  return detail['reasons'].map((reason) => {
    const [kind = '', what = ''] = String(reason).split(':')
    if (kind === 'word') return t(`因含“${what}”升为特急`, `most urgent for the word “${what}”`)
    return w(gradeReasonWords, String(reason))
  })
}
