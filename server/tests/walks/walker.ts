/**
 * Walks an event through the loop by chance, over the public contract alone, beside a book of what must be (own-book.ts).
 * Somebody by chance takes an act by chance with an ask that fits, at a time that jumps; what is offered must be
 * accepted, what is accepted must be in the table, and what is seen must be what is booked.
 */
import { actions, type Action } from '@fengge/domain/events/acts'
import { fireAlarms } from '../../src/events/jobs.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { idOf, office, type Loose, type Login, type World } from '../world.ts'
import { isOver, OwnBook, type OwnCategory } from './own-book.ts'
import { ownDue } from './own-calendar.ts'

/** Chance by a seed: mulberry32. */
export function chanceOf(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    share: next,
    below: (n: number) => Math.floor(next() * n),
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
}
type Chance = ReturnType<typeof chanceOf>

const people: readonly Login[] = [
  'worker',
  'worker2',
  'liaison',
  'leader1',
  'village',
  'chief',
  'othervillage',
  'town',
  'townchief',
  'townleader',
  'othertown',
  'works',
  'urban',
  'county',
  'countychief',
  'leader',
  'supervisor',
  'bureau',
  'hotline',
]
const officesAt: Readonly<Record<number, readonly string[]>> = {
  1: [office('village-office')],
  2: [office('town-works'), office('town-urban')],
  3: [office('county-police')],
}
const allOffices = Object.values(officesAt).flat()
/** Acts that move nothing: somebody must be able to do more. */
const idle = new Set([
  'note',
  'urge',
  'supervise',
  'lift-supervision',
  'force-close',
  'withdraw-force-close',
  'remark',
  'ask-cancel',
])
const hour = 3_600_000

const note = '按规定办理，理由如上'
const iso = (at: number) => new Date(at).toISOString()

interface Asked {
  readonly fields: Record<string, unknown>
  readonly booked: Record<string, unknown>
}
/** Out of which an ask is made. */
interface Site {
  readonly chance: Chance
  readonly book: OwnBook
  readonly now: number
  readonly categories: readonly OwnCategory[]
  readonly offices: readonly string[]
  readonly otherId: string
}
const same = (fields: Record<string, unknown>): Asked => ({ fields, booked: fields })
const unbooked = (fields: Record<string, unknown>): Asked => ({ fields, booked: {} })

/** An ask that fits for each act; where none is named, a note is all that is asked. */
const asks: { readonly [A in Action]?: (site: Site) => Asked } = {
  verify: ({ chance }) => same({ finding: chance.of(['exists', 'exists', 'absent', 'unable']), note }),
  recode: ({ chance, categories }) => {
    const category = chance.of(categories)
    return { fields: { categoryCode: category.code, note }, booked: { category } }
  },
  refuse: ({ chance }) =>
    same({ reason: chance.of(['untrue', 'not-ours', 'too-vague']), note, answer: '经核实，不属于受理范围。' }),
  'self-close': () => same({ result: '已当场处理' }),
  'finish-co-handling': () => same({ result: '已当场处理' }),
  finish: () => same({ result: '已处理', answer: '已处理好，谢谢您反映。' }),
  dispatch: ({ chance, offices }) => same({ departmentId: chance.of(offices) }),
  rule: ({ chance, offices }) => same({ departmentId: chance.of(offices), note }),
  transfer: ({ chance, offices }) => same({ departmentId: chance.of(offices), note }),
  return: ({ chance }) => unbooked({ note, suggestedDepartmentId: chance.of(allOffices) }),
  'ask-extension': ({ chance, book, now }) => {
    const due = book.handleDue ?? now
    const latest = ownDue(due, book.limit('handle'))
    return same({ until: iso(due + Math.ceil((latest - due) * (0.1 + 0.9 * chance.share()))), note, plan: note })
  },
  'ask-suspension': ({ chance, now }) =>
    same({ reason: chance.of(['works', 'season']), until: iso(now + hour * (2 + chance.below(200))), note }),
  'ask-co-handling': ({ chance }) => unbooked({ departmentIds: [chance.of(allOffices)], note }),
  fail: ({ chance }) => same({ reason: chance.of(['not-done', 'partly-done']), note }),
  'call-back': ({ chance }) => {
    const outcome = chance.of(['satisfied', 'unsatisfied', 'unreached', 'unreasonable'])
    const score = { satisfied: 5, unsatisfied: 2, unreached: null, unreasonable: 1 }[outcome] ?? null
    return unbooked({ outcome, score, isSolved: outcome === 'unreached' ? null : outcome === 'satisfied', note })
  },
  place: ({ chance }) => unbooked({ gridId: chance.of([idOf('grid1'), idOf('grid2')]), note }),
  supervise: ({ chance }) => same({ grade: 1 + chance.below(3), note }),
  merge: ({ otherId }) => unbooked({ intoEventId: otherId, note }),
  split: () => same({}),
  rate: () => same({}),
  archive: () => same({}),
  sign: () => same({}),
}

