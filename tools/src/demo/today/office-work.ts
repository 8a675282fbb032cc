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
import { readNotices } from '@fengge/server/events/commands/read-notices'
import { listNotices } from '@fengge/server/events/queries/list-notices'
import { placeTree } from '@fengge/server/places/door'
import { offerMover } from '@fengge/server/registry/arriving/offer-mover'
import { askCare } from '@fengge/server/registry/commands/ask-care'
import { saveHelper } from '@fengge/server/registry/commands/save-helper'
import { demoLogins } from '../logins.ts'
import { estateOf, isVillageName, shortName } from '../net/spots.ts'
import { inventName } from '../people.ts'
import { createDice } from '../random.ts'
import { findAccountId, listCare, listSomePeople } from '../store.ts'

export async function fillOffices(engine: Engine, county: string, gridId: string): Promise<void> {
  await askAdministrators(engine, county)
  await lookTooMuch(engine, county, gridId)
  await saveTemporary(engine, county)
  await gatherTeams(engine, county)
  await offerMovers(engine, county, gridId)
  await readOldNotices(engine, county)
}

export async function callerFor(engine: Engine, county: string, login: string): Promise<Caller> {
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

const teams = [
  ['grid-worker', 'social-worker', 'family'],
  ['police', 'grid-worker', 'volunteer'],
  ['doctor', 'social-worker', 'family'],
] as const

/** Each person in care has a team; the keeper asks to read two files, which somebody else agrees to or not. */
async function gatherTeams(engine: Engine, county: string): Promise<void> {
  const caller = await callerFor(engine, county, 'keeper')
  const dice = createDice(20260531)
  const since = addDays(dayOf(engine.clock.now()), -180)
  for (const [i, { id: overlayId }] of (await listCare(engine.database.read, county)).entries()) {
    for (const role of teams[i % teams.length]!) {
      const contact = `199${String(dice.int(1e8)).padStart(8, '0')}`
      const helper = { overlayId, role, name: inventName(dice), contact, fromOn: since, toOn: null }
      await actAs(engine, caller, 'demo:helper', (ctx) =>
        saveHelper(ctx, { requestId: ctx.requestId, id: freshId(ctx.now), ...helper }),
      )
    }
    if (i > 1) continue
    const why = { overlayId, purpose: 'visit', note: '走访前了解情况' } as const
    await actAs(engine, caller, 'demo:care', (ctx) =>
      askCare(ctx, { requestId: ctx.requestId, id: freshId(ctx.now), ...why }),
    )
  }
}

/** Two of the community are said to have moved into the grid of the demo's worker, who has not looked for them yet. */
async function offerMovers(engine: Engine, county: string, gridId: string): Promise<void> {
  const caller = await callerFor(engine, county, 'village')
  const tree = placeTree(engine)
  const village = tree.ancestor(gridId, 'village')!
  const other = tree.below(village.id, 'grid').find((id) => id !== gridId)
  if (other === undefined) return
  const estate = estateOf(tree.get(gridId)!.code, isVillageName(village.name))
  const people = await listSomePeople(engine.database.read, county, other, 2)
  for (const [i, personId] of people.entries())
    await actAs(engine, caller, 'demo:mover', (ctx) =>
      offerMover(ctx, {
        requestId: ctx.requestId,
        id: freshId(ctx.now),
        personId,
        toWhere: `${shortName(village.name)}${estate}1幢${1 + i}单元${2 + i}01室`,
        onDay: addDays(dayOf(ctx.now), i - 1),
      }),
    )
}

const freshNotices = 7

/** Nobody leaves his notices unread for months: those of before the last few were read. */
async function readOldNotices(engine: Engine, county: string): Promise<void> {
  for (const [login] of demoLogins) {
    const caller = await callerFor(engine, county, login)
    await actAs(engine, caller, 'demo:notices', async (ctx) => {
      const { notices } = await listNotices(ctx)
      const ids = notices.slice(freshNotices).map((n) => n.id)
      await readNotices(ctx, { requestId: ctx.requestId, ids })
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
