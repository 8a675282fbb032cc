/** Exports: asked with a purpose, agreed to by a second person above a set size, marked, kept in the journal, and gone after a week. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength, showInstant } from '@fengge/domain/kernel/time'
import {
  exportLimit,
  type askExport as askPromise,
  type decideExport as decidePromise,
  type ImportKind,
  type listExports as listPromise,
} from '@fengge/domain/registry/bulk-contract'
import { may, postsWith, type Ctx, type Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql, run, rowWritten } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { fieldBook } from '../field-book.ts'
import { selectRecords } from '../store/records.ts'
import { readerOf, viewRecord } from '../sight.ts'
import { within } from '../store/within.ts'

const keptDays = 7
export interface RequestRow {
  id: string
  kind: ImportKind
  place_id: string
  purpose: string
  rows: number
  state: 'asked' | 'approved' | 'refused'
  account_id: string
  account_name: string
  asked_at: Date
  expires_at: Date | null
}

const selectRequests = sql`
  select id, kind, place_id, purpose, rows, state, account_id, account_name, asked_at, expires_at
  from registry.export_request
`

export async function askExport(ctx: Ctx, ask: AskOf<typeof askPromise>): Promise<ReplyOf<typeof askPromise>> {
  const tree = placeTree()
  if (!tree.get(ask.placeId)) refuse('place.unknown', 422)
  const post = may(ctx, 'registry.export', ask.placeId, tree.contains)
  const { n } = (await rowOf<{ n: number }>(
    ctx.tx,
    sql`
      select count(*) as n
      from ${sql.table(`registry.${ask.kind}`)} r
      where ${within(ctx.caller, 'registry.export', ask.placeId)} and r.state = 'live'
    `,
  ))!
  const isFree = Number(n) <= exportLimit
  await run(
    ctx.tx,
    sql`
      insert into registry.export_request (
          county_code, id, kind, place_id, purpose, rows, state, account_id, account_name, asked_at, expires_at
        )
      values
        (${ctx.caller.countyCode}, ${ask.id}, ${ask.kind}, ${ask.placeId}, ${ask.purpose}, ${n}, ${isFree ? 'approved' : 'asked'}, ${ctx.caller.accountId}, ${ctx.caller.name}, ${new Date(ctx.now)}, ${isFree ? new Date(ctx.now + keptDays * dayLength) : null})
    `,
  )
  ctx.tell('registry.export-asked', { kind: ask.kind, rows: Number(n), purpose: ask.purpose }, ask.id, post)
  return { state: isFree ? 'approved' : 'asked', rows: Number(n) }
}

export async function decideExport(ctx: Ctx, ask: AskOf<typeof decidePromise>): Promise<ReplyOf<typeof decidePromise>> {
  const row =
    (await rowWritten<RequestRow>(
      ctx.tx,
      sql`${selectRequests} where county_code = ${ctx.caller.countyCode} and id = ${ask.id} for update`,
    )) ?? refuse('record.unknown', 404)
  const post = may(ctx, 'registry.approve', row.place_id, placeTree().contains)
  if (row.account_id === ctx.caller.accountId) refuse('export.own', 403)
  if (row.state !== 'asked') refuse('export.decided', 409)
  await run(
    ctx.tx,
    sql`
      update registry.export_request
      set
        state = ${ask.isAgreed ? 'approved' : 'refused'}, decided_by = ${ctx.caller.accountId},
        decided_at = ${new Date(ctx.now)},
        expires_at = ${ask.isAgreed ? new Date(ctx.now + keptDays * dayLength) : null}
      where county_code = ${ctx.caller.countyCode} and id = ${ask.id}
    `,
  )
  ctx.tell(
    ask.isAgreed ? 'registry.export-agreed' : 'registry.export-refused',
    { rows: row.rows, purpose: row.purpose },
    ask.id,
    post,
  )
  return { done: true }
}

export async function listExports(ctx: Asking): Promise<ReplyOf<typeof listPromise>> {
  const tree = placeTree()
  const rows = await rowsOf<RequestRow>(
    ctx.tx,
    sql`${selectRequests} where county_code = ${ctx.caller.countyCode} order by asked_at desc limit 100`,
  )
  const judges = postsWith(ctx.caller, 'registry.approve').map((p) => p.placeId)
  const mayDecide = (r: RequestRow) =>
    r.account_id !== ctx.caller.accountId && judges.some((p) => tree.contains(p, r.place_id))
  return {
    exports: rows
      .filter((r) => r.account_id === ctx.caller.accountId || mayDecide(r))
      .map((r) => ({
        id: r.id,
        kind: r.kind,
        placeName: tree.get(r.place_id)?.name ?? '',
        purpose: r.purpose,
        rows: r.rows,
        state: r.state,
        by: r.account_name,
        askedAt: r.asked_at.toISOString(),
        expiresAt: r.expires_at?.toISOString() ?? null,
        isMine: r.account_id === ctx.caller.accountId,
        canDecide: r.state === 'asked' && mayDecide(r),
      })),
  }
}

/** Header and pages of an agreed export. Values look as they do on the screen of who asked: masked stays masked. */
export async function openExport(
  ctx: Asking,
  id: string,
): Promise<{ header: string[]; pages: AsyncGenerator<(string | number | null)[][]> }> {
  const row =
    (await rowOf<RequestRow>(
      ctx.tx,
      sql`
        ${selectRequests}
        where county_code = ${ctx.caller.countyCode} and id = ${id} and account_id = ${ctx.caller.accountId}
      `,
    )) ?? refuse('record.unknown', 404)
  if (row.state !== 'approved') refuse('export.not-agreed', 403)
  if (row.expires_at === null || row.expires_at.getTime() <= ctx.now) refuse('export.expired', 410)
  const book = await fieldBook(ctx.tx, ctx.caller.countyCode)
  const reader = readerOf(ctx, book, 'export')
  const specs = book.fields(row.kind).filter((f) => f.isOn)
  const mark = `${row.account_name} ${showInstant(ctx.now)} 仅用于：${row.purpose}`
  async function* pages() {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const found = await rowsOf(
        ctx.tx,
        selectRecords(
          row.kind,
          sql`
            where ${within(ctx.caller, 'registry.export', row.place_id)} and r.state = 'live' and r.id > ${after}
            order by r.id
            limit 2000
          `,
        ),
      )
      if (found.length === 0) return
      after = found.at(-1)!.id
      yield found.map((r) => {
        const v = viewRecord(reader, row.kind, r)
        const show = (code: string) => {
          const x = v.values[code]
          const spec = specs.find((s) => s.code === code)!
          return x === undefined || x === null
            ? null
            : typeof x === 'boolean'
              ? x
                ? '是'
                : '否'
              : (spec.choices.find(([c]) => c === x)?.[1] ?? x)
        }
        return [v.gridName, ...specs.map((s) => show(s.code)), v.confirmedAt?.slice(0, 10) ?? null, mark]
      })
    }
  }
  ctx.look('registry.exported', id, { kind: row.kind, rows: row.rows, purpose: row.purpose })
  return { header: ['网格', ...specs.map((s) => s.name), '核实日期', '水印'], pages: pages() }
}