export interface Walk {
  readonly seed: number
  /** What was wrong, with what led to it. */
  readonly faults: readonly string[]
  readonly accepted: number
  readonly refused: number
  readonly compared: number
  readonly end: string
}

export interface Ground {
  readonly world: World
  readonly categories: readonly OwnCategory[]
}

/** One walk of so many tries. */
export async function walk(ground: Ground, seed: number, tries = 24): Promise<Walk> {
  const walker = new Walker(ground, chanceOf(seed))
  await walker.begin()
  for (let i = 0; i < tries && walker.goesOn(); i++) await walker.step()
  await walker.endWithSomebody()
  return { seed, ...walker.result() }
}

class Walker {
  private id = ''
  private book!: OwnBook
  /** Another report of the same kind, into which it may be merged; closed already in some walks. */
  private other: { readonly id: string; readonly isOpen: boolean; readonly reporters: number } | null = null
  private readonly faults: string[] = []
  private readonly said: string[] = []
  private accepted = 0
  private refused = 0
  private compared = 0
  private readonly world: World
  private readonly categories: readonly OwnCategory[]
  private readonly chance: Chance

  constructor({ world, categories }: Ground, chance: Chance) {
    this.world = world
    this.categories = categories
    this.chance = chance
  }

  result() {
    const { faults, accepted, refused, compared } = this
    return { faults, accepted, refused, compared, end: this.book.status }
  }

  goesOn(): boolean {
    return this.faults.length === 0 && !['cancelled', 'archived'].includes(this.book.status)
  }

  async begin(): Promise<void> {
    const { world, chance } = this
    world.clock.pass(chance.below(3 * 24 * hour))
    await world.wake()
    const category = chance.of(this.categories)
    const way = chance.of(['worker', 'worker', 'liaison', 'hotline'] as const)
    this.id = way === 'hotline' ? await this.call(category) : await this.report(way, category)
    if (chance.share() < 0.4) await this.beginOther(category)
    const seen = await world.see(this.eye(), this.id)
    const reporter = way === 'hotline' ? null : way
    this.book = new OwnBook(seen, { category, reporter, now: world.clock.now() })
    this.say(`${way} reports ${category.code}`, seen)
    this.check(this.book.compare(seen))
  }

  /** Somebody who sees every event of the county. */
  private eye(): Login {
    return 'countychief'
  }

  private async report(login: Login, category: OwnCategory): Promise<string> {
    const source = login === 'liaison' ? 'liaison' : 'grid-worker'
    return this.world.report(login, {
      id: freshId(this.world.clock.now()),
      categoryCode: category.code,
      title: '需要处理的事',
      content: '请到现场看一看。',
      source,
    })
  }

  private async beginOther(category: OwnCategory): Promise<void> {
    const id = await this.report('worker', category)
    if (this.chance.share() < 0.4) await this.world.act('worker', id, 'self-close', { result: '已当场处理' })
    const { status, reporters } = await this.world.see(this.eye(), id)
    this.other = { id, isOpen: !isOver(status), reporters }
  }

  /** A merge goes into an open event alone, and takes its reporter along; taken apart, each has its own again. */
  private async checkMerge(action: Action): Promise<void> {
    if (this.other === null) return this.check(['merged into what is not there'])
    const { reporters } = await this.world.see(this.eye(), this.other.id)
    const expected = this.other.reporters + (action === 'merge' ? 1 : 0)
    if (!this.other.isOpen) this.check(['merged into an event that was closed'])
    if (reporters !== expected) this.check([`${action}: ${reporters} reporters there, and should be ${expected}`])
  }

  private async call(category: OwnCategory): Promise<string> {
    const answer = await this.world.post('hotline', '/api/hotline/tickets', {
      ticketNo: `W-${freshId().slice(0, 18)}`,
      title: '来电反映',
      content: '请到现场看一看。',
      categoryCode: category.code,
      areaCode: '320206001000',
      callerName: '王小芳',
      callerPhone: '13800001234',
    })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body.id as string
  }

