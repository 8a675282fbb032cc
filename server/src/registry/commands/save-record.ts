/** Save a record (merged by field with what others did meanwhile), confirm it, take a change back. Requirements R2, R8. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf, dayLength } from '@fengge/domain/kernel/time'
import type { confirmRecords, saveRecord, undoChange } from '@fengge/domain/registry/contract'
import { mergeEdit, undoEdit, type FieldChanges } from '@fengge/domain/registry/editing'
import { maskValue, readValue } from '@fengge/domain/registry/fields'
import { completeFromNumber } from '@fengge/domain/registry/identity-number'
import { sightOf } from '@fengge/domain/registry/sight'
import { quietDays, type RecordKind, type Value, type Values } from '@fengge/domain/registry/terms'
import { postsWith, type Post, type Ctx, type Asking } from '../../kernel/context.ts'
import { rowOf, sql, run } from '../../kernel/db/sql.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { fieldBook, type FieldBook } from '../field-book.ts'
import {
  draftRow,
  dueAt,
  findChanges,
  insertChanges,
  insertDrafts,
  kindOf,
  listChanges,
  openChanges,
  openValues,
  sealChanges,
  updateRecord,
  type ChangeRow,
  type RecordRow,
} from '../store/records.ts'
import { placeFor, reachRecord } from '../sight.ts'

/** Values as they are kept, or one refusal that names every field and its fault, never the value. */
export function readValues(book: FieldBook, kind: RecordKind, raw: Values, today: string): Values {
  const values: Record<string, Value> = {}
  const faults: { field: string; fault: string }[] = []
  for (const [code, value] of Object.entries(raw)) {
    const spec = book.field(kind, code)
    if (!spec?.isOn) refuse('field.off', 422, { field: code })
    const read = readValue(spec!, value, today)
    if ('fault' in read) faults.push({ field: code, fault: read.fault })
    else values[code] = read.value
  }
  if (faults.length > 0) refuse('record.fields', 422, { fields: faults })
  return values
}

const origin = (ctx: Asking, source: string) => ({ source, by: ctx.caller.name, at: new Date(ctx.now).toISOString() })

export async function saveOne(ctx: Ctx, ask: AskOf<typeof saveRecord>): Promise<ReplyOf<typeof saveRecord>> {
  const known = await kindOf(ctx.tx, ctx.caller.countyCode, ask.id)
  if (known !== undefined && known !== ask.kind) refuse('record.unknown', 404)
  return known === undefined ? createOne(ctx, ask) : editOne(ctx, ask)
}

/** Where a new record belongs: its parent's place, else the named one, which must lie within a post of the writer. */
async function homeOf(ctx: Asking, ask: AskOf<typeof saveRecord>): Promise<{ placeId: string; post: Post }> {
  const parentKind: Partial<Record<RecordKind, RecordKind[]>> = {
    building: ['estate'],
    house: ['building', 'estate'],
    unit: ['house', 'building', 'estate'],
  }
  let placeId = ask.placeId
  if (ask.parentId !== null) {
    const { row, kind } = await reachRecord(ctx, ask.parentId, 'registry.read')
    if (!parentKind[ask.kind]?.includes(kind)) refuse('record.out-of-place', 422)
    placeId = row.grid_id ?? placeId ?? row.village_id ?? undefined
  } else if (parentKind[ask.kind] && ask.kind !== 'unit') refuse('record.out-of-place', 422)
  const posts = postsWith(ctx.caller, 'registry.write').filter((p) => p.departmentId === null)
  const at = placeId ?? posts[0]?.placeId ?? refuse('record.out-of-place', 422)
  const tree = placeTree()
  const node = tree.get(at)
  const post = posts.find((p) => tree.contains(p.placeId, at) || tree.get(p.placeId)?.parentId === at)
  if (!node || !post) return refuse('record.out-of-place', 422)
  return { placeId: at, post }
}

