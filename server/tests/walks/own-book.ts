/**
 * What an event must be after each act, kept beside the product: states, level, whose turn, who had a hand in it, and
 * every due date by the own calendar. Written from the table and the clocks of the paper (domain.md D1–D3, A9, seed
 * 000) and from the pages for officials (docs/rules/), not from the code.
 */
import { ownDue, ownLeft, ownResumed, type OwnLimit } from './own-calendar.ts'

export interface OwnCategory {
  readonly code: string
  readonly level: number
  readonly urgency: number
  readonly limits: Readonly<Record<string, OwnLimit>>
  /** It concerns those who serve a place. */
  readonly isAboutStaff: boolean
}

type Stage = 'accept' | 'dispatch' | 'handle' | 'check' | 'callback' | null

const stages: Readonly<Record<string, Stage>> = {
  reported: 'accept',
  verifying: 'accept',
  registered: 'dispatch',
  reopened: 'dispatch',
  dispatched: 'handle',
  'in-progress': 'handle',
  'return-requested': 'handle',
  ruling: 'handle',
  'extend-requested': 'handle',
  'suspend-requested': 'handle',
  suspended: 'handle',
  rework: 'handle',
  handled: 'check',
  verified: 'callback',
  callback: 'callback',
  'unreasonable-claimed': 'callback',
}
export const isOver = (status: string): boolean => stages[status] === undefined

const hours = (value: number): OwnLimit => ({ kind: 'natural-hour', value })
const workDays = (value: number): OwnLimit => ({ kind: 'work-day', value })
/** The page docs/rules/deadlines.md, “每一环节多长”: ordinary, urgent, most urgent. */
const usual: Readonly<Record<string, readonly OwnLimit[]>> = {
  accept: [workDays(1), hours(2), hours(0.5)],
  dispatch: [hours(24), hours(2), hours(1)],
  sign: [workDays(1), hours(2), hours(0.5)],
  handle: [workDays(7), hours(24), hours(2)],
  check: [workDays(1), hours(8), hours(4)],
  callback: [workDays(2), workDays(2), workDays(1)],
}

/** By these somebody has a hand in the handling. */
const handlingActs = new Set(['sign', 'finish', 'finish-co-handling', 'self-close'])

/** From which states an act may start and to which it may lead: the table of D2. */
const beforeHandled = ['reported', 'verifying', 'registered', 'dispatched', 'in-progress', 'reopened']
const recodedFrom = ['reported', 'verifying', 'registered', 'reopened']
/** The paper: after S3 to take a report back becomes a request. */
const askedBack = [
  'registered',
  'dispatched',
  'in-progress',
  'return-requested',
  'ruling',
  'extend-requested',
  'suspend-requested',
  'suspended',
]
/** States in which somebody asked for what another decides. */
const asking = ['return-requested', 'ruling', 'extend-requested', 'suspend-requested', 'unreasonable-claimed']
const table: Readonly<Record<string, readonly [from: readonly string[], to: readonly string[] | 'same']>> = {
  'ask-verify': [['reported'], ['verifying']],
  verify: [
    ['reported', 'verifying'],
    ['registered', 'reported'],
  ],
  register: [['reported'], ['registered']],
  recode: [recodedFrom, 'same'],
  'agree-recode': [recodedFrom, 'same'],
  'refuse-recode': [recodedFrom, 'same'],
  refuse: [['reported', 'verifying'], ['rejected']],
  appeal: [['rejected'], ['reported']],
  cancel: [['reported', 'verifying', 'registered'], ['cancelled']],
  'ask-cancel': [askedBack, 'same'],
  'agree-cancel': [askedBack, ['cancelled']],
  'refuse-cancel': [askedBack, 'same'],
  'self-close': [['registered'], ['closed', 'handled']],
  dispatch: [
    ['registered', 'reopened'],
    ['dispatched', 'in-progress'],
  ],
  'report-up': [['registered', 'reopened'], ['registered']],
  'assign-down': [['registered', 'reopened'], ['registered']],
  bypass: [['registered'], ['registered']],
  sign: [['dispatched'], ['in-progress']],
  return: [
    ['dispatched', 'in-progress'],
    ['return-requested', 'ruling'],
  ],
  'agree-return': [['return-requested'], ['registered']],
  'refuse-return': [['return-requested'], ['in-progress']],
  rule: [['ruling'], ['in-progress']],
  transfer: [['dispatched', 'in-progress', 'rework'], ['dispatched']],
  'ask-extension': [['in-progress', 'rework'], ['extend-requested']],
  'agree-extension': [['extend-requested'], ['in-progress']],
  'refuse-extension': [['extend-requested'], ['in-progress']],
  'ask-suspension': [['in-progress', 'rework'], ['suspend-requested']],
  'agree-suspension': [['suspend-requested'], ['suspended']],
  'refuse-suspension': [['suspend-requested'], ['in-progress']],
  resume: [['suspended'], ['in-progress']],
  'ask-co-handling': [['in-progress', 'rework'], 'same'],
  'finish-co-handling': [['in-progress', 'rework', 'extend-requested', 'suspend-requested'], 'same'],
  'decline-co-handling': [['in-progress', 'rework', 'extend-requested', 'suspend-requested'], 'same'],
  finish: [['in-progress', 'rework'], ['handled']],
  pass: [['handled'], ['verified', 'closed']],
  fail: [['handled'], ['rework', 'registered']],
  'check-unable': [['handled'], 'same'],
  'call-back': [
    ['verified', 'callback'],
    ['closed', 'callback', 'reopened', 'unreasonable-claimed'],
  ],
  'confirm-unreasonable': [['unreasonable-claimed'], ['closed', 'callback']],
  'refuse-unreasonable': [['unreasonable-claimed'], ['reopened']],
  rate: [
    ['verified', 'callback', 'closed'],
    ['closed', 'callback', 'reopened'],
  ],
  reopen: [['closed'], ['reopened']],
  merge: [beforeHandled, ['merged']],
  unlink: [['merged'], ['registered']],
}

