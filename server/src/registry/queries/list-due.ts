/** What is to be verified, of all kinds in one order: longest due first, counted and paged. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listDue as promise } from '@fengge/domain/registry/contract'
import type { Asking } from '../../kernel/context.ts'
import { packCursor, readCursor } from '../../kernel/cursor.ts'
import { rowOf, rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { selectRecords } from '../store/records.ts'
import { isThere, within } from '../store/within.ts'
import { briefsOf } from './briefs.ts'

const verified = ['house', 'person', 'unit', 'facility'] as const

export async function listDue(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const kinds = verified.filter((kind) => ask.kind === undefined || ask.kind === kind)
  const all = (kind: (typeof verified)[number]) =>
    sql`${within(ctx, 'registry.read', ask.placeId)} and ${isThere(kind)} and r.due_at <= ${new Date(ctx.now)}`
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const page = sql`where ${all(kind)} and ${beyond(ask.after)} order by r.due_at, r.id limit ${ask.size + 1}`
      return briefsOf(ctx, kind, await rowsOf(ctx.tx, selectRecords(kind, page)))
    }),
  )
  const order = (r: { readonly dueAt: string | null; readonly id: string }) => `${r.dueAt ?? ''} ${r.id}`
  const ordered = found.flat().toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
  const records = ordered.slice(0, ask.size)
  const last = ordered.length > ask.size ? records.at(-1) : undefined
  const people = records.filter((r) => r.kind === 'person').length
  if (people > 0) ctx.look('registry.due-looked', ask.placeId ?? ctx.caller.countyCode, { people })
  const counts = kinds.map((kind) => sql`(select count(*) from ${sql.table(`registry.${kind}`)} r where ${all(kind)})`)
  const counted =
    counts.length === 0
      ? undefined
      : await rowOf<{ n: number }>(ctx.tx, sql`select (${sql.join(counts, sql` + `)})::int as n`)
  return { records, total: counted?.n ?? 0, next: last === undefined ? null : packCursor(last.dueAt, last.id) }
}

function beyond(after: string | undefined): RawBuilder<unknown> {
  if (after === undefined) return sql`true`
  const [at, id] = readCursor(after, ['moment', 'id'])
  return sql`(r.due_at, r.id) > (${new Date(at!)}::timestamptz, ${id}::uuid)`
}
