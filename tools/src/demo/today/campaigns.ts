/** What is ordered of the grids in these weeks, each as its matter says: two campaigns under way, and one order of the day. */
import type { SentOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import type * as desk from '@fengge/domain/visits/contract/desk'
import { actAs } from '@fengge/server/kernel/act-as'
import type { Engine } from '@fengge/server/kernel/engine'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { placeTree } from '@fengge/server/places/door'
import { orderTask } from '@fengge/server/visits/commands/order-task'
import { saveCampaign } from '@fengge/server/visits/commands/save-campaign'
import { createDice } from '../random.ts'
import { visitAll } from './fill-work.ts'
import { callerFor } from './office-work.ts'
import { findMatterId, listCampaignTasks } from './store-today.ts'

type Draft = Pick<
  SentOf<typeof desk.saveCampaign>,
  'name' | 'selector' | 'formCode' | 'minutes' | 'note' | 'placeId'
> & {
  readonly matter: string
  /** How many of the worker's grid are done. */
  readonly done: number
}

export async function orderWork(engine: Engine, county: string, gridId: string): Promise<void> {
  const tree = placeTree(engine)
  const village = tree.ancestor(gridId, 'village')!.id
  const drafts: readonly Draft[] = [
    {
      matter: '000-C02',
      name: '出租房消防安全专项巡查',
      selector: 'house-rental',
      formCode: 'rental',
      minutes: 15,
      placeId: gridId,
      note: '看疏散、电气、燃气、充电四项；当场能改的当场改，改不了的填隐患并约复查。',
      done: 22,
    },
    {
      matter: 'L03',
      name: '独居老人防寒走访',
      selector: 'elder-alone',
      formCode: 'elder-alone',
      minutes: 15,
      placeId: village,
      note: '看取暖、用气用电和药品，留一个能联系上的亲友电话。',
      done: 2,
    },
  ]
  for (const draft of drafts) await run(engine, county, gridId, draft)
  await order(engine, county, tree.below(village, 'grid'))
}

async function run(engine: Engine, county: string, gridId: string, draft: Draft): Promise<void> {
  const { matter, done, ...said } = draft
  const { read } = engine.database
  const officer = await callerFor(engine, county, 'village')
  const matterId = await findMatterId(read, county, matter)
  if (matterId === undefined) throw new Error(`no matter ${matter}`)
  const id = freshId(engine.clock.now())
  const today = dayOf(engine.clock.now())
  const term = { fromOn: addDays(today, -9), toOn: addDays(today, 19), heavyWord: '与日常巡查合并安排' }
  await actAs(engine, officer, 'demo:campaign', (ctx) =>
    saveCampaign(ctx, { requestId: ctx.requestId, id, matterId, ...said, note: said.note ?? '', ...term }),
  )
  const worker = await callerFor(engine, county, 'worker')
  const tasks = await listCampaignTasks(read, county, { campaignId: id, gridId, most: done })
  await visitAll(engine, worker, tasks, createDice(20261127 + done))
}

async function order(engine: Engine, county: string, gridIds: readonly string[]): Promise<void> {
  const officer = await callerFor(engine, county, 'town')
  const matterId = (await findMatterId(engine.database.read, county, '000-B01'))!
  const dueOn = addDays(dayOf(engine.clock.now()), 2)
  await actAs(engine, officer, 'demo:order', (ctx) =>
    orderTask(ctx, {
      requestId: ctx.requestId,
      id: freshId(ctx.now),
      matterId,
      taskKind: 'patrol',
      object: 'grid',
      gridIds: [...gridIds],
      title: '夜间治安巡逻：车棚与沿街商铺',
      note: '19 时至 21 时走一圈，车门未锁的留提醒条；可疑情况当日上报。',
      dueOn,
      minutes: 40,
      windowFrom: 19 * 60,
      windowTo: 21 * 60,
      heavyWord: '与治安志愿者同行',
    }),
  )
}
