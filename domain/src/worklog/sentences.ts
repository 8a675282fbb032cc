/** Turns what was done in a week into sentences a leader can read. Counts of one's own work, no targets and no ranks. Source: requirements.md V2. */
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
export interface Line {
  readonly key: string
  readonly text: string
  readonly textEn: string
  readonly count: number
  readonly ids: readonly string[]
}

export function writeWeek(d: Doings): Line[] {
  const lines: Line[] = []
  const say = (key: string, count: number, text: string, textEn: string, ids: readonly string[] = []) => {
    if (count > 0) lines.push({ key, text, textEn, count, ids })
  }
  for (const v of d.visits) {
    const missed = v.missed > 0 ? [`，另有 ${v.missed} 次未遇到人`, `; nobody met ${v.missed} times`] : ['', '']
    if (v.met === 0)
      say(
        `visit.${v.formName}`,
        v.missed,
        `${v.formName}上门 ${v.missed} 次，都未遇到人。`,
        `${v.formNameEn}: nobody met in ${v.missed} calls.`,
        v.ids,
      )
    else
      say(
        `visit.${v.formName}`,
        v.met + v.missed,
        `${v.formName} ${v.met} 次${missed[0]}。`,
        `${v.formNameEn}: ${v.met}${missed[1]}.`,
        v.ids,
      )
  }
  const reports = d.reported.reduce((n, r) => n + r.count, 0)
  say(
    'reported',
    reports,
    `上报事件 ${reports} 件：${d.reported.map((r) => `${r.category} ${r.count} 件`).join('、')}。`,
    `Reported ${reports}: ${d.reported.map((r) => `${r.categoryEn} ${r.count}`).join(', ')}.`,
    d.reported.flatMap((r) => r.ids),
  )
  const { passed, sentBack } = d.checked
  say(
    'checked',
    passed + sentBack,
    `核查办结事件 ${passed + sentBack} 件，通过 ${passed} 件${sentBack > 0 ? `，退回返工 ${sentBack} 件` : ''}。`,
    `Checked ${passed + sentBack}: ${passed} passed${sentBack > 0 ? `, ${sentBack} sent back` : ''}.`,
    d.checked.ids,
  )
  say(
    'confirmed',
    d.confirmed.houses + d.confirmed.people,
    `核实房屋 ${d.confirmed.houses} 套、人员 ${d.confirmed.people} 人的信息。`,
    `Verified ${d.confirmed.houses} houses and ${d.confirmed.people} people.`,
  )
  say(
    'hazards',
    d.hazards.found + d.hazards.cleared,
    `发现隐患 ${d.hazards.found} 处，复查销号 ${d.hazards.cleared} 处${d.hazards.open > 0 ? `，尚有 ${d.hazards.open} 处在整改` : ''}。`,
    `Hazards: ${d.hazards.found} found, ${d.hazards.cleared} cleared${d.hazards.open > 0 ? `, ${d.hazards.open} still open` : ''}.`,
  )
  say(
    'services',
    d.services.taken + d.services.told,
    `受理代办 ${d.services.taken} 件，办结并告知居民 ${d.services.told} 件。`,
    `Services by proxy: ${d.services.taken} taken, ${d.services.told} answered and told.`,
  )
  say('meetings', d.meetings, `参加例会 ${d.meetings} 次。`, `Attended ${d.meetings} meetings.`)
  return lines
}

/** Monday of the week of a day, and its Sunday. */
export function weekOf(day: string): { from: string; to: string } {
  const at = Date.parse(`${day}T00:00:00Z`)
  const back = (new Date(at).getUTCDay() + 6) % 7
  const show = (n: number) => new Date(at + n * 86_400_000).toISOString().slice(0, 10)
  return { from: show(-back), to: show(6 - back) }
}