export interface Seen {
  readonly status: string
  readonly level: number
  readonly dueAt: string | null
  readonly handleDueAt: string | null
  readonly departmentId: string | null
  readonly version: number
  readonly pausedMs: number
  readonly reworks: number
  readonly reopens: number
  readonly coHandlers: readonly { readonly departmentId: string; readonly isDone: boolean }[]
}

export interface Taken {
  readonly action: string
  /** The account that acted. */
  readonly by: string
  /** He serves the grid or the community, whom a matter about staff may be about. */
  readonly isBelow: boolean
  /** The department in whose name he helps. */
  readonly helpsFor?: string | undefined
  readonly at: number
  readonly fields: Readonly<Record<string, unknown>>
}

/** How a walk began. */
export interface Born {
  readonly category: OwnCategory
  readonly reporter: string | null
  /** A grid is known. */
  readonly isPlaced: boolean
  readonly now: number
}

/** One event, as the paper would have it. */
export class OwnBook {
  status: string
  stage: Stage
  stageFrom: number
  level: number
  /** Since when it is in its state. */
  statusFrom: number
  version = 1
  due: number | null = null
  handleDue: number | null = null
  /** The first date of its handling: a return gives no other, and what is over it is late. */
  total: number | null = null
  departmentId: string | null = null
  pausedMs = 0
  reworks = 0
  reopens = 0
  extensions = 0
  urgency: number
  category: OwnCategory
  /** Who had a hand in the handling. */
  readonly hands = new Set<string>()
  /** Who asked for what is not decided yet. */
  asker: { readonly what: string; readonly by: string } | null = null
  forceAsker: string | null = null
  cancelAsk: { readonly by: string; readonly at: number } | null = null
  /** Who asked that a matter be about nobody who serves, and as what. */
  recodeAsk: { readonly by: string; readonly category: OwnCategory } | null = null
  /** Departments that help, and whether each is done. */
  readonly helpers = new Map<string, boolean>()
  /** The last refusal to take it up. */
  refusal: { readonly by: string; readonly at: number; readonly isLast: boolean } | null = null
  isPlaced: boolean
  /** Whether anybody but its reporter did more with it than say a word. */
  isTakenUp = false
  /** Who saw it himself; null where it is a citizen's. */
  readonly reporter: string | null
  pendingUntil = 0
  stop: { until: number; left: number; since: number } | null = null
  /** Every door through which it was closed, with who had part in it. */
  readonly closings: { readonly action: string; readonly by: string; readonly first: string | null }[] = []

