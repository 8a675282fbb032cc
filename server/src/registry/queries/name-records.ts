/** Records by their names, for whoever may read them; of the others nothing is told. */
import type { RecordKind } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { dutiesOver } from '../sight.ts'
import { findRecords, listKinds } from '../store/records.ts'
import { briefsOf } from './briefs.ts'

export async function nameRecords(
  ctx: Asking,
  ids: readonly string[],
): Promise<{ readonly kind: RecordKind; readonly id: string; readonly name: string }[]> {
  if (ids.length === 0) return []
  const named = new Map<string, { kind: RecordKind; id: string; name: string }>()
  const kinds = await listKinds(ctx.tx, ctx.caller.countyCode, ids)
  for (const [kind, found] of Map.groupBy(kinds, (k) => k.kind)) {
    const own = found.map((k) => k.id)
    const rows = await findRecords(ctx.tx, kind, ctx.caller.countyCode, own)
    const readable = rows.filter((row) => dutiesOver(ctx, row).duties.has('registry.read'))
    for (const { id, name } of await briefsOf(ctx, kind, readable)) named.set(id, { kind, id, name })
  }
  return ids.flatMap((id) => named.get(id) ?? [])
}
