/** Rows of an import that name an estate near a known one: what is asked, and what is done when it is answered. */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { estateName, sortOfEstate } from '@fengge/domain/registry/addresses/estate-name'
import type * as c from '@fengge/domain/registry/estates-contract'
import { estateSettled } from '@fengge/domain/registry/facts'
import { accountOf, may, type Asking, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import type { Ground } from '../../kernel/ground.ts'
import { refuse } from '../../kernel/problems.ts'
import { inSlices } from '../../kernel/turns.ts'
import { placeTree } from '../../places/door.ts'
import { saveRecord } from '../commands/save-record.ts'
import { estateBook, nearIn } from '../estate-book.ts'
import { reachRecord } from '../sight.ts'
import { batchFile, sealImport } from './import-file.ts'
import { villagesOf } from './read-pages.ts'
import * as batches from './store/batches.ts'
import { namesOf } from './store/records.ts'

export async function listHeldEstates(
  ctx: Asking,
  ask: AskOf<typeof c.listHeldEstates>,
): Promise<ReplyOf<typeof c.listHeldEstates>> {
  const county = ctx.caller.countyCode
  const batch = (await batches.findBatch(ctx.tx, county, ask.id, ctx.caller.accountId)) ?? refuse('record.unknown', 404)
  const held = await batches.listHeld(ctx.tx, county, ask.id)
  const book = await estateBook(ctx, ctx.tx, county, villagesOf(ctx, batch.place_id))
  const estates = await inSlices(held, 20, ({ written, rows }) => ({ written, rows, near: nearIn(book, written, 10) }))
  return { estates }
}

/** The name becomes one of a known estate's, or an estate of its own; then the rows that waited are taken. */
export async function settleEstate(
  engine: Ground,
  ctx: Ctx,
  ask: AskOf<typeof c.settleEstate>,
): Promise<ReplyOf<typeof c.settleEstate>> {
  const county = ctx.caller.countyCode
  const batch = (await batches.lockBatch(ctx.tx, county, ask.id, ctx.caller.accountId)) ?? refuse('record.unknown', 404)
  const post = may(ctx, 'registry.import', batch.place_id, placeTree(ctx).contains)
  const name = estateName(ask.written)
  const waiting = (await batches.listHeld(ctx.tx, county, ask.id)).filter((h) => estateName(h.written) === name)
  if (waiting.length === 0) refuse('record.unknown', 404)
  await (ask.estateId === null ? addEstate(ctx, ask.written, batch.place_id) : addAlias(ctx, ask.estateId, ask.written))
  const rows = batch.mode === 'good' && batch.state === 'done' ? await takeHeld(engine, ctx, batch, name) : 0
  ctx.tell(estateSettled, { isNew: ask.estateId === null, rows }, ask.id, post)
  return { rows }
}

const saving = { source: 'import', onBehalfOf: '', reason: '导入时确认', isOther: true } as const

async function addEstate(ctx: Ctx, written: string, placeId: string): Promise<void> {
  const id = freshId(ctx.now)
  const values = { name: written, kind: sortOfEstate(written) }
  await saveRecord(ctx, { requestId: id, id, kind: 'estate', version: 0, placeId, parentId: null, values, ...saving })
}

async function addAlias(ctx: Ctx, id: string, written: string): Promise<void> {
  const { row, kind } = await reachRecord(ctx, id, 'registry.write')
  if (kind !== 'estate') refuse('record.unknown', 404)
  const before = String(row.body['aliases'] ?? '')
  const names = namesOf({ name: row.name, aliases: before })
  if (names.some((name) => estateName(name) === estateName(written))) return
  const values = { aliases: before === '' ? written : `${before}、${written}` }
  const { version } = row
  await saveRecord(ctx, { requestId: freshId(ctx.now), id, kind, version, parentId: null, values, ...saving })
}

/** The rows that waited for this name alone go through the same import once more, as a file of their own. */
async function takeHeld(engine: Ground, ctx: Ctx, batch: batches.BatchRow, name: string): Promise<number> {
  const rows = (await batches.listFaults(ctx.tx, batch.county_code, batch.id)).filter((row) =>
    row.faults.every((f) => f.fault === 'estate.close' && estateName(f.written ?? '') === name),
  )
  if (rows.length === 0) return 0
  const { header } = (await batches.findHeaderOf(ctx.tx, batch.county_code, batch.id, batch.account_id))!
  const cells = rows.map((r) => batches.openCells(ctx.sealer, batch.id, r))
  const id = freshId(ctx.now)
  const fresh = { ...batch, id, file_name: `${batch.file_name.slice(0, 150)} ${name.slice(0, 30)}.csv` }
  const path = batchFile(engine, fresh)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const bytes = Buffer.from([header, ...cells].map(lineOf).join('\n'))
  await sealImport(engine, id, path, [bytes])
  const post = may(ctx, 'registry.import', batch.place_id, placeTree(ctx).contains)
  await batches.addBatch(ctx.tx, {
    ...fresh,
    account_id: accountOf(ctx.caller),
    posting_id: post.id,
    at: new Date(ctx.now),
    bytes: bytes.length,
  })
  await batches.dropFaults(
    ctx.tx,
    batch,
    rows.map((r) => r.row_no),
  )
  return rows.length
}

const lineOf = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
