/**
 * What waits for those who do not work with events: asks of one administrator for the other, looks that the auditor
 * should ask about, matters whose term ends.
 */
import { addDays, dayOf, hour } from '@fengge/domain/kernel/time'
import { findCaller } from '@fengge/server/identity/door'
import { resetPassword } from '@fengge/server/identity/commands/two-steps'
import { actAs } from '@fengge/server/kernel/act-as'
import type { Caller } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { setClock } from '@fengge/server/kernel/stand-ins/set-clock'
import { saveMatter } from '@fengge/server/matters/commands/save-matter'
import { getRecord } from '@fengge/server/registry/queries/get-record'
import { findAccountId, listSomePeople } from './store.ts'

export async function fillOffices(engine: Engine, county: string, gridId: string): Promise<void> {
  await askAdministrators(engine, county)
  await lookTooMuch(engine, county, gridId)
  await saveTemporary(engine, county)
}

async function callerFor(engine: Engine, county: string, login: string): Promise<Caller> {
  const { read } = engine.database
  const id = await findAccountId(read, county, login)
  const caller = id === undefined ? undefined : await findCaller(read, id, engine.clock.now())
  if (!caller) throw new Error(`nobody has the login ${login}`)
  return caller
}

/** New passwords: three of the grid's, asked by the system administrator, three of administrators asked by the other. */
async function askAdministrators(engine: Engine, county: string): Promise<void> {
  const asks = [
    ['sysadmin', ['worker0002', 'worker0003', 'worker0004']],
    ['secadmin', ['sysadmin2', 'secadmin2', 'auditor2']],
  ] as const
  for (const [asker, subjects] of asks) {
    const caller = await callerFor(engine, county, asker)
    for (const login of subjects) {
      const id = (await findAccountId(engine.database.read, county, login))!
      await actAs(engine, caller, 'demo:reset', (ctx) => resetPassword(ctx, { requestId: ctx.requestId, id }))
    }
  }
}

/** Three who serve a grid each looked at far more of its people on one of the last days than anybody does. */
async function lookTooMuch(engine: Engine, county: string, gridId: string): Promise<void> {
  const people = await listSomePeople(engine.database.read, county, gridId, 46)
  for (const [i, login] of ['village', 'gridleader', 'worker'].entries()) {
    const clock = setClock(engine.clock.now() - (i + 1) * 27 * hour)
    const caller = await callerFor(engine, county, login)
    await actAs({ ...engine, clock }, caller, 'demo:look', async (ctx) => {
      for (const id of people) await getRecord(ctx, { id })
    })
  }
}

const temporary = [
  ['L01', '冬春火灾防控入户提醒', 'Fire safety at the door in winter', 'fire', 12, ['publicise', 'house']],
  ['L02', '欠薪线索摸排', 'Look for unpaid wages', 'human-resources', 20, ['patrol', 'unit']],
  ['L03', '独居老人防寒走访', 'The old who live alone, before the cold', 'civil-affairs', 27, ['visit', 'elder-alone']],
] as const

/** Matters that end within the month: to be renewed or let go. */
async function saveTemporary(engine: Engine, county: string): Promise<void> {
  const caller = await callerFor(engine, county, 'rules')
  const today = dayOf(engine.clock.now())
  for (const [code, name, nameEn, owner, days, [taskKind, object]] of temporary)
    await actAs(engine, caller, 'demo:matter', (ctx) =>
      saveMatter(ctx, {
        requestId: ctx.requestId,
        id: freshId(ctx.now),
        version: 0,
        code,
        name,
        nameEn,
        classCode: 'L',
        className: '阶段性任务',
        classNameEn: 'Temporary',
        kind: 'temporary',
        owner,
        taskKinds: [taskKind],
        objects: [object],
        steps: '按方案分片入户；发现问题当日上报；结束后汇总',
        minutes: 15,
        effort: '每网格不超过 10 小时',
        frequency: '按需',
        funding: '专项经费，由责任部门保障',
        basis: '年度重点工作安排',
        evidence: 'none',
        evidenceWhy: '',
        validFrom: addDays(today, days - 60),
        validTo: addDays(today, days),
      }),
    )
}
