/** Exports: asked with a purpose, agreed to by a second person above a set size, marked, kept in the journal, and gone after a week. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength } from '@fengge/domain/kernel/time'
import {
  exportLimit,
  type askExport as askPromise,
  type decideExport as decidePromise,
  type listExports as listPromise,
} from '@fengge/domain/registry/bulk-contract'
import { exportAgreed, exportAsked, exportRefused } from '@fengge/domain/registry/facts'
import { onFile, type FieldSpec } from '@fengge/domain/registry/fields'
import type { ExportKind, RecordView } from '@fengge/domain/registry/terms'
import { may, postsWith, type Ctx, type Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { markOf } from '../../kernel/workbooks/send-list.ts'
import type { About, Cell } from '../../kernel/workbooks/write-workbook.ts'
import { mostAsked, pageOfAsked, viewAsked } from '../../kernel/db/asked-list.ts'
import { idsWithin, placeTree } from '../../places/door.ts'
import { fieldBook } from '../field-book.ts'
import { readerOf, viewRecord } from '../sight.ts'
import * as requests from './store/exports.ts'

const keptDays = 7
/** Only people export; the system's own jobs have no account. */
const accountOf = ({ caller }: Asking) => caller.accountId ?? refuse('record.unknown', 404)
const expiryAfter = (now: number) => new Date(now + keptDays * dayLength)

export async function askExport(ctx: Ctx, ask: AskOf<typeof askPromise>): Promise<ReplyOf<typeof askPromise>> {
  const tree = placeTree(ctx)
  if (!tree.get(ask.placeId)) refuse('place.unknown', 422)
  const post = may(ctx, 'registry.export', ask.placeId, tree.contains)
  const { kind, placeId, purpose } = ask
  const rows = await requests.countExported(ctx.tx, ctx, { kind, placeId })
  const state = rows <= exportLimit ? 'approved' : 'asked'
  if ((await requests.countAsked(ctx.tx, ctx.caller.countyCode, accountOf(ctx))) >= mostAsked)
    refuse('export.too-many', 409)
  await requests.addRequest(ctx.tx, ctx.caller.countyCode, {
    id: ask.id,
    kind,
    place_id: placeId,
    purpose,
    rows,
    state,
    account_id: accountOf(ctx),
    account_name: ctx.caller.name,
    asked_at: new Date(ctx.now),
    expires_at: state === 'approved' ? expiryAfter(ctx.now) : null,
  })
  ctx.tell(exportAsked, { kind, rows, purpose }, ask.id, post)
  return { state, rows }
}

export async function decideExport(ctx: Ctx, ask: AskOf<typeof decidePromise>): Promise<ReplyOf<typeof decidePromise>> {
  const county = ctx.caller.countyCode
  const row = (await requests.lockRequest(ctx.tx, county, ask.id)) ?? refuse('record.unknown', 404)
  const post = may(ctx, 'registry.approve', row.place_id, placeTree(ctx).contains)
  if (row.account_id === ctx.caller.accountId) refuse('export.own', 403)
  if (row.state !== 'asked') refuse('export.decided', 409)
  await requests.saveDecision(ctx.tx, county, ask.id, {
    state: ask.isAgreed ? 'approved' : 'refused',
    by: accountOf(ctx),
    at: new Date(ctx.now),
    expiresAt: ask.isAgreed ? expiryAfter(ctx.now) : null,
  })
  const fact = ask.isAgreed ? exportAgreed : exportRefused
  ctx.tell(fact, { rows: row.rows, purpose: row.purpose }, ask.id, post)
  return { done: true }
}

export async function listExports(
  ctx: Asking,
  { after }: AskOf<typeof listPromise>,
): Promise<ReplyOf<typeof listPromise>> {
  const tree = placeTree(ctx)
  const judgedAt = idsWithin(
    tree,
    postsWith(ctx.caller, 'registry.approve').map((p) => p.placeId),
  )
  const { countyCode: county, accountId } = ctx.caller
  const { page, next } = pageOfAsked(await requests.listRequests(ctx.tx, { county, accountId, judgedAt, after }))
  return {
    exports: page.map((r) => ({
      ...viewAsked(r, accountId),
      kind: r.kind,
      placeName: tree.get(r.place_id)?.name ?? '',
    })),
    next,
  }
}

const kindNames: Readonly<Record<ExportKind, string>> = { person: '人口', house: '房屋', unit: '单位' }

/** Header and pages of an agreed export. Values look as they do on the screen of who asked: masked stays masked. */
export async function openExport(
  ctx: Asking,
  id: string,
): Promise<{ header: string[]; pages: AsyncGenerator<Cell[][]>; about: About }> {
  const row = (await requests.findOwnRequest(ctx.tx, ctx.caller, id)) ?? refuse('record.unknown', 404)
  if (row.state !== 'approved') refuse('export.not-agreed', 403)
  if (row.expires_at === null || row.expires_at.getTime() <= ctx.now) refuse('export.expired', 410)
  const scope = { kind: row.kind, placeId: row.place_id }
  const rows = await requests.countExported(ctx.tx, ctx, scope)
  // Nobody agreed to more than one may take alone, as it was when he asked.
  if (row.rows <= exportLimit && rows > exportLimit) refuse('export.not-agreed', 403)
  const book = await fieldBook(ctx, ctx.caller.countyCode)
  const reader = readerOf(ctx, book, 'export')
  const specs = book.fields(row.kind).filter((f) => f.isOn)
  const about: About = {
    by: row.account_name,
    at: ctx.now,
    purpose: row.purpose,
    filter: [
      ['内容', kindNames[row.kind]],
      ['范围', placeTree(ctx).get(row.place_id)?.name ?? ''],
    ],
    rows,
  }
  const mark = markOf(about)
  async function* pages() {
    for await (const page of requests.exportedPages(ctx.tx, ctx, scope))
      yield page.map((r) => lineOf(viewRecord(reader, row.kind, r), specs, mark))
  }
  ctx.look('registry.exported', id, { kind: row.kind, rows, purpose: row.purpose })
  return { header: ['网格', ...specs.map((s) => s.name), '核实日期', '水印'], pages: pages(), about }
}

const lineOf = (view: RecordView, specs: readonly FieldSpec[], mark: string): Cell[] => [
  view.gridName,
  ...specs.map((spec) => cellOf(view, spec)),
  view.confirmedAt?.slice(0, 10) ?? null,
  mark,
]

function cellOf(view: RecordView, spec: FieldSpec): Cell {
  const value = view.values[spec.code] ?? null
  if (value === null) return null
  if (value === onFile) return '已登记'
  if (typeof value === 'boolean') return value ? '是' : '否'
  return spec.choices.find(([code]) => code === value)?.[1] ?? value
}
