/** A working day for the demo: households of the micro-grids, care, facilities, tasks, some visits done, badges. */
import { addDays, dayLength, dayOf, hour } from '@fengge/domain/kernel/time'
import { run } from '@fengge/server/kernel/db/sql'
import { recordVisit } from '@fengge/server/visits/commands/record-visit'
import { listForms, runRules } from '@fengge/server/visits/door'
import { actAs } from '@fengge/server/kernel/act-as'
import { systemCaller, type Caller, type Ctx } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import { findCaller } from '@fengge/server/identity/door'
import { placeTree } from '@fengge/server/places/door'
import { careAt, draftRow, insertDrafts } from '@fengge/server/registry/door'
import { liaisonHouseholds } from '../net/draw-net.ts'
import type { Dice } from '../random.ts'
import * as store from '../store.ts'
import { countOpenTasks, listOpenTasks, type OpenTask } from './store-today.ts'

/** @param engine with the clock of today, not of the days lived through */
export async function fillWork(engine: Engine, county: string, dice: Dice): Promise<{ tasks: number; visits: number }> {
  const worker = await store.findPosted(engine.database.read, county, 'worker')
  const liaison = await store.findPosted(engine.database.read, county, 'liaison')
  if (!worker || !liaison) throw new Error('nobody has the login worker, or liaison')
  const as = systemCaller(county)
  await actAs(engine, as, 'demo:work', async (ctx) => {
    await fillMicros(ctx, liaison.place_id)
    await writeCare(ctx, worker.place_id, dice)
  })
  await runRules(engine)
  const visits = await visitAround(engine, county, worker.account_id, dice)
  const tasks = await countOpenTasks(engine.database.read, county)
  await actAs(engine, as, 'demo:badges', (ctx) => giveBadges(ctx, dice))
  return { tasks, visits }
}

/** The households of the micro-grids; six of those of the demo's liaison are of somebody old who lives alone. */
async function fillMicros(ctx: Ctx, microId: string): Promise<void> {
  const county = ctx.caller.countyCode
  await store.moveIntoMicros(ctx.tx, county, liaisonHouseholds)
  const alone = await store.listResidents(ctx.tx, county, microId, 6)
  for (const [i, resident] of alone.entries()) {
    await store.leaveAlone(ctx.tx, county, resident, `${1938 + i * 2}-0${1 + i}-12`)
    await store.saveLastSeen(ctx.tx, county, resident.person_id, addDays(dayOf(ctx.now), i < 4 ? -34 + i : -6 + i))
  }
}

const careKinds = [
  ['hardship', '低保家庭，家中一人长期患病，主要困难是医药费'],
  ['released', '已安置就业，按月思想汇报，家人接纳'],
  ['hardship', '独自抚养两个孩子，收入不稳，已申请临时救助'],
  ['mental-health', '按时服药，情绪平稳，由母亲照护'],
  ['correction', '在矫期间遵守规定，按时报到'],
  ['hardship', '房屋老旧漏雨，正在申请修缮补助'],
  ['hardship', '失业半年，正在参加技能培训'],
] as const

/** A few people in care and things to inspect, and when the old were last seen, so that something is due on any day. */
async function writeCare(ctx: Ctx, gridId: string, dice: Dice): Promise<void> {
  const county = ctx.caller.countyCode,
    today = dayOf(ctx.now)
  const people = await store.listOwnPeople(ctx.tx, county, gridId)
  const townId = placeTree(ctx).ancestor(gridId, 'town')!.id
  const around = await store.listTownPeople(ctx.tx, county, townId, 400)
  for (const [i, [kind, facts]] of careKinds.entries()) {
    const person = dice.pick(i < 2 ? people : around)
    const id = dice.id(ctx.now)
    await store.saveCare(ctx.tx, county, {
      id,
      person_id: person.id,
      kind,
      sealed: ctx.sealer.seal(facts, careAt(id)),
      visit_days: 30,
      cautions: dice.chance(0.4) ? ['in-pairs'] : ['knock-first'],
      started_on: addDays(today, -200),
      visited_at: new Date(ctx.now - (i % 3 === 2 ? 12 : 31 + i) * dayLength),
    })
  }
  for (const p of people.filter((x) => x.born < addDays(today, -70 * 365)).slice(0, 60))
    await store.saveLastSeen(ctx.tx, county, p.id, addDays(today, -2 - dice.int(12)))
  await addFacilities(ctx, gridId, dice)
}