  constructor(seen: Seen, { category, reporter, isPlaced, now }: Born) {
    this.isPlaced = isPlaced
    this.reporter = reporter
    this.status = seen.status
    this.stage = stages[seen.status] ?? null
    this.stageFrom = now
    this.statusFrom = now
    this.category = category
    this.level = this.asked(category)
    this.urgency = category.urgency
    this.due = this.stage === null ? null : ownDue(now, this.limit(this.stage))
  }

  limit(milestone: string): OwnLimit {
    return this.category.limits[milestone] ?? usual[milestone]![this.urgency]!
  }

  /** Whether the table lets an act start here; overlays start anywhere that is open. */
  mayStart(action: string): boolean {
    const row = table[action]
    return row === undefined ? !isOver(this.status) : row[0].includes(this.status)
  }

  /** Books an accepted act. @returns what the paper forbids about it; empty where nothing. */
  take(taken: Taken, seen: Seen): string[] {
    const faults = [...this.refuse(taken), ...this.refuseTakenBack(taken), ...this.refuseBelow(taken)]
    const row = table[taken.action]
    const from = this.status
    if (row && !row[0].includes(from)) faults.push(`${taken.action} started in ${from}`)
    const to = seen.status
    if (row && row[1] !== 'same' && !row[1].includes(to)) faults.push(`${taken.action} led to ${to}`)
    if (row && row[1] === 'same' && to !== from) faults.push(`${taken.action} moved from ${from} to ${to}`)
    this.version += 1
    this.book(taken, to, seen)
    return [...faults, ...this.compare(seen)]
  }

  /** What two people must do is not done by one (I1, two steps). */
  private *refuse(taken: Taken): Generator<string> {
    const { action, by } = taken
    const judges = ['pass', 'fail', 'call-back', 'confirm-unreasonable']
    if (judges.includes(action) && this.hands.has(by)) yield `${by} judged by ${action} what he handled himself`
    const decides = /^(agree|refuse)-(return|extension|suspension)$/.exec(action)
    if (decides && this.asker?.by === by) yield `${by} asked for and decided the ${decides[2]}`
    if (action === 'confirm-force-close') {
      if (this.forceAsker === null) yield 'a forced close that nobody had asked for in this state'
      if (this.forceAsker === by) yield `${by} asked for and confirmed the forced close`
      if (this.category.code.startsWith('30') && this.level === 3) yield 'a hazard of the county was closed by force'
    }
    if (['confirm-unreasonable', 'refuse-unreasonable'].includes(action) && this.asker?.by === by)
      yield `${by} claimed and judged that it was unreasonable`
    yield* this.refuseAppealed(taken)
  }

  private *refuseAppealed({ action, by, at }: Taken): Generator<string> {
    if (action === 'refuse' && this.refusal?.by === by) yield `${by} refused again what was appealed against`
    if (action === 'appeal' && !this.mayAppeal(at)) yield 'appealed against what stays refused'
  }

  /** Each refusal is appealed against once, within ten days; on appeal the county's is the last (domain.md D2). */
  mayAppeal(now: number): boolean {
    return this.refusal !== null && !this.refusal.isLast && now - this.refusal.at <= 240 * 3_600_000
  }

  /** What is about staff goes past those below, and only the county says that it is about none; who helps is waited for. */
  private *refuseBelow({ action, by, isBelow, helpsFor, fields }: Taken): Generator<string> {
    const isStaff = this.category.isAboutStaff
    if (isStaff && isBelow && by !== this.reporter) yield `${by} took ${action} on what may be about him`
    if (isStaff && action === 'recode' && this.level < 3) yield `${by} said below the county that it is about nobody`
    if (action === 'agree-recode' && (this.recodeAsk === null || this.recodeAsk.by === by))
      yield `${by} alone said that it is about nobody who serves`
    if (isStaff && action === 'assign-down' && this.level === 2) yield 'what is about staff was sent to the community'
    yield* this.refuseHelp({ action, by, helpsFor, fields })
  }

