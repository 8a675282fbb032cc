import { Timeline } from 'antd'
import type { FlowRow } from '@fengge/domain/events/contract/views'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import {
  actionWords,
  failWords,
  findingOfVerify,
  gradeReasonWords,
  levelWords,
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
    ...placesOf(row, words),
    d['basis'] && basisName(String(d['basis'])),
    d['finding'] && w(findingOfVerify, String(d['finding'])),
    d['outcome'] && w(outcomeWords, String(d['outcome'])),
    d['grade'] && w(supervisionWords, Number(d['grade'])),
    d['leader'] && t(`包案领导：${d['leader']}`, `leader: ${d['leader']}`),
    row.action === 'refuse' && w(refuseWords, String(d['reason'])),
    row.action === 'fail' && w(failWords, String(d['reason'])),
    row.action === 'ask-suspension' && w(suspendWords, String(d['reason'])),
    d['unsigned'] && t('未按时签收', 'not signed in time'),
    d['score'] && `${d['score']} / 5`,
    dateOf(row, words),
    d['plan'] && t(`办理计划：${d['plan']}`, `plan: ${d['plan']}`),
    ...gradeReasons(row, words),
  ]
  const text = parts.filter(Boolean).join(' · ')
  return text === '' ? null : <span>{text}</span>
}

/** From whom to whom a step went: departments, grids, levels. */
function placesOf({ action, detail, names }: FlowRow, { t, w }: Words): string[] {
  const name = (key: string) => {
    const value = detail[key]
    return typeof value === 'string' ? names[value] : undefined
  }
  const listed = (Array.isArray(detail['departments']) ? detail['departments'] : []).map((id) => names[String(id)])
  const department = name('department')
  const isHandedBack = action === 'return' || action === 'agree-return'
  const [from, to] = ['from', 'to'].map((key) =>
    typeof detail[key] === 'number' ? w(levelWords, detail[key]) : name(key),
  )
  return [
    department && (isHandedBack ? t(`由${department}`, `by ${department}`) : t(`给${department}`, `to ${department}`)),
    from && to && `${from} → ${to}`,
    name('suggested') && t(`建议由${name('suggested')}承办`, `proposes ${name('suggested')}`),
    listed.filter(Boolean).join('、'),
  ].filter((part): part is string => typeof part === 'string' && part !== '')
}

/** Until when: the date that was asked for, or that now holds. */
function dateOf({ action, detail }: FlowRow, { t }: Words): string {
  const at = detail['due'] ?? detail['until']
  if (typeof at !== 'number') return ''
  const time = showTime(new Date(at).toISOString())
  return action.includes('suspension') ? t(`挂账至 ${time}`, `stopped until ${time}`) : t(`至 ${time}`, `until ${time}`)
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
