/** Two phones that run the very outbox of the app, on a line and disks that fail by dice. */
import type { SentAct } from '@fengge/domain/sync/contract/acts'
import type { Fate } from '@fengge/domain/sync/terms'
import { Outbox, type ActStore, type KeptAct } from '@fengge/web/offline/outbox.ts'
import { rowsOf, sql } from '../src/kernel/db/sql.ts'
import type { Deed, Random } from './faults-day.ts'
import type { FaultCounts } from './faults.ts'
import type { World } from './world.ts'

type Phone = 0 | 1
interface Answer {
  readonly fates: Fate[]
  readonly now: number
}

/** A disk that may be pulled from under the window: what is written stays, what was about to be is not there. */
class Disk implements ActStore {
  rows = new Map<string, KeptAct>()
  diesAfter = Infinity
  all = async () => [...this.rows.values()]
  async put(kept: KeptAct): Promise<void> {
    this.die()
    this.rows.set(kept.act.requestId, structuredClone(kept))
  }
  async drop(kept: KeptAct): Promise<void> {
    this.die()
    this.rows.delete(kept.act.requestId)
  }
  photo = async () => undefined
  private die(): void {
    if (this.diesAfter-- <= 0) throw new Error('killed')
  }
}

export async function post(world: World, acts: readonly SentAct[]): Promise<Answer> {
  const answer = await world.post('worker', '/api/sync/push', { device: '', acts })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body as Answer
}

/** A line that breaks before or after, sends twice, keeps copies for later, and has the database killed under it. */
class Line {
  readonly late: SentAct[][] = []
  isCalm = false
  killing: Promise<void> | undefined
  private readonly world: World
  private readonly random: Random
  private readonly counts: FaultCounts
  constructor(world: World, random: Random, counts: FaultCounts) {
    this.world = world
    this.random = random
    this.counts = counts
  }
  push = async (acts: readonly SentAct[]): Promise<Answer> => {
    if (this.isCalm) return post(this.world, acts)
    const roll = this.random()
    if (roll < 0.15) {
      this.counts.cutBefore++
      throw new Error('cut')
    }
    if (roll < 0.2) {
      this.counts.connectionsKilled++
      this.killing = kill(this.world)
    }
    return this.after(roll, acts, await post(this.world, acts))
  }
  private async after(roll: number, acts: readonly SentAct[], answer: Answer): Promise<Answer> {
    if (roll < 0.35) {
      this.counts.cutAfter++
      throw new Error('cut')
    }
    if (roll < 0.45) {
      this.counts.repeats++
      return post(this.world, acts)
    }
    if (roll < 0.55) {
      this.counts.lateCopies++
      this.late.push([...acts])
    }
    return answer
  }
  /** Some copy of long ago arrives only now. */
  async arriveLate(): Promise<void> {
    const [copy] = this.late.splice(Math.floor(this.random() * this.late.length), 1)
    if (copy) await post(this.world, copy)
  }
}

/** The two phones of one worker. */
class Phones {
  private readonly disks = [new Disk(), new Disk()]
  private readonly boxes: Outbox[] = []
  private readonly skews: readonly number[]
  private readonly open: (phone: Phone) => Promise<Outbox>
  private readonly counts: FaultCounts
  constructor(world: World, line: Line, random: Random, counts: FaultCounts) {
    this.counts = counts
    // A phone whose clock is wrong by a day either way makes acts all the same.
    this.skews = [0, 1].map(() => Math.round(random() * 2 - 1) * 86_400_000)
    this.open = async (phone) => {
      const box = new Outbox({
        store: this.disks[phone]!,
        line,
        now: () => world.clock.now() + this.skews[phone]!,
        makeId: () => '',
      })
      await box.load()
      return box
    }
  }
  async start(): Promise<void> {
    for (const phone of [0, 1] as const) this.boxes[phone] = await this.open(phone)
  }
  box(phone: Phone): Outbox {
    return this.boxes[phone]!
  }
  async reopen(phone: Phone): Promise<void> {
    this.counts.windowsKilled++
    this.disks[phone]!.diesAfter = Infinity
    this.boxes[phone] = await this.open(phone)
  }
  /** The screen acknowledges only what is on the disk: if the window dies before, the worker does it again. */
  async keep(deed: Deed, random: Random): Promise<void> {
    for (let isKept = false; !isKept;) {
      if (random() < 0.08) this.disks[deed.phone]!.diesAfter = Math.floor(random() * 2)
      isKept = await this.box(deed.phone)
        .add(deed)
        .then(
          () => true,
          () => false,
        )
      if (isKept) return
      await this.reopen(deed.phone)
      isKept = this.box(deed.phone).find(deed.requestId) !== undefined
    }
  }
  send(phone: Phone): Promise<void> {
    return this.box(phone)
      .flush()
      .then(
        () => undefined,
        () => this.reopen(phone),
      )
  }
  /** The end of the day, with a line that holds. @returns what still waits */
  async settle(phone: Phone): Promise<boolean> {
    await this.reopen(phone)
    const box = this.box(phone)
    // What the server failed on six times was put aside, in sight; its holder sends it again by hand.
    for (const k of box.list().filter((x) => x.state === 'refused' && x.problem === 'server.failed')) {
      this.counts.putAside++
      await box.resend(k.act.requestId)
    }
    for (let tries = 0; tries < 8 && box.waiting().length > 0; tries++) await box.flush()
    return box.list().some((k) => k.state === 'waiting' || k.problem === 'server.failed')
  }
}

export async function playPhones(
  world: World,
  deeds: readonly Deed[],
  random: Random,
  counts: FaultCounts,
): Promise<void> {
  const line = new Line(world, random, counts)
  const phones = new Phones(world, line, random, counts)
  await phones.start()
  for (const deed of deeds) {
    await phones.keep(deed, random)
    const both = random()
    await Promise.all([both < 0.5 || both > 0.8 ? phones.send(0) : undefined, both >= 0.3 ? phones.send(1) : undefined])
    if (line.late.length > 0 && random() < 0.5) await line.arriveLate()
    if (random() < 0.1) await phones.reopen(random() < 0.5 ? 0 : 1)
  }
  line.isCalm = true
  await line.killing
  for (const copy of line.late) await post(world, copy)
  for (const phone of [0, 1] as const)
    if (await phones.settle(phone)) counts.different.push(`phone ${phone} still waits`)
}

/** Cuts every writing connection of this server's database at once, as a crash would. */
async function kill(world: World): Promise<void> {
  await rowsOf(
    world.engine.database.read,
    sql`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database() and application_name = 'fengge' and pid <> pg_backend_pid()
    `,
  ).catch(() => undefined)
}