  private *refuseHelp({ action, by, helpsFor, fields }: Pick<Taken, 'action' | 'by' | 'helpsFor' | 'fields'>) {
    const isWaited = [...this.helpers.values()].includes(false)
    if (action === 'finish' && isWaited) yield 'finished while a department was still helping'
    if (action === 'finish-co-handling' && this.helpers.get(helpsFor ?? '') !== false)
      yield `${by} finished a help that nobody had asked of him`
    const isKnown = (id: string) => id === this.departmentId || this.helpers.has(id)
    if (action === 'ask-co-handling' && helpersIn(fields).every(isKnown)) yield 'help was asked of nobody new'
  }

  /** A slip is taken back by its reporter alone, or by him and the desk; never a citizen's, nor a hazard of the county. */
  private *refuseTakenBack({ action, by }: Taken): Generator<string> {
    if (action !== 'cancel' && action !== 'agree-cancel') return
    if (this.reporter === null) yield `${action}: a citizen's matter was taken back by staff`
    if (this.category.code.startsWith('30') && this.level === 3)
      yield `${action}: a hazard of the county was taken back`
    if (action === 'cancel') {
      if (by !== this.reporter) yield `${by} took back what another reported`
      if (this.status === 'registered' && this.isTakenUp) yield 'taken back alone after a desk had taken it up'
      return
    }
    if (this.cancelAsk === null) yield 'a taking back that nobody had asked for'
    if (this.cancelAsk?.by === by) yield `${by} asked for and agreed to the taking back`
    if (this.hands.has(by)) yield `${by} let be taken back what he handled himself`
  }

  /** A request to take it back lasts until it is answered or the handling is over. */
  private bookTakenBack({ action, by, at }: Taken, to: string): void {
    if (by !== this.reporter && !['note', 'remark', 'urge'].includes(action)) this.isTakenUp = true
    if (action === 'ask-cancel') this.cancelAsk = { by, at }
    if (action === 'refuse-cancel' || !askedBack.includes(to)) this.cancelAsk = null
  }

  private book(taken: Taken, to: string, seen: Seen): void {
    const { action, by, fields } = taken
    const isOwnDispatch = action === 'dispatch' && to === 'in-progress'
    if (isOwnDispatch || handlingActs.has(action)) this.hands.add(by)
    this.bookAsker(action, by, to)
    this.bookTakenBack(taken, to)
    this.bookHelp(taken)
    if (to === 'closed' && this.status !== 'closed') this.closings.push({ action, by, first: this.forceAsker })
    this.bookForce(action, by, to)
    if (typeof fields['until'] === 'string') this.pendingUntil = Date.parse(fields['until'])
    const { level } = this
    this.bookLevel(taken)
    if (to !== this.status || level !== this.level || /^(agree|refuse)-recode$/.test(action)) this.recodeAsk = null
    this.bookClock(taken, to, seen)
    if (action === 'fail') this.reworks += 1
    if (to === 'reopened' && this.status !== 'reopened') {
      this.reopens += 1
      this.total = null
    }
    if (to !== this.status) this.statusFrom = taken.at
    this.status = to
  }

  private bookAsker(action: string, by: string, to: string): void {
    const isClaim = action === 'call-back' && to === 'unreasonable-claimed'
    if ((action.startsWith('ask-') && action !== 'ask-cancel') || action === 'return' || isClaim)
      this.asker = { what: action, by }
  }

  /** A request for a forced close dies with the state in which it was made. */
  private bookForce(action: string, by: string, to: string): void {
    if (to !== this.status || action === 'withdraw-force-close') this.forceAsker = null
    if (action === 'force-close') this.forceAsker = by
  }

  private bookLevel({ action, by, at, fields }: Taken): void {
    if (action === 'report-up') this.level += 1
    if (action === 'assign-down') this.level -= 1
    if (action === 'bypass') this.level = 3
    // A report that named no grid lay higher than its kind; once placed, and nobody had it yet, it goes where its kind belongs.
    if (action === 'place') {
      this.isPlaced = true
      if (this.stage === 'accept' && this.refusal === null) this.level = this.asked(this.category)
    }
    if (action === 'refuse') this.refusal = { by, at, isLast: this.level === 3 && this.refusal !== null }
    if (action === 'appeal') this.level = Math.min(3, this.level + 1)
    this.bookCategory(action, by, fields['category'] as OwnCategory | undefined)
  }

