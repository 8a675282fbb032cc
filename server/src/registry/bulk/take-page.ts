/** Writes the good rows of a page: finds who is there already, adds who is not, and changes only what differs. */
import { mergeEdit } from '@fengge/domain/registry/editing'
import type { ImportKind } from '@fengge/domain/registry/bulk-contract'
import type { Provenance, RecordKind, Values } from '@fengge/domain/registry/terms'
import type { Ctx, Asking } from '../../kernel/context.ts'
import { rowsOf, sql, run } from '../../kernel/db/sql.ts'
import { insertInto } from '../../kernel/db/sink.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { draftRow, openValues, sealChanges } from '../record-columns.ts'
import { placeFor } from '../sight.ts'
import { insertChanges, type FreshChange } from '../store/changes.ts'
import { insertDrafts, selectPersons, selectRecords, updateRecord, type RecordRow } from '../store/records.ts'
import { within } from '../store/within.ts'
import type { GoodRow } from './judge-rows.ts'
import type { Rooms } from './rooms.ts'

export interface PageCounts {
  created: number
  changed: number
  same: number
}
interface Batch {
  readonly county_code: string
  readonly id: string
  readonly kind: ImportKind
  readonly place_id: string
}
type Mark = Provenance

export async function takePage(
  ctx: Ctx,
  batch: Batch,
  rows: readonly GoodRow[],
  rooms: Rooms,
  mark: Mark,
  isReal: boolean,
): Promise<PageCounts> {
  await rooms.load(rows.map((r) => r.room))
  if (batch.kind === 'house') return takeHouses(ctx, batch, rows, rooms, mark, isReal)
  const known = batch.kind === 'person' ? await findPersons(ctx, rows) : await findUnits(ctx, rows)
  const counts = { created: 0, changed: 0, same: 0 }
  const drafts: object[] = [],
    changes: FreshChange[] = [],
    links: Tie[] = []
  for (const row of rows) {
    const key = keyOf(batch.kind, row)
    const home = row.room && rooms.make(row.room, row.gridId ?? batch.place_id, {}).found
    const there = known.get(key)
    const id = there?.id ?? freshId(ctx.now)
    if (home) links.push({ personId: id, houseId: home.id, role: row.role, fromOn: row.fromOn, isNew: !there })
    if (there) counts[(await editRow(ctx, batch, there, row.values, mark, changes, isReal)) ? 'changed' : 'same']++
    else {
      counts.created++
      drafts.push(
        draftRow(
          {
            id,
            kind: batch.kind,
            county: batch.county_code,
            values: row.values,
            place: placeFor(row.gridId ?? home?.placeId ?? batch.place_id),
            parentId: null,
            origin: { '*': mark },
            now: ctx.now,
            batchId: batch.id,
          },
          ctx.sealer,
        ),
      )
      known.set(key, { id } as RecordRow)
    }
  }
  if (!isReal) return counts
  if (drafts.length > 0) await run(ctx.tx, insertDrafts(batch.kind, drafts))
  if (changes.length > 0) await run(ctx.tx, insertChanges(batch.county_code, changes))
  if (links.length > 0) await tie(ctx, batch, links)
  return counts
}

/** What makes two rows one: the number, else phone or birth day with the name, else the name alone among those of whom nothing else is known; for a firm its credit code, else its name. */
function keyOf(kind: ImportKind, row: GoodRow): string {
  const v = row.values
  if (kind === 'unit') return v['creditCode'] ? `c${String(v['creditCode'])}` : `n${String(v['name'])}`
  return v['idNo']
    ? `i${String(v['idNo'])}`
    : v['phone']
      ? `p${String(v['phone'])}/${String(v['name'])}`
      : v['born']
        ? `b${String(v['born'])}/${String(v['name'])}`
        : `m${String(v['name'])}`
}

