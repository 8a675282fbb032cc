/** Shops along the streets and estates that nobody manages: all of a place, the longest due first (R6, R7). */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listRegister as promise, Register } from '@fengge/domain/registry/registers/contract'
import type { RecordKind, RecordView } from '@fengge/domain/registry/terms'
import type { Asking } from '../../../kernel/context.ts'
import { pageOf, readCursor } from '../../../kernel/cursor.ts'
import { rowOf, rowsOf, sql, type RawBuilder } from '../../../kernel/db/sql.ts'
import { fieldBook } from '../../field-book.ts'
import { readerOf, viewRecord } from '../../sight.ts'
import { selectRecords, type RecordRow } from '../../store/records.ts'
import { isThere, within } from '../../store/within.ts'
import { briefsOf } from '../../queries/briefs.ts'

const pageSize = 50

const kept: Readonly<
  Record<
    Register,
    { readonly kind: RecordKind; readonly isIn: RawBuilder<unknown>; readonly needed: readonly string[] }
  >
> = {
  shops: { kind: 'unit', isIn: sql`r.sort = 'shop'`, needed: [] },
  // Where no firm keeps an estate, somebody has to be named who does.
  'unmanaged-estates': { kind: 'estate', isIn: sql`r.body ->> 'hasProperty' = 'false'`, needed: ['selfRule'] },
  // What estates are called by word of who goes from door to door, until a desk writes it down or confirms it.
  'said-names': {
    kind: 'estate',
    isIn: sql`(not r.is_vouched or coalesce(r.body ->> 'aliasesSaid', '') <> '')`,
    needed: [],
  },
}

const missingOf = ({ gaps, values }: RecordView, needed: readonly string[]): string[] => [
  ...new Set([...gaps, ...needed.filter((code) => (values[code] ?? null) === null)]),
]

type Reply = ReplyOf<typeof promise>

export async function listRegister(ctx: Asking, ask: AskOf<typeof promise>): Promise<Reply> {
  const { rows, found, total, due } = await registerRows(ctx, ask, { duty: 'registry.read', size: pageSize + 1 })
  const { next } = pageOf(found, pageSize, (r) => [r.due_at, r.id])
  return { rows: rows.slice(0, pageSize), total, due, next }
}

type Asked = Pick<AskOf<typeof promise>, 'register' | 'placeId' | 'isDue'> &
  Partial<Pick<AskOf<typeof promise>, 'after'>>

/** The first so many rows of a register where a duty is held, with the records behind them, and how many there are. */
export async function registerRows(
  ctx: Asking,
  ask: Asked,
  { duty, size }: { readonly duty: Duty; readonly size: number },
): Promise<Omit<Reply, 'next'> & { readonly found: readonly RecordRow[] }> {
  const { kind, isIn, needed } = kept[ask.register]
  const all = sql`${within(ctx, duty, ask.placeId)} and ${isThere(kind)} and ${isIn}`
  const isDue = sql`(r.due_at is null or r.due_at <= ${new Date(ctx.now)})`
  const found = await rowsOf<RecordRow>(
    ctx.tx,
    selectRecords(
      kind,
      sql`
        where ${all} and (${ask.isDue === 'no'}::boolean or ${isDue}) and ${beyond(ask.after)}
        order by coalesce(r.due_at, '-infinity'), r.id
        limit ${size}
      `,
    ),
  )
  const counted = await rowOf<{ total: number; due: number }>(
    ctx.tx,
    sql`
      select count(*)::int as total, count(*) filter (where ${isDue})::int as due
      from ${sql.table(`registry.${kind}`)} r
      where ${all}
    `,
  )
  const briefs = await briefsOf(ctx, kind, found)
  const reader = readerOf(ctx, await fieldBook(ctx, ctx.caller.countyCode))
  const rows = briefs.map((brief, i) => ({ ...brief, missing: missingOf(viewRecord(reader, kind, found[i]!), needed) }))
  return { rows, found, total: counted?.total ?? 0, due: counted?.due ?? 0 }
}

/** What was never verified stands first. */
function beyond(after: string | undefined): RawBuilder<unknown> {
  if (after === undefined) return sql`true`
  const [at, id] = readCursor(after, ['moment', 'id'])
  const mark = at === '' ? sql`'-infinity'::timestamptz` : sql`${new Date(at!)}::timestamptz`
  return sql`(coalesce(r.due_at, '-infinity'), r.id) > (${mark}, ${id}::uuid)`
}