  /** Out of what is about staff somebody asks, and another agrees; a request lasts while it lies there as it lay. */
  private bookCategory(action: string, by: string, category: OwnCategory | undefined): void {
    if (action === 'agree-recode' && this.recodeAsk) this.bookRecode(this.recodeAsk.category)
    if (action !== 'recode' || category === undefined) return
    if (this.category.isAboutStaff && !category.isAboutStaff) this.recodeAsk = { by, category }
    else this.bookRecode(category)
  }

  /** The level of a kind: no community judges staff, and without a grid no community is known. */
  private asked({ level, isAboutStaff }: OwnCategory): number {
    return Math.max(level, isAboutStaff || !this.isPlaced ? 2 : 1)
  }

  /**
   * The matter is what it is called now: its urgency, its limits, counted from when the stage began; its level, unless
   * somebody had sent it higher than what it was called before.
   */
  private bookRecode(category: OwnCategory): void {
    const wasRaised = this.refusal !== null || this.level > this.asked(this.category)
    const asked = this.asked(category)
    this.level = wasRaised ? Math.max(this.level, asked) : asked
    if (category.code !== this.category.code) this.departmentId = null
    this.category = category
    this.urgency = category.urgency
    if (this.stage !== null && this.stage !== 'handle') this.due = ownDue(this.stageFrom, this.limit(this.stage))
  }

  /** Who was asked to help, and who has. */
  private bookHelp({ action, helpsFor, fields }: Taken): void {
    if (action === 'dispatch' || action === 'agree-return') this.helpers.clear()
    if (action === 'ask-co-handling')
      for (const id of helpersIn(fields))
        if (id !== this.departmentId) this.helpers.set(id, this.helpers.get(id) ?? false)
    if (action === 'finish-co-handling' && helpsFor !== undefined) this.helpers.set(helpsFor, true)
  }

  private bookClock({ action, at, fields }: Taken, to: string, seen: Seen): void {
    this.bookHandling({ action, at, fields }, seen)
    this.bookTotal(action)
    const stage = stages[to] ?? null
    const restarts =
      ['report-up', 'assign-down', 'bypass'].includes(action) || (to === 'reopened' && this.status !== to)
    if (stage !== this.stage || restarts) {
      this.stage = stage
      this.stageFrom = at
      this.due = stage === null || stage === 'handle' ? null : ownDue(at, this.limit(stage))
    }
    if (stage === 'handle') this.due = to === 'suspended' ? this.stop!.until : this.handleDue
  }

  /** The clock of handling: starts at dispatch, moves by extension, stop, ruling and rework alone (I2). */
  private bookHandling({ action, at, fields }: Pick<Taken, 'action' | 'at' | 'fields'>, seen: Seen): void {
    const limit = this.limit('handle')
    if (typeof fields['departmentId'] === 'string') this.departmentId = fields['departmentId']
    if (action === 'dispatch' || action === 'rule') {
      const whole = ownDue(at, limit)
      this.handleDue = this.reopens > 0 ? Math.min(whole, ownDue(at, workDays(3))) : whole
    }
    if (['agree-return', 'report-up', 'assign-down', 'bypass', 'unlink'].includes(action)) this.departmentId = null
    if (['agree-return', 'unlink'].includes(action)) this.handleDue = null
    if (action === 'agree-extension') {
      this.handleDue = this.pendingUntil
      this.extensions += 1
    }
    if (action === 'fail') this.handleDue = this.reworkDue(at, limit)
    if (action === 'agree-suspension')
      this.stop = { until: Math.max(this.pendingUntil, at), left: ownLeft(at, this.handleDue!, limit), since: at }
    if (this.stop && this.status === 'suspended' && seen.status !== 'suspended') this.resume(at, limit)
  }

  /** The first date of handling moves by an extension and by rework, never by a return. */
  private bookTotal(action: string): void {
    if (action === 'dispatch') this.total ??= this.handleDue
    if (action === 'agree-extension') this.total = Math.max(this.total ?? 0, this.pendingUntil)
    if (action === 'fail') this.total = this.departmentId === null ? null : Math.max(this.total ?? 0, this.handleDue!)
  }