async function findPersons(ctx: Asking, rows: readonly GoodRow[]): Promise<Map<string, RecordRow>> {
  const known = new Map<string, RecordRow>()
  const byIndex = new Map<string, string>()
  const add = (into: string[], prefix: string, value: unknown, key: string) => {
    for (const index of ctx.sealer.indexes(`${prefix}:${String(value)}`)) {
      into.push(index)
      byIndex.set(index, key)
    }
  }
  const ids: string[] = [],
    phones: string[] = [],
    born: string[] = [],
    names: string[] = [],
    bare: string[] = []
  for (const { values: v } of rows) {
    if (v['idNo']) add(ids, 'id', v['idNo'], `i${String(v['idNo'])}`)
    else if (v['phone']) add(phones, 'phone', v['phone'], `p${String(v['phone'])}`)
    else if (v['born']) {
      born.push(String(v['born']))
      names.push(String(v['name']))
    } else bare.push(String(v['name']))
  }
  const county = ctx.caller.countyCode
  const find = (where: ReturnType<typeof sql>) =>
    rowsOf(ctx.tx, selectPersons(sql`where r.county_code = ${county} and r.state = 'live' and ${where}`))
  if (ids.length > 0)
    for (const r of await find(sql`r.id_index = any(${ids}::text[])`)) known.set(byIndex.get(r.id_index!)!, r)
  if (phones.length > 0)
    for (const r of await find(sql`r.phone_index = any(${phones}::text[])`))
      known.set(`${byIndex.get(r.phone_index!)!}/${r.name}`, r)
  if (born.length > 0)
    for (const r of await find(sql`(r.born, r.name) in (select * from unnest(${born}::date[], ${names}::text[]))`))
      if (r.id_index === null) known.set(`b${r.born}/${r.name}`, r)
  if (bare.length > 0)
    for (const r of await find(
      sql`
        r.name = any(${bare}::text[])
        and r.id_index is null
        and r.phone_index is null
        and r.born is null
        and ${within(ctx.caller, 'registry.import')}
      `,
    ))
      known.set(`m${r.name}`, r)
  return known
}

async function findUnits(ctx: Asking, rows: readonly GoodRow[]): Promise<Map<string, RecordRow>> {
  const codes = rows.flatMap((r) => (r.values['creditCode'] ? [String(r.values['creditCode'])] : [])),
    names = rows.flatMap((r) => (r.values['creditCode'] ? [] : [String(r.values['name'])]))
  const found = await rowsOf(
    ctx.tx,
    selectRecords(
      'unit',
      sql`
        where r.county_code = ${ctx.caller.countyCode}
          and r.state = 'live'
          and (r.body ->> 'creditCode' = any(${codes}::text[]) or r.name = any(${names}::text[]))
      `,
    ),
  )
  return new Map(
    found.flatMap((r): [string, RecordRow][] => [
      ...(r.body['creditCode'] ? [[`c${String(r.body['creditCode'])}`, r] as [string, RecordRow]] : []),
      [`n${r.name}`, r],
    ]),
  )
}

async function editRow(
  ctx: Ctx,
  batch: Batch,
  there: RecordRow,
  wanted: Values,
  mark: Mark,
  changes: FreshChange[],
  isReal: boolean,
): Promise<boolean> {
  // A row that this very file has just added: a second room of the same person.
  if (there.body === undefined) return false
  const given = Object.fromEntries(Object.entries(wanted).filter(([, v]) => v !== null))
  const edit = mergeEdit(openValues(there, ctx.sealer), given, new Set())
  const changed = Object.keys(edit.changes)
  if (changed.length === 0 || !isReal) return changed.length > 0
  const kind: RecordKind = batch.kind
  await updateRecord(ctx, kind, there, {
    values: edit.values,
    changed: new Set(changed),
    origin: { ...there.origin, ...Object.fromEntries(changed.map((c) => [c, mark])) },
    isConfirmed: true,
  })
  changes.push({
    id: freshId(ctx.now),
    kind,
    record_id: there.id,
    version: there.version + 1,
    what: 'edit',
    at: new Date(ctx.now),
    account_id: ctx.caller.accountId,
    by_name: ctx.caller.name,
    source: 'import',
    reason: '',
    fields: sealChanges(kind, edit.changes, ctx.sealer),
    more: {},
    batch_id: batch.id,
  })
  return true
}

