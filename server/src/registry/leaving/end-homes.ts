/** The homes of somebody who goes end, and whoever stays behind in a house that he headed has a head. */
import { dayOf } from '@fengge/domain/kernel/time'
import { leavesHome, nextHead } from '@fengge/domain/registry/leaving/leaving'
import type { LeavingKind } from '@fengge/domain/registry/leaving/terms'
import type { Ctx } from '../../kernel/context.ts'
import { lockHeads, saveRoles } from '../store/heads.ts'
import type { LinkRow } from '../store/links.ts'
import * as store from './store/leavings.ts'

export interface Ended {
  readonly links: readonly LinkRow[]
  readonly heads: readonly store.Housemate[]
}

/** @param personId whose record is locked */
export async function endHomes(ctx: Ctx, personId: string, kind: LeavingKind, onDay: string): Promise<Ended> {
  const county = ctx.caller.countyCode
  const open = await store.lockOpenLinks(ctx.tx, county, personId)
  const links = open.filter((l) => leavesHome(kind, l.role))
  const ids = links.map((l) => l.id)
  await store.endLinks(ctx.tx, county, ids, onDay)
  return { links, heads: await passOn(ctx, personId, links) }
}

/** Whoever heads the houses that he headed from now on. */
async function passOn(ctx: Ctx, personId: string, ended: readonly LinkRow[]): Promise<store.Housemate[]> {
  const county = ctx.caller.countyCode
  const headed = ended.filter((l) => l.role === 'head').map((l) => l.house_id)
  await lockHeads(ctx.tx, county, headed)
  const people = headed.length === 0 ? [] : await store.listHousemates(ctx.tx, county, headed, personId)
  const heads: store.Housemate[] = []
  for (const houseId of headed) {
    const mates = people.filter((p) => p.houseId === houseId)
    const next = mates.some((p) => p.role === 'head') ? undefined : nextHead(mates, dayOf(ctx.now))
    const mate = mates.find((p) => p.linkId === next?.linkId)
    if (!mate) continue
    await saveRoles(ctx.tx, county, [mate.linkId], 'head')
    heads.push(mate)
  }
  return heads
}