  /**
   * From when on what somebody asked for must lie before the county too, since the town was silent (D1, D2); null where
   * it does not.
   */
  fallsUp(): number | null {
    // What else was asked may have brought it there before.
    if (this.forceAsker !== null || this.level !== 2) return null
    const decision = ownDue(this.statusFrom, this.status === 'ruling' ? workDays(1) : hours(24))
    const falls = [
      ...(asking.includes(this.status) ? [decision] : []),
      ...(this.cancelAsk === null ? [] : [ownDue(this.cancelAsk.at, hours(24))]),
    ]
    return falls.length === 0 ? null : Math.min(...falls)
  }

  /** What the clock does alone: not signing counts as signed, a stop ends, what is long closed is archived. */
  passTime(now: number, seen: Seen): string[] {
    const faults: string[] = []
    if (this.status === 'dispatched' && seen.status === 'in-progress') this.follow('in-progress', seen)
    else if (this.status === 'suspended' && seen.status !== 'suspended') {
      if (now < this.stop!.until) faults.push('a stop ended before its date')
      this.resume(this.stop!.until, this.limit('handle'))
      this.follow('in-progress', seen)
    } else if (this.status === 'closed' && seen.status === 'archived') this.follow('archived', seen)
    else if (this.status === 'suspended' && now >= this.stop!.until) faults.push('a stop did not end')
    // Five days late without a card asks for supervision: an act of the clock that moves no state.
    else this.version = Math.max(this.version, Math.min(seen.version, this.version + 1))
    return [...faults, ...this.compare(seen)]
  }

  private follow(status: string, seen: Seen): void {
    this.status = status
    this.stage = stages[status] ?? null
    this.due = this.stage === 'handle' ? this.handleDue : null
    this.version = Math.max(this.version + 1, Math.min(seen.version, this.version + 2))
  }

  private reworkDue(at: number, limit: OwnLimit): number {
    return Math.max(ownDue(at, { ...limit, value: limit.value / 2 }), ownDue(at, workDays(1)))
  }

  /** A stop gives back exactly what was left, lateness included. */
  private resume(at: number, limit: OwnLimit): void {
    const stop = this.stop!
    const before = this.handleDue
    this.handleDue = ownResumed(at, stop.left, limit)
    if (this.total !== null) this.total += this.handleDue - (before ?? this.handleDue)
    this.pausedMs += at - stop.since
    this.stop = null
  }

  /** Of its dates the earliest: the first of its handling counts until it is handled, but for a stop. */
  private showDue(): string | null {
    if (this.due === null) return null
    const isBound = (this.stage === 'dispatch' || this.stage === 'handle') && this.status !== 'suspended'
    return new Date(Math.min(this.due, isBound ? (this.total ?? Infinity) : Infinity)).toISOString()
  }

  /** What is seen against what is booked. */
  compare(seen: Seen): string[] {
    const own = {
      status: this.status,
      level: this.level,
      version: this.version,
      dueAt: this.showDue(),
      departmentId: this.departmentId,
      pausedMs: this.pausedMs,
      reworks: this.reworks,
      reopens: this.reopens,
      coHandlers: shown([...this.helpers].map(([departmentId, isDone]) => ({ departmentId, isDone }))),
    }
    return Object.entries(own).flatMap(([key, value]) => {
      const is = shown(seen[key as keyof Seen], key === 'dueAt')
      return is === value ? [] : [`${key} is ${String(is)}, and should be ${String(value)}`]
    })
  }
}

const helpersIn = ({ departmentIds }: Taken['fields']): readonly string[] =>
  Array.isArray(departmentIds) ? departmentIds.map(String) : []

/** What is seen, so that it can be compared. */
function shown(value: Seen[keyof Seen], isInstant = false): string | number | null {
  if (value === null || typeof value === 'number') return value
  if (typeof value === 'string') return isInstant ? new Date(value).toISOString() : value
  const helpers = value.map(({ departmentId, isDone }) => `${departmentId} ${isDone ? 'done' : 'helps'}`)
  return helpers.toSorted((a, b) => a.localeCompare(b)).join(', ')
}
