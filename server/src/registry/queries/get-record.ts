/** One record as it is, or as it was at the end of a day; of a person also his homes. Who only waits to be deleted has his name alone. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { getRecord as promise } from '@fengge/domain/registry/contract'
import { rewind } from '@fengge/domain/registry/editing'
import { isSealed, specOf } from '@fengge/domain/registry/fields'
import type { RecordKind } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { fieldBook } from '../field-book.ts'
import { fieldAt, openChanges, openValues } from '../record-columns.ts'
import { isErased as waitsToBeDeleted } from '../leaving/store/leavings.ts'
import { dutiesOver, gridName, reachRecord, readerOf, viewRecord } from '../sight.ts'
import { listChanges } from '../store/changes.ts'
import { listHomes } from '../store/links.ts'
import { findMade, findRecords, type RecordRow } from '../store/records.ts'
import { addressesOf } from './addresses.ts'

type Reply = ReplyOf<typeof promise>

export async function getRecord(ctx: Asking, ask: AskOf<typeof promise>): Promise<Reply> {
  const { row, kind } = await reachRecord(ctx, ask.id, 'registry.read')
  const book = await fieldBook(ctx, ctx.caller.countyCode)
  const shown = ask.on === undefined ? row : await asOf(ctx, kind, row, Date.parse(`${ask.on}T23:59:59+08:00`))
  if (kind === 'person') ctx.look('registry.person-looked', row.id, ask.on === undefined ? {} : { on: ask.on })
  const record = viewRecord(readerOf(ctx, book), kind, shown)
  const isErased = kind === 'person' && (await waitsToBeDeleted(ctx.tx, ctx.caller.countyCode, row))
  return {
    record: isErased ? { ...record, values: {}, origin: {}, canReveal: [] } : record,
    homes: kind === 'person' && !isErased ? await homesOf(ctx, row.id, ask.on) : [],
  }
}

/** @param on the day they are asked of; without one all of them */
async function homesOf(ctx: Asking, personId: string, on: string | undefined): Promise<Reply['homes']> {
  const county = ctx.caller.countyCode
  const all = await listHomes(ctx.tx, county, personId)
  const links = on === undefined ? all : all.filter((l) => l.from_on <= on && (l.to_on === null || l.to_on > on))
  const ids = links.map((l) => l.house_id)
  const houses = await findRecords(ctx.tx, 'house', county, ids)
  const addresses = await addressesOf(ctx, houses)
  const byId = new Map(houses.map((h) => [h.id, h]))
  return links.flatMap((l) => {
    const house = byId.get(l.house_id)
    if (!house) return []
    // A home in somebody else's place is named by its grid alone; a former one, by which he could be followed, not at all.
    const isMine = dutiesOver(ctx, house).duties.has('registry.read')
    if (!isMine && l.to_on !== null) return []
    return {
      linkId: l.id,
      houseId: l.house_id,
      address: isMine ? (addresses.get(house.id) ?? '') : '',
      gridName: gridName(ctx, house),
      role: l.role,
      fromOn: l.from_on,
      toOn: l.to_on,
      isLead: l.is_lead,
    }
  })
}

/** The record as it was at the end of a day. */
async function asOf(ctx: Asking, kind: RecordKind, row: RecordRow, until: number): Promise<RecordRow> {
  const made = await findMade(ctx.tx, kind, ctx.caller.countyCode, row.id)
  if (made > until) refuse('record.not-yet', 404, { since: dayOf(made) })
  const changes = await listChanges(ctx.tx, ctx.caller.countyCode, row.id)
  const later = changes.filter((x) => x.at.getTime() > until)
  const undone = later.map((x) => openChanges(x, ctx.sealer))
  const values = Object.entries(rewind(openValues(row, ctx.sealer), undone))
  const keepsSealed = (code: string) => {
    const spec = specOf(kind, code)
    return spec !== undefined && isSealed(spec)
  }
  return {
    ...row,
    body: Object.fromEntries(values.filter(([code]) => !keepsSealed(code))),
    sealed: Object.fromEntries(
      values
        .filter(([code, v]) => keepsSealed(code) && v !== null)
        .map(([code, v]) => [code, ctx.sealer.seal(String(v), fieldAt(row.id, code))]),
    ),
    version: row.version - later.length,
  }
}
