/** Two persons at once, as merging and parting take them. */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { PersonsJoined } from '@fengge/domain/registry/facts'
import type { Side } from '@fengge/domain/registry/merging'
import type { Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { openValues, placeOfRow } from './record-columns.ts'
import { lockRecord, type Reached } from './sight.ts'

/** Locks both in the order of their ids, so that two mergers cannot block each other. */
export async function lockBoth(
  ctx: Ctx,
  keepId: string,
  dropId: string,
  duty: Duty = 'registry.merge',
): Promise<{ keep: Reached; drop: Reached }> {
  const isKeepFirst = keepId < dropId
  const first = await lockPerson(ctx, isKeepFirst ? keepId : dropId, duty)
  const second = await lockPerson(ctx, isKeepFirst ? dropId : keepId, duty)
  return isKeepFirst ? { keep: first, drop: second } : { keep: second, drop: first }
}

async function lockPerson(ctx: Ctx, id: string, duty: Duty): Promise<Reached> {
  const reached = await lockRecord(ctx, id, duty)
  return reached.kind === 'person' ? reached : refuse('record.unknown', 404)
}

export const sideOf = (ctx: Ctx, { row }: Reached): Side => ({
  id: row.id,
  state: row.state,
  version: row.version,
  values: openValues(row, ctx.sealer),
  origin: row.origin,
})

export const newsOf = (mergeId: string, keep: Reached, drop: Reached): PersonsJoined => ({
  mergeId,
  keepId: keep.row.id,
  dropId: drop.row.id,
  keepAt: placeOfRow(keep.row),
  dropAt: placeOfRow(drop.row),
})