  /** The clock jumps, or somebody tries something. */
  async step(): Promise<void> {
    if (this.chance.share() < 0.2) return this.jump()
    const login = this.chance.of(people)
    const seen = await this.world.see(login, this.id)
    const can = (seen.can ?? []) as Action[]
    const isStray = can.length === 0 || this.chance.share() < 0.15
    if (can.length === 0 && this.chance.share() < 0.7) return
    // Acts that move nothing are many and would fill the walk.
    const moving = can.filter((a) => !idle.has(a))
    const offered = moving.length > 0 && this.chance.share() < 0.8 ? moving : can
    const action = this.chance.of(isStray ? actions : offered)
    await this.take(login, action, can, seen.version ?? this.book.version)
  }

  private async take(login: Login, action: Action, can: readonly Action[], version: number): Promise<void> {
    const isStale = this.chance.share() < 0.05
    const { fields, booked } = this.fieldsFor(action)
    const ask = { requestId: freshId(), eventId: this.id, version: isStale ? version - 1 : version, ...fields }
    const answer = await this.world.post(login, `/api/events/act/${action}`, ask)
    const what = `${login} ${action} ${answer.status} ${String(answer.body.problem ?? '')}`
    const seen = await this.world.see(this.eye(), this.id)
    this.say(what, seen)
    if (answer.status >= 500) this.check([`${what}: broke`])
    if (answer.status !== 200) return this.refuse({ what, isOffered: !isStale && can.includes(action) }, answer, seen)
    this.accepted += 1
    if (isStale) this.check([`${what}: accepted with an old version`])
    this.check(can.includes(action) ? [] : [`${what}: accepted and not offered`])
    this.check(this.book.take({ action, by: login, at: this.world.clock.now(), fields: booked }, seen))
    if (action === 'merge' || action === 'unlink') await this.checkMerge(action)
  }

  private refuse(tried: { what: string; isOffered: boolean }, answer: Loose, seen: Loose): void {
    this.refused += 1
    this.check(this.book.compare(seen))
    // What an ask brings besides (a photo, an answer, a target) is no fault of the offer.
    if (tried.isOffered && ['event.out-of-turn', 'not-allowed'].includes(answer.body.problem))
      this.check([`${tried.what}: offered and refused`])
  }

  /** An ask that fits, and what of it goes into the book. */
  private fieldsFor(action: Action): Asked {
    const make = asks[action]
    if (make === undefined) return { fields: { note }, booked: {} }
    return make({
      chance: this.chance,
      book: this.book,
      now: this.world.clock.now(),
      categories: this.categories,
      offices: this.chance.share() < 0.85 ? officesAt[this.book.level]! : allOffices,
      otherId: this.other?.id ?? freshId(),
    })
  }

  /** Time passes: minutes, hours or days; what the clock does by itself is booked by the own clock. */
  private async jump(): Promise<void> {
    const far = this.chance.of([0.2, 2, 9, 30, 100, 240])
    this.world.clock.pass(Math.floor(far * hour * (0.5 + this.chance.share())))
    await this.world.wake()
    for (let i = 0; i < 12 && (await fireAlarms(this.world.engine)) > 0; i++);
    const seen = await this.world.see(this.eye(), this.id)
    this.say('time passes', seen)
    this.check(this.book.passTime(this.world.clock.now(), seen))
    await this.checkFallen()
  }

  /** What a town was silent about lies before the county's chief or leader from its moment on, and not before. */
  private async checkFallen(): Promise<void> {
    const from = this.book.fallsUp()
    if (from === null) return
    const lists = await Promise.all(
      (['countychief', 'leader'] as const).map((login) =>
        this.world.get(login, '/api/events', { queue: 'to-decide', size: 100 }),
      ),
    )
    const isThere = lists.some(({ body }) => body.events.some((e: Loose) => e.id === this.id))
    const isDue = this.world.clock.now() >= from
    if (isThere !== isDue) this.check([`${this.book.status}: fallen up is ${isThere}, and should be ${isDue}`])
  }

  private say(what: string, seen: Loose): void {
    const now = new Date(this.world.clock.now() + 8 * hour).toISOString().slice(0, 16)
    this.said.push(`${now} ${what} → ${String(seen.status)} v${String(seen.version)} due ${String(seen.dueAt)}`)
  }

  private check(faults: readonly string[]): void {
    this.compared += 8
    if (faults.length > 0) this.faults.push(`${faults.join('; ')}\n    ${this.said.join('\n    ')}`)
  }

  /** Whatever is open waits for somebody who can do something about it. */
  async endWithSomebody(): Promise<void> {
    if (this.faults.length > 0 || isOver(this.book.status)) return
    await this.world.wake()
    for (const login of people) {
      const { can = [] } = await this.world.see(login, this.id)
      if ((can as string[]).some((a) => !idle.has(a))) return
    }
    this.check([`${this.book.status}: nobody can go on`])
  }
}
