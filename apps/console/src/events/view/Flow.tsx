import { Fragment } from 'react'
import type { FlowRow } from '@fengge/domain/events/contract/views'
import { Button } from '@fengge/web/ui/Button/Button.tsx'
import { Ring } from '@fengge/web/ui/State/State.tsx'
import { ringOf } from '@fengge/web/ui/State/ring.ts'
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
import { showSpan, showTime, showWhen } from '@fengge/web/words/time.ts'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'
import { useBasisName } from '../acts/Returns.tsx'
import { useBetween } from './useBetween.ts'

interface Props {
  readonly eventId: string
  readonly flow: readonly FlowRow[]
  /** Only steps in which somebody wrote something. */
  readonly isOpinionsOnly?: boolean
}

/** The life of an event, newest first: what, when, who, to whom, until when, how long it took, and what was written. */
export function Flow({ eventId, flow, isOpinionsOnly = false }: Props) {
  const { rows, fetchBefore, isFetching } = useBetween(eventId, flow)
  const say = useEventWords()
  return (
    <ol className="ev-flow">
      {rows
        .toReversed()
        .filter(({ row, missing }) => !isOpinionsOnly || row.reason !== '' || missing > 0)
        .map((shown) => (
          <Fragment key={shown.row.seq}>
            <FlowStep row={shown.row} before={shown.before} />
            {shown.missing > 0 && (
              <li>
                <Button kind="text" size="small" disabled={isFetching} onClick={() => fetchBefore(shown)}>
                  {say.stepsBetween(shown.missing)}
                </Button>
              </li>
            )}
          </Fragment>
        ))}
    </ol>
  )
}

function FlowStep({ row, before }: { readonly row: FlowRow; readonly before: FlowRow | undefined }) {
  const { w, language } = useWords()
  const say = useEventWords()
  const now = useNow()
  const took = before === undefined ? 0 : Date.parse(row.at) - Date.parse(before.at)
  const said = [
    row.actorName ?? (row.actorRole === 'system' ? say.system : say.resident),
    row.actorName && [row.actorOffice, row.actorRole].filter(Boolean).join(' '),
    took >= 60_000 && say.took(showSpan(took, language)),
    row.evidenceIds.length > 0 && say.files(row.evidenceIds.length),
  ]
  return (
    <li>
      <Ring ring={ringOf(row.to)} />
      <div className="ev-flow-head">
        <strong>{w(actionWords, row.action)}</strong>
        {row.from !== row.to && <span className="ev-note"> → {w(statusWords, row.to)}</span>}
        <time dateTime={row.at} title={showTime(row.at)}>
          {showWhen(row.at, now, language)}
        </time>
      </div>
      <DetailWords row={row} />
      <div className="ev-note">{said.filter(Boolean).join(' · ')}</div>
      {row.reason && <blockquote>{row.reason}</blockquote>}
    </li>
  )
}

function DetailWords({ row }: { readonly row: FlowRow }) {
  const words = useWords()
  const say = useEventWords()
  const basisName = useBasisName()
  const { w } = words
  const d = row.detail as Record<string, string | number | boolean | undefined>
  const proposed = row.names[String(row.detail['suggested'])]
  const parts = [
    ...stepPlaces(row, words.language),
    proposed && say.proposes(proposed),
    d['basis'] && basisName(String(d['basis'])),
    d['finding'] && w(findingOfVerify, String(d['finding'])),
    d['nth'] && say.nthReporter(String(d['nth'])),
    d['outcome'] && w(outcomeWords, String(d['outcome'])),
    d['left'] && say.leftToRing(String(d['left'])),
    d['grade'] && w(supervisionWords, Number(d['grade'])),
    d['leader'] && say.leaderIs(String(d['leader'])),
    reasonIn(row, words),
    d['unsigned'] && say.notSigned,
    d['score'] && `${d['score']} / 5`,
    stepDate(row, words.language),
    d['plan'] && say.planIs(String(d['plan'])),
    ...gradeReasons(row, words),
  ]
  const text = parts.filter(Boolean).join(' · ')
  return text === '' ? null : <div className="ev-flow-detail">{text}</div>
}

const reasonTables = { refuse: refuseWords, fail: failWords, 'ask-suspension': suspendWords }
function reasonIn({ action, detail }: FlowRow, { w }: Words): string {
  const table = reasonTables[action as keyof typeof reasonTables]
  return table === undefined ? '' : w(table, String(detail['reason']))
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
