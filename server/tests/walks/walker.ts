/**
 * Walks an event through the loop by chance, over the public contract alone, beside a book of what must be (own-book.ts).
 * Somebody by chance takes an act by chance with an ask that fits, at a time that jumps; what is offered must be
 * accepted, what is accepted must be in the table, and what is seen must be what is booked.
 */
import { actions, type Action } from '@fengge/domain/events/acts'
import { fireAlarms } from '../../src/events/jobs.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openFollowed, sendForm } from '../following.ts'
import { county, idOf, office, type Loose, type Login, type World } from '../world.ts'
import { answersAbove, courseOf, helpsFor, servingBelow, type Course, type Way } from './courses.ts'
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
  'refuse-recode',
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
  recode: ({ chance, book, categories }) => {
    const others = categories.filter((c) => c.isAboutStaff !== book.category.isAboutStaff)
    const category = chance.of(others.length > 0 && chance.share() < 0.6 ? others : categories)
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
  'ask-co-handling': ({ chance }) => same({ departmentIds: [chance.of(allOffices)], note }),
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
  /** What of the rarer things came about. */
  readonly reached: readonly string[]
}

export interface Ground {
  readonly world: World
  readonly categories: readonly OwnCategory[]
}

/** One walk; who is led needs fewer tries. */
export async function walk(ground: Ground, seed: number): Promise<Walk> {
  const course = courseOf(seed)
  const tries = course.tries.length > 0 ? 18 : 24
  const walker = new Walker(ground, course, chanceOf(seed))
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
  private readonly course: Course
  private readonly chance: Chance
  /** By which a resident follows his report. */
  private followCode: string | null = null
  private readonly reached = new Set<string>()

  constructor({ world, categories }: Ground, course: Course, chance: Chance) {
    this.world = world
    this.categories = categories.filter(course.name === 'staff' ? () => true : (c) => !c.isAboutStaff)
    this.course = course
    this.chance = chance
  }

  result() {
    const { faults, accepted, refused, compared } = this
    return { faults, accepted, refused, compared, end: this.book.status, reached: [...this.reached] }
  }

  goesOn(): boolean {
    return this.faults.length === 0 && !['cancelled', 'archived'].includes(this.book.status)
  }

  async begin(): Promise<void> {
    const { world, chance } = this
    world.clock.pass(chance.below(3 * 24 * hour))
    await world.wake()
    const way = chance.of(this.course.ways)
    const category = chance.of(this.matters(way))
    this.id = await this.reportBy(way, category)
    if (chance.share() < 0.4) await this.beginOther(category)
    const seen = await world.see(this.eye(), this.id)
    const reporter = way === 'worker' || way === 'liaison' ? way : null
    this.book = new OwnBook(seen, { category, reporter, isPlaced: way !== 'hotline', now: world.clock.now() })
    this.say(`${way} reports ${category.code}`, seen)
    this.check(this.book.compare(seen))
  }

  /** What it may be about: of staff half of the time where it is; a resident reports no task. */
  private matters(way: Way): readonly OwnCategory[] {
    const fit = this.categories.filter((c) => this.course.isAbout(c) && (way !== 'resident' || !/^[89]/.test(c.code)))
    const isStaff = this.course.name === 'staff' && this.chance.share() < 0.5
    return isStaff ? this.categories.filter((c) => c.isAboutStaff) : fit
  }

  private async reportBy(way: Way, category: OwnCategory): Promise<string> {
    if (way === 'hotline') return this.call(category)
    if (way === 'resident') return this.reportAsResident(category)
    return this.report(way, category)
  }

  private async reportAsResident({ code }: OwnCategory): Promise<string> {
    const id = freshId()
    const values = { county, id, title: '来电反映', content: '请到现场看一看。', category: code, place: '三栋' }
    const sent = await sendForm(this.world, '/report', { ...values, grid: idOf('grid1'), read: 'yes' })
    this.followCode = /id="code">(\w{10})</.exec(sent.body)?.[1] ?? null
    if (this.followCode === null) throw new Error(`${sent.statusCode} ${sent.body}`)
    return id
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

  /** The clock jumps, or somebody tries something: what the course asks for, or anything. */
  async step(): Promise<void> {
    const isLed = this.course.tries.length > 0 && this.chance.share() < 0.7
    if (isLed && (await this.goOn())) return
    if (this.chance.share() < 0.2) return this.jump()
    const login = this.chance.of(people)
    const seen = await this.see(login)
    const can = (seen.can ?? []) as Action[]
    const isStray = can.length === 0 || this.chance.share() < 0.15
    if (can.length === 0 && this.chance.share() < 0.7) return
    // Acts that move nothing are many and would fill the walk.
    const moving = can.filter((a) => !idle.has(a))
    const offered = moving.length > 0 && this.chance.share() < 0.8 ? moving : can
    const action = this.chance.of(isStray ? actions : offered)
    await this.take(login, action, can, seen.version ?? this.book.version)
  }

  /** What somebody sees: of what may be about whoever serves there, nothing. */
  private async see(login: Login): Promise<Loose> {
    const seen = await this.world.see(login, this.id)
    const isHidden = this.book.category.isAboutStaff && servingBelow.has(login) && login !== this.book.reporter
    if (isHidden && seen.problem !== 'event.not-found') this.check([`${login} sees what may be about him`])
    return seen
  }

  /** One step on the course. @returns whether there was one */
  private async goOn(): Promise<boolean> {
    const falls = this.course.name === 'silence' ? this.book.fallsUp() : null
    if (falls !== null) {
      if (this.world.clock.now() >= falls) return this.tryFirst(answersAbove)
      await this.jump(30 + this.chance.below(120))
      return true
    }
    if (this.book.status === 'rejected' && this.followCode !== null) {
      await this.appeal()
      return true
    }
    return this.tryFirst(this.course.tries)
  }

  /** The first act, from one by chance on, that is offered. */
  private async tryFirst(tries: Course['tries']): Promise<boolean> {
    const from = this.chance.below(tries.length)
    const turned = [...tries.slice(from), ...tries.slice(0, from)].filter(([, action]) => this.book.mayStart(action))
    const seen = new Map<Login, Loose>()
    for (const [login, action] of turned) {
      if (!seen.has(login)) seen.set(login, await this.see(login))
      const { can = [], version } = seen.get(login)
      if (!can.includes(action)) continue
      await this.take(login, action, can, version)
      return true
    }
    return false
  }

  /** On his page, where he is offered it and nowhere else. */
  private async appeal(): Promise<void> {
    if (this.chance.share() < 0.3) await this.jump()
    const code = this.followCode!
    const at = this.world.clock.now()
    const isDue = this.book.mayAppeal(at)
    const isOffered = (await openFollowed(this.world, code)).includes('action="/follow/appeal')
    const { statusCode } = await sendForm(this.world, '/follow/appeal', { code, note })
    const seen = await this.world.see(this.eye(), this.id)
    this.say(`resident appeal ${statusCode}`, seen)
    this.check(isOffered === isDue ? [] : [`an appeal is offered: ${isOffered}, and should be: ${isDue}`])
    if (statusCode !== 200) {
      this.refused += 1
      this.check(isDue ? [`an appeal was refused by ${statusCode}`] : this.book.compare(seen))
      return
    }
    this.accepted += 1
    this.reached.add('appealed')
    this.check(this.book.take({ action: 'appeal', by: 'resident', isBelow: false, at, fields: {} }, seen))
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
    const at = this.world.clock.now()
    this.note(action, booked, at)
    const by = { action, by: login, isBelow: servingBelow.has(login), helpsFor: helpsFor[login] }
    this.check(this.book.take({ ...by, at, fields: booked }, seen))
    if (action === 'merge' || action === 'unlink') await this.checkMerge(action)
  }

  /** Notes what of the rarer things an accepted act is. */
  private note(action: Action, booked: Asked['booked'], now: number): void {
    const falls = this.book.fallsUp()
    const { category, refusal } = this.book
    const to = booked['category'] as OwnCategory | undefined
    if (answersAbove.some(([, answer]) => answer === action) && falls !== null && now >= falls)
      this.reached.add('answered after it fell up')
    if (to?.isAboutStaff && !category.isAboutStaff) this.reached.add('recoded to staff')
    if (action === 'agree-recode') this.reached.add('recoded from staff')
    if (action === 'finish-co-handling') this.reached.add('helped')
    if (action === 'refuse' && refusal !== null) this.reached.add('refused on appeal')
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
  private async jump(far = this.chance.of([0.2, 2, 9, 30, 100, 240])): Promise<void> {
    this.world.clock.pass(Math.floor(far * hour * (0.5 + this.chance.share())))
    await this.world.wake()
    for (let i = 0; i < 12 && (await fireAlarms(this.world.engine)) > 0; i++);
    const seen = await this.world.see(this.eye(), this.id)
    this.say('time passes', seen)
    this.check(this.book.passTime(this.world.clock.now(), seen))
    await this.checkFallen()
  }

  /** What a town was silent about lies before the county's chief, leader or desk from its moment on, and not before. */
  private async checkFallen(): Promise<void> {
    const from = this.book.fallsUp()
    if (from === null) return
    const lists = await Promise.all(
      (['countychief', 'leader', 'county'] as const).map((login) =>
        this.world.get(login, '/api/events', { queue: 'to-decide', size: 100 }),
      ),
    )
    const isThere = lists.some(({ body }) => body.events.some((e: Loose) => e.id === this.id))
    const isDue = this.world.clock.now() >= from
    if (isThere !== isDue) this.check([`${this.book.status}: fallen up is ${isThere}, and should be ${isDue}`])
    if (isDue) this.reached.add('fell up')
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