async function takeHouses(
  ctx: Ctx,
  batch: Batch,
  rows: readonly GoodRow[],
  rooms: Rooms,
  mark: Mark,
  isReal: boolean,
): Promise<PageCounts> {
  const counts = { created: 0, changed: 0, same: 0 }
  const changes: FreshChange[] = []
  const old: { row: GoodRow; id: string }[] = []
  for (const row of rows) {
    const { found, isNew } = rooms.make(row.room!, row.gridId ?? batch.place_id, row.values)
    if (isNew) counts.created++
    else old.push({ row, id: found.id })
  }
  const there = new Map(
    (
      await rowsOf(
        ctx.tx,
        selectRecords(
          'house',
          sql`where r.county_code = ${batch.county_code} and r.id = any(${old.map((o) => o.id)}::uuid[])`,
        ),
      )
    ).map((r) => [r.id, r]),
  )
  for (const { row, id } of old)
    counts[
      there.has(id) &&
      (await editRow(
        ctx,
        batch,
        there.get(id)!,
        { ...row.values, unitNo: there.get(id)!.body['unitNo'] ?? null },
        mark,
        changes,
        isReal,
      ))
        ? 'changed'
        : 'same'
    ]++
  if (isReal && changes.length > 0) await run(ctx.tx, insertChanges(batch.county_code, changes))
  return counts
}

interface Tie {
  readonly personId: string
  readonly houseId: string
  readonly role: string
  readonly fromOn: string | null
  readonly isNew: boolean
}
const linkSink = insertInto(
  'registry.link',
  {
    county_code: 'text',
    id: 'uuid',
    person_id: 'uuid',
    house_id: 'uuid',
    role: 'text',
    from_on: 'date',
    basis: 'text',
    is_lead: 'boolean',
    batch_id: 'uuid',
  },
  {},
  'on conflict do nothing',
)

/** Links people with their homes; who has none yet gets this one as the home whose grid answers for him. */
async function tie(ctx: Ctx, batch: Batch, ties: readonly Tie[]): Promise<void> {
  const old = [...new Set(ties.filter((t) => !t.isNew).map((t) => t.personId))]
  const there =
    old.length === 0
      ? []
      : await rowsOf<{ person_id: string; house_id: string; role: string; is_lead: boolean }>(
          ctx.tx,
          sql`
            select person_id, house_id, role, is_lead
            from registry.link
            where county_code = ${batch.county_code} and person_id = any(${old}::uuid[]) and to_on is null
          `,
        )
  const known = new Set(there.map((l) => `${l.person_id}/${l.house_id}/${l.role}`)),
    led = new Set(there.filter((l) => l.is_lead).map((l) => l.person_id))
  const today = new Date(ctx.now + 8 * 3_600_000).toISOString().slice(0, 10)
  const rows = ties.flatMap((t) => {
    if (known.has(`${t.personId}/${t.houseId}/${t.role}`)) return []
    known.add(`${t.personId}/${t.houseId}/${t.role}`)
    const isLead = t.role !== 'owner' && !led.has(t.personId)
    if (isLead) led.add(t.personId)
    return [
      {
        county_code: batch.county_code,
        id: freshId(ctx.now),
        person_id: t.personId,
        house_id: t.houseId,
        role: t.role,
        from_on: t.fromOn ?? today,
        basis: '导入',
        is_lead: isLead,
        batch_id: batch.id,
      },
    ]
  })
  if (rows.length > 0) await run(ctx.tx, linkSink.into(rows))
}