async function createOne(ctx: Ctx, ask: AskOf<typeof saveRecord>): Promise<ReplyOf<typeof saveRecord>> {
  if (ask.version !== 0) refuse('record.unknown', 404)
  const book = await fieldBook(ctx.tx, ctx.caller.countyCode)
  const { placeId, post } = await homeOf(ctx, ask)
  const required = Object.fromEntries(
    book
      .fields(ask.kind)
      .filter((f) => f.isRequired)
      .map((f) => [f.code, null]),
  )
  const values = completeFromNumber(readValues(book, ask.kind, { ...required, ...ask.values }, dayOf(ctx.now)))
  const county = ctx.caller.countyCode
  const draft = {
    id: ask.id,
    kind: ask.kind,
    county,
    values,
    place: placeFor(placeId),
    parentId: ask.parentId,
    origin: { '*': origin(ctx, ask.source) },
    now: ctx.now,
    batchId: null,
  }
  await run(ctx.tx, insertDrafts(ask.kind, [draftRow(draft, ctx.sealer)]))
  const fields: FieldChanges = Object.fromEntries(
    Object.entries(values)
      .filter(([, v]) => v !== null)
      .map(([code, to]) => [code, { from: null, to }]),
  )
  await saveChange(ctx, ask.kind, ask.id, 1, 'create', fields, ask)
  ctx.tell(`registry.${ask.kind}-created`, { source: ask.source, onBehalf: ask.onBehalfOf !== '' }, ask.id, post)
  return { id: ask.id, version: 1, changed: Object.keys(fields), merged: false }
}

async function editOne(ctx: Ctx, ask: AskOf<typeof saveRecord>): Promise<ReplyOf<typeof saveRecord>> {
  const { row, kind, duties, post } = await reachRecord(ctx, ask.id, 'registry.write', true)
  if (row.state !== 'live' || ask.version < 1 || ask.version > row.version)
    refuse('record.stale', 409, { version: row.version })
  const book = await fieldBook(ctx.tx, ctx.caller.countyCode)
  const before = openValues(row, ctx.sealer)
  const wanted = completeFromNumber(readValues(book, kind, ask.values, dayOf(ctx.now)), before)
  for (const code of Object.keys(wanted))
    if (
      code in ask.values &&
      sightOf(book.field(kind, code)!, duties, 'screen') === 'hidden' &&
      (before[code] ?? null) !== null
    )
      refuse('field.not-yours', 403, { field: code })
  const later =
    ask.version === row.version
      ? []
      : (await listChanges(ctx.tx, ctx.caller.countyCode, row.id)).filter((c) => c.version > ask.version)
  const since = new Set(later.flatMap((c) => Object.keys(c.fields)))
  const { values, changes, clashes } = mergeEdit(before, wanted, since)
  if (clashes.length > 0) {
    // The other's value is shown as the editor may see it.
    const show = (code: string, v: Value) => {
      const spec = book.field(kind, code)!
      return sightOf(spec, duties, 'screen') === 'plain' ? v : maskValue(spec, v)
    }
    refuse('record.stale', 409, {
      version: row.version,
      clashes: clashes.map((c) => ({ field: c.field, theirs: show(c.field, c.theirs), yours: show(c.field, c.yours) })),
    })
  }
  const changed = Object.keys(changes)
  const mark = origin(ctx, ask.source)
  await updateRecord(
    ctx.tx,
    kind,
    row,
    values,
    new Set(changed),
    { ...row.origin, ...Object.fromEntries(Object.keys(wanted).map((c) => [c, mark])) },
    ctx.now,
    ctx.sealer,
  )
  await saveChange(ctx, kind, row.id, row.version + 1, changed.length === 0 ? 'confirm' : 'edit', changes, ask)
  ctx.tell(
    `registry.${kind}-changed`,
    { fields: changed, source: ask.source, onBehalf: ask.onBehalfOf !== '' },
    row.id,
    post,
  )
  return { id: row.id, version: row.version + 1, changed, merged: since.size > 0 }
}

export async function saveChange(
  ctx: Ctx,
  kind: RecordKind,
  recordId: string,
  version: number,
  what: string,
  fields: FieldChanges,
  by: { source: string; reason: string; onBehalfOf?: string },
  more: Record<string, unknown> = {},
): Promise<string> {
  const id = freshId(ctx.now)
  const behalf = by.onBehalfOf ? { onBehalfOf: by.onBehalfOf } : {}
  await run(
    ctx.tx,
    insertChanges(ctx.caller.countyCode, [
      {
        id,
        kind,
        record_id: recordId,
        version,
        what,
        at: new Date(ctx.now),
        account_id: ctx.caller.accountId,
        by_name: ctx.caller.name,
        source: by.source,
        reason: by.reason,
        fields: sealChanges(kind, fields, ctx.sealer),
        more: { ...more, ...behalf },
      },
    ]),
  )
  return id
}

