/** Records by their names, for whoever may read them; of the others nothing is told. */
import type { RecordKind } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { dutiesOver } from '../sight.ts'
import { findKind, findRecords } from '../store/records.ts'
import { briefsOf } from './briefs.ts'

export async function nameRecords(
  ctx: Asking,
  ids: readonly string[],
): Promise<{ readonly kind: RecordKind; readonly id: string; readonly name: string }[]> {
  const named: { kind: RecordKind; id: string; name: string }[] = []
  for (const id of ids) {
    const kind = await findKind(ctx.tx, ctx.caller.countyCode, id)
    if (kind === undefined) continue
    const rows = await findRecords(ctx.tx, kind, ctx.caller.countyCode, [id])
    const readable = rows.filter((row) => dutiesOver(ctx, row).duties.has('registry.read'))
    for (const { name } of await briefsOf(ctx, kind, readable)) named.push({ kind, id, name })
  }
  return named
}