const facilities = [
  ['1 幢电梯', 'elevator'],
  ['2 幢电梯', 'elevator'],
  ['地下车库充电点', 'charging'],
  ['消防通道', 'fire-lane'],
] as const

/** Things to inspect, all in the first building, last seen yesterday. */
async function addFacilities(ctx: Ctx, gridId: string, dice: Dice): Promise<void> {
  const [building] = await store.listBuildings(ctx.tx, ctx.caller.countyCode, gridId)
  if (!building) return
  const yesterday = ctx.now - dayLength
  const mark = { source: 'demo', by: '演示', at: new Date(yesterday).toISOString() }
  const rows = facilities.map(([name, kind]) =>
    draftRow(
      {
        id: dice.id(ctx.now),
        kind: 'facility',
        county: ctx.caller.countyCode,
        values: { name, kind, cycleDays: 30 },
        place: { gridId: building.grid_id, villageId: building.village_id, townId: building.town_id },
        parentId: building.id,
        origin: { '*': mark },
        now: yesterday,
        batchId: null,
      },
      ctx.sealer,
    ),
  )
  await run(ctx.tx, insertDrafts('facility', rows))
}

/** What the worker did in the last days, by the very command of the phone. */
async function visitAround(engine: Engine, county: string, workerId: string, dice: Dice): Promise<number> {
  const caller = await findCaller(engine.database.read, workerId, engine.clock.now())
  const grid = caller!.posts[0]!.placeId
  const tasks = await listOpenTasks(engine.database.read, county, grid)
  return visitAll(engine, caller!, tasks, dice)
}

/** Tasks done by the very command of the phone; at every sixth door nobody was home. */
export async function visitAll(
  engine: Engine,
  caller: Caller,
  tasks: readonly OpenTask[],
  dice: Dice,
): Promise<number> {
  const forms = await listForms(engine.database.read, caller.countyCode)
  for (const [i, task] of tasks.entries()) {
    const form = forms.find((f) => f.code === task.form_code)!
    const isHome = i % 6 !== 5
    const choices = form.fields.filter((f) => f.type === 'choice').map((f) => [f.code, f.choices[0]![0]])
    const id = dice.id(engine.clock.now())
    await actAs(engine, caller, 'demo:visit', (ctx) =>
      recordVisit(ctx, {
        requestId: id,
        id,
        taskId: task.id,
        matterId: task.matter_id,
        formCode: task.form_code,
        subjectKind: task.subject_kind,
        subjectId: task.subject_id,
        outcome: isHome ? 'met' : 'not-home',
        answers: isHome ? Object.fromEntries(choices) : {},
        note: '',
        madeAt: new Date(ctx.now - dice.int(48) * hour).toISOString(),
        onBehalfOf: '',
        isSpoken: false,
        hazards: [],
        eventIds: [],
      }),
    )
  }
  return tasks.length
}

async function giveBadges(ctx: Ctx, dice: Dice): Promise<void> {
  const posts = await store.listPosts(ctx.tx, ctx.caller.countyCode, ['worker', 'liaison'])
  for (const [i, p] of posts.entries())
    await store.saveBadge(ctx.tx, {
      id: dice.id(ctx.now),
      account_id: p.account_id,
      posting_id: p.posting_id,
      code: `DEMQ2345${i + 2}W`,
      issued_at: new Date(ctx.now),
      expires_on: addDays(dayOf(ctx.now), 360),
    })
}
