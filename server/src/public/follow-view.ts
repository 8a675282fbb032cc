/** What the reporter of an event reads when he follows it. */
import { appealDesk } from '@fengge/domain/events/guards'
import { stages, type EventStatus } from '@fengge/domain/events/terms'
import { showInstant } from '@fengge/domain/kernel/time'
import type { Language } from './pages/frame.ts'
import type { FollowView } from './pages/follow-page.ts'
import { wordsOf } from './pages/words.ts'
import { stepDate, stepPlaces } from '@fengge/web/words/flow.ts'
import { reckon } from '@fengge/web/ui/Clock/reckon.ts'
import { actionWords, suspendWords, word } from '@fengge/web/words/terms.ts'
import { showLeft, showMs } from '@fengge/web/words/time.ts'
import type { Ground } from '../kernel/ground.ts'
import { offersForFollower, type Followed } from '../events/door.ts'
import { placeTree } from '../places/door.ts'

/** Steps that a reporter is told of. */
const shown: ReadonlySet<string> = new Set([
  'report',
  'appeal',
  'verify',
  'register',
  'refuse',
  'dispatch',
  'report-up',
  'assign-down',
  'sign',
  'count-as-signed',
  'transfer',
  'agree-extension',
  'agree-suspension',
  'resume',
  'resume-by-date',
  'finish',
  'pass',
  'fail',
  'rate',
  'reopen',
  'merge',
  'cancel',
  'supervise',
  'urge',
  'confirm-force-close',
  'call-back',
])

/** Who has to act now, as a resident calls him. */
function turnOf(ground: Ground, f: Followed, language: Language): string {
  if (f.core.stage === 'handle' && f.departmentName) return f.departmentName
  if (f.core.stage === 'check') return language === 'zh' ? '网格员' : 'Grid worker'
  return placeTree(ground).get(f.deskPlaceId)?.name ?? ''
}

function pauseOf(core: Followed['core'], language: Language): string | null {
  if (core.status !== 'suspended' || !core.suspension) return null
  return `${word(suspendWords, core.suspension.reason, language)} → ${showInstant(core.suspension.until)}`
}

function ratingOf(f: Followed, language: Language): string | null {
  if (f.score === null) return null
  const w = wordsOf(language)
  return `${w.scores[f.score - 1]} · ${f.isSolved ? w.yes : w.no}`
}

/** What of the limit is left, in its own kind of time. */
function leftOf(core: Followed['core'], now: number, language: Language): FollowView['left'] {
  const { dueAt, stageStartedAt } = core
  if (dueAt === null || core.status === 'suspended') return null
  const iso = (at: number) => new Date(at).toISOString()
  const { left, light } = reckon({ startedAt: iso(stageStartedAt), dueAt: iso(dueAt) }, now)
  return { share: left, light, text: showLeft(iso(dueAt), now, language) }
}

/** The stages after the one it stands at, as a resident calls them. */
const aheadOf = (core: Followed['core'], language: Language): string[] =>
  stages.slice(stages.indexOf(core.stage) + 1).map((stage) => wordsOf(language).stages[stage])

/** Once it is handled and checked, or over; who withdrew is answered nothing more. */
const isAnswered = (status: EventStatus) => ['closed', 'archived', 'rejected', 'verified', 'callback'].includes(status)

/** What happened: the step, by and to which office, until when, and how long after the step before. */
function stepsOf(f: Followed, language: Language): FollowView['steps'] {
  const steps = f.flow.filter((s) => shown.has(s.action))
  return steps.map((step, i) => {
    const before = steps[i - 1]
    const parts = [...stepPlaces(step, language), stepDate(step, language)].filter((part) => part !== '')
    return {
      text: word(actionWords, step.action, language),
      more: parts.join(' · '),
      office: step.office ?? '',
      at: showInstant(step.at.getTime()),
      took: before === undefined ? '' : showMs(step.at.getTime() - before.at.getTime(), language),
    }
  })
}

/** That it was taken, and who is told what comes of it: nothing of the matter that it became part of. */
const apartOf = (f: Followed, code: string, language: Language): FollowView => ({
  code,
  no: f.no,
  title: f.title,
  status: wordsOf(language).apart,
  ...overNow,
  paused: null,
  answer: null,
  isLinked: false,
  isReadOnly: false,
  steps: [],
  canRate: false,
  canCancel: false,
  appealTo: null,
  isRefusedForGood: false,
  canUrge: false,
  rated: null,
})

const overNow = { turn: '', due: null, left: null, ahead: [] } as const

const underWay = (ground: Ground, f: Followed, language: Language) => ({
  turn: turnOf(ground, f, language),
  due: f.core.dueAt === null ? null : showInstant(f.core.dueAt),
  left: leftOf(f.core, ground.clock.now(), language),
  ahead: aheadOf(f.core, language),
})

/** The event as its reporter may see it: whose turn, until when, what happened; offices, no people, no inside notes. */
export function viewOf(ground: Ground, f: Followed, code: string, language: Language): FollowView {
  if (f.isApart) return apartOf(f, code, language)
  const { core } = f
  const can = new Set(offersForFollower(f, ground.clock.now()))
  const status = f.withdrawnAt === null ? core.status : 'cancelled'
  const isOver = ['closed', 'archived', 'rejected', 'cancelled'].includes(status)
  return {
    code,
    no: f.no,
    title: f.title,
    status: wordsOf(language).standing[status] ?? '',
    ...(isOver ? overNow : underWay(ground, f, language)),
    paused: pauseOf(core, language),
    answer: isAnswered(status) ? core.answer : null,
    isLinked: f.isLinked,
    isReadOnly: f.isReadOnly,
    steps: stepsOf(f, language),
    canRate: can.has('rate'),
    canCancel: can.has('cancel') || can.has('withdraw'),
    appealTo: can.has('appeal') ? (placeTree(ground).get(appealDesk(core))?.name ?? '') : null,
    isRefusedForGood: status === 'rejected' && core.refusal?.isLast === true,
    canUrge: can.has('urge'),
    rated: ratingOf(f, language),
  }
}