/** One tap: everything on the page is still so. A household asked within ninety days is asked again only with a reason. */
export async function confirm(ctx: Ctx, ask: AskOf<typeof confirmRecords>): Promise<ReplyOf<typeof confirmRecords>> {
  if (ask.houseId !== null && ask.isAsked) {
    const { row } = await reachRecord(ctx, ask.houseId, 'registry.write', true)
    const asked = row.last_asked_at?.getTime()
    if (asked !== undefined && ctx.now - asked < quietDays * dayLength && ask.reason === '')
      refuse('household.asked-recently', 409, { askedAt: new Date(asked).toISOString(), quietDays })
    await run(
      ctx.tx,
      sql`
        update registry.house
        set last_asked_at = ${new Date(ctx.now)}
        where county_code = ${ctx.caller.countyCode} and id = ${ask.houseId}
      `,
    )
  }
  for (const id of new Set(ask.ids)) {
    const { row, kind, post } = await reachRecord(ctx, id, 'registry.write', true)
    const mark = origin(ctx, ask.source)
    await run(
      ctx.tx,
      sql`
        update ${sql.table(`registry.${kind}`)}
        set
          confirmed_at = ${new Date(ctx.now)}, due_at = ${dueAt(kind, row.body, ctx.now)},
          origin = ${JSON.stringify({ '*': mark })}::jsonb, version = version + 1, changed_at = ${new Date(ctx.now)}
        where county_code = ${ctx.caller.countyCode} and id = ${id}
      `,
    )
    await saveChange(ctx, kind, id, row.version + 1, 'confirm', {}, ask, {
      origin: row.origin,
      confirmedAt: row.confirmed_at?.toISOString() ?? null,
    })
    ctx.tell(`registry.${kind}-confirmed`, { isAsked: ask.isAsked }, id, post)
  }
  return { confirmed: new Set(ask.ids).size }
}

/** Takes one change back, field by field; what was changed again since stays and is named. */
export async function undo(ctx: Ctx, ask: AskOf<typeof undoChange>): Promise<ReplyOf<typeof undoChange>> {
  const change = await lockChange(ctx, ask.changeId)
  if (!['edit', 'undo', 'create'].includes(change.what) || change.undone_by !== null) refuse('change.not-undoable', 409)
  const { row, kind, post } = await reachRecord(ctx, change.record_id, 'registry.correct', true)
  if (change.what === 'create') return removeCreated(ctx, row, kind, change, ask.reason)
  const now = openValues(row, ctx.sealer)
  const back = undoEdit(now, openChanges(kind, change.fields, ctx.sealer))
  const undone = Object.keys(back.changes)
  if (undone.length === 0) refuse('change.not-undoable', 409, { kept: back.kept })
  await updateRecord(ctx.tx, kind, row, back.values, new Set(undone), row.origin, ctx.now, ctx.sealer, false)
  const id = await saveChange(
    ctx,
    kind,
    row.id,
    row.version + 1,
    'undo',
    back.changes,
    { source: 'grid-worker', reason: ask.reason },
    { of: change.id },
  )
  await markUndone(ctx, change.id, id)
  ctx.tell(`registry.${kind}-undone`, { fields: undone, change: change.id }, row.id, post)
  return { undone, kept: [...back.kept] }
}

/** A record made by mistake goes, as long as nobody has built on it. */
async function removeCreated(
  ctx: Ctx,
  row: RecordRow,
  kind: RecordKind,
  change: ChangeRow,
  reason: string,
): Promise<ReplyOf<typeof undoChange>> {
  if (
    row.version !== 1 ||
    row.state !== 'live' ||
    (await rowOf(
      ctx.tx,
      sql`
        select 1
        from registry.link
        where county_code = ${ctx.caller.countyCode} and (person_id = ${row.id} or house_id = ${row.id})
        limit 1
      `,
    ))
  )
    refuse('change.not-undoable', 409)
  await run(
    ctx.tx,
    sql`
      update ${sql.table(`registry.${kind}`)}
      set state = 'gone', version = version + 1
      where county_code = ${ctx.caller.countyCode} and id = ${row.id}
    `,
  )
  const id = await saveChange(
    ctx,
    kind,
    row.id,
    row.version + 1,
    'gone',
    {},
    { source: 'grid-worker', reason },
    { of: change.id },
  )
  await markUndone(ctx, change.id, id)
  ctx.tell(`registry.${kind}-gone`, {}, row.id)
  return { undone: ['*'], kept: [] }
}

export async function lockChange(ctx: Asking, id: string): Promise<ChangeRow> {
  const [change] = await findChanges(ctx.tx, ctx.caller.countyCode, sql`id = ${id} for update`)
  return change ?? refuse('record.unknown', 404)
}
export async function markUndone(ctx: Ctx, changeId: string, by: string): Promise<void> {
  await run(
    ctx.tx,
    sql`
      update registry.change
      set undone_by = ${by}
      where county_code = ${ctx.caller.countyCode} and id = ${changeId}
    `,
  )
}
