/**
 * Turns what was done in a week into sentences a leader can read (requirements.md V2). Counts of one's own work, no
 * targets and no ranks; what was not done makes no sentence. Left out: what the worker adds in words of his own.
 */
import { dayLength, weekdayOf, type Day } from '../kernel/time.ts'
import type { WeekLine } from './terms.ts'

export interface Doings {
  readonly visits: readonly {
    readonly formName: string
    readonly formNameEn: string
    readonly met: number
    readonly missed: number
    readonly ids: readonly string[]
  }[]
  readonly reported: readonly {
    readonly category: string
    readonly categoryEn: string
    readonly count: number
    readonly ids: readonly string[]
  }[]
  readonly checked: { readonly passed: number; readonly sentBack: number; readonly ids: readonly string[] }
  readonly confirmed: { readonly houses: number; readonly people: number }
  readonly hazards: { readonly found: number; readonly cleared: number; readonly open: number }
  readonly services: { readonly taken: number; readonly told: number }
  readonly meetings: number
}

/** The sentences of a week, each with its count and what it counts. */
export function writeWeek(doings: Doings): WeekLine[] {
  const lines = [
    ...doings.visits.map(ofVisits),
    ofReports(doings.reported),
    ofChecks(doings.checked),
    ofConfirmed(doings.confirmed),
    ofHazards(doings.hazards),
    ofServices(doings.services),
    say('meetings', doings.meetings, [`参加例会 ${doings.meetings} 次。`, `Attended ${doings.meetings} meetings.`]),
  ]
  return lines.filter((line) => line.count > 0)
}

type Both = readonly [text: string, textEn: string]

const say = (key: string, count: number, [text, textEn]: Both, ids: readonly string[] = []): WeekLine => ({
  key,
  text,
  textEn,
  count,
  ids: [...ids],
})

/** A clause that only stands where there is something to say. */
const aside = (count: number, clause: Both): Both => (count > 0 ? clause : ['', ''])

function ofVisits(v: Doings['visits'][number]): WeekLine {
  const key = `visit.${v.formName}`
  if (v.met === 0)
    return say(
      key,
      v.missed,
      [
        `${v.formName}上门 ${v.missed} 次，都未遇到人。`,
        `${v.formNameEn}: nobody met in ${v.missed} ${v.missed === 1 ? 'call' : 'calls'}.`,
      ],
      v.ids,
    )
  const missed = aside(v.missed, [
    `，另有 ${v.missed} 次未遇到人`,
    v.missed === 1 ? '; nobody met once' : `; nobody met ${v.missed} times`,
  ])
  return say(
    key,
    v.met + v.missed,
    [`${v.formName} ${v.met} 次${missed[0]}。`, `${v.formNameEn}: ${v.met}${missed[1]}.`],
    v.ids,
  )
}

function ofReports(reported: Doings['reported']): WeekLine {
  const count = reported.reduce((n, r) => n + r.count, 0)
  const list = reported.map((r) => `${r.category} ${r.count} 件`).join('、')
  const listEn = reported.map((r) => `${r.categoryEn} ${r.count}`).join(', ')
  return say(
    'reported',
    count,
    [`上报事件 ${count} 件：${list}。`, `Reported ${count}: ${listEn}.`],
    reported.flatMap((r) => r.ids),
  )
}

function ofChecks({ passed, sentBack, ids }: Doings['checked']): WeekLine {
  const count = passed + sentBack
  const back = aside(sentBack, [`，退回返工 ${sentBack} 件`, `, ${sentBack} sent back`])
  return say(
    'checked',
    count,
    [`核查办结事件 ${count} 件，通过 ${passed} 件${back[0]}。`, `Checked ${count}: ${passed} passed${back[1]}.`],
    ids,
  )
}

function ofConfirmed({ houses, people }: Doings['confirmed']): WeekLine {
  return say('confirmed', houses + people, [
    `核实房屋 ${houses} 套、人员 ${people} 人的信息。`,
    `Verified ${houses} houses and ${people} people.`,
  ])
}

function ofHazards({ found, cleared, open }: Doings['hazards']): WeekLine {
  const still = aside(open, [`，尚有 ${open} 处在整改`, `, ${open} still open`])
  return say('hazards', found + cleared, [
    `发现隐患 ${found} 处，复查销号 ${cleared} 处${still[0]}。`,
    `Hazards: ${found} found, ${cleared} cleared${still[1]}.`,
  ])
}

function ofServices({ taken, told }: Doings['services']): WeekLine {
  return say('services', taken + told, [
    `受理代办 ${taken} 件，办结并告知居民 ${told} 件。`,
    `Services by proxy: ${taken} taken, ${told} answered and told.`,
  ])
}

/** What was told in confidence: how often, for whoever did it alone; of what kind stands nowhere. */
export function ofConfidence({ reported, checked }: { readonly reported: number; readonly checked: number }): WeekLine {
  const clauses = [
    ...(reported > 0 ? [[`上报事件 ${reported} 件`, `Reported ${reported}`]] : []),
    ...(checked > 0 ? [[`核查办结事件 ${checked} 件`, `Checked ${checked}`]] : []),
  ]
  const text = `${clauses.map(([zh]) => zh).join('，')}（保密）。`
  return say('confidential', reported + checked, [text, `${clauses.map(([, en]) => en).join(', ')} (in confidence).`])
}

/** Monday of the week of a day, and its Sunday. */
export function weekOf(day: Day): { from: Day; to: Day } {
  const back = (weekdayOf(day) + 6) % 7
  const show = (n: number) => new Date(Date.parse(`${day}T00:00:00Z`) + n * dayLength).toISOString().slice(0, 10)
  return { from: show(-back), to: show(6 - back) }
}
