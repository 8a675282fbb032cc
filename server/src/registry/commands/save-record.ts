/** A record is made, or merged by field with what others did meanwhile. Requirement R2. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { saveRecord as promise } from '@fengge/domain/registry/contract'
import { mergeEdit, type Clash, type FieldChanges } from '@fengge/domain/registry/editing'
import { warnOfNumber } from '@fengge/domain/registry/documents/dummy-numbers'
import { recordChanged, recordCreated } from '@fengge/domain/registry/facts'
import { maskValue } from '@fengge/domain/registry/fields'
import { completeFromNumber } from '@fengge/domain/registry/identity-number'
import { sightOf } from '@fengge/domain/registry/sight'
import { parentKinds, sourceFor, type Source, type Values } from '@fengge/domain/registry/terms'
import { postsWith, type Asking, type Ctx, type Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { dayBook } from '../days/day-book.ts'
import { fieldBook, type FieldBook } from '../field-book.ts'
import { markOf } from '../provenance.ts'
import { readValues } from '../read-values.ts'
import { checkEstate } from '../estate-book.ts'
import { checkAliases, deskAt, withNamesSaid } from './estate-names.ts'
import { draftRow, openValues } from '../record-columns.ts'
import { microsOf } from '../micros.ts'
import { lockRecord, placeFor, reachRecord, type Reached } from '../sight.ts'
import { listChanges, saveChange } from '../store/changes.ts'
import { stopSameNumber } from '../stop-same-number.ts'
import { findKind, saveDraft, saveVouched, updateRecord } from '../store/records.ts'

type Ask = AskOf<typeof promise>
type Reply = ReplyOf<typeof promise>

export async function saveRecord(ctx: Ctx, ask: Ask): Promise<Reply> {
  const known = await findKind(ctx.tx, ctx.caller.countyCode, ask.id)
  if (known !== undefined && known !== ask.kind) refuse('record.unknown', 404)
  return known === undefined ? createRecord(ctx, ask) : editRecord(ctx, ask)
}

async function createRecord(ctx: Ctx, ask: Ask): Promise<Reply> {
  if (ask.version !== 0) refuse('record.unknown', 404)
  const book = await fieldBook(ctx, ctx.caller.countyCode)
  const { placeId, post } = await homeOf(ctx, ask)
  const source = sourceFor(post, ask.source)
  const required = book.fields(ask.kind).filter((f) => f.isRequired)
  const isDesk = deskAt(ctx, placeId)
  const given = ask.kind === 'estate' ? withNamesSaid(ask.values, {}, isDesk) : ask.values
  const asked = { ...Object.fromEntries(required.map((f) => [f.code, null])), ...given }
  const values = completeFromNumber(readValues(book, ask.kind, asked, { today: dayOf(ctx.now) }))
  const draft = {
    id: ask.id,
    kind: ask.kind,
    county: ctx.caller.countyCode,
    values,
    place: placeFor(ctx, placeId),
    parentId: ask.parentId,
    origin: { '*': markOf(ctx, source) },
    now: ctx.now,
    batchId: null,
    microId: ask.kind === 'house' ? await microOf(ctx, ask.parentId, placeFor(ctx, placeId).gridId) : null,
  }
  if (ask.kind === 'estate') {
    await checkEstate(ctx, String(values['name'] ?? ''), draft.place, ask.isOther)
    await checkAliases(ctx, { id: ask.id, villageId: draft.place.villageId, before: {}, values })
  }
  if (ask.kind === 'person' && !ask.isOther) await stopSameNumber(ctx, values, ask.id)
  await saveDraft(ctx.tx, ask.kind, draftRow(draft, ctx.sealer, await dayBook(ctx, draft.county)))
  if (ask.kind === 'estate') await saveVouched(ctx.tx, { county_code: draft.county, id: ask.id }, isDesk)
  const told = Object.entries(values).filter(([, v]) => v !== null)
  const fields: FieldChanges = Object.fromEntries(told.map(([code, to]) => [code, { from: null, to }]))
  await keepHistory(ctx, ask, { version: 1, what: 'create', source, fields })
  ctx.tell(recordCreated[ask.kind], { source, onBehalf: ask.onBehalfOf !== '' }, ask.id, post)
  return { id: ask.id, version: 1, changed: Object.keys(fields), merged: false, warnings: warningsOf(ctx, values) }
}

async function microOf(ctx: Asking, buildingId: string | null, gridId: string | null): Promise<string | null> {
  return (await microsOf(ctx, ctx.caller.countyCode, buildingId === null ? [] : [buildingId]))(buildingId, gridId)
}

/** What of the values just written is worth a second look. */
function warningsOf(ctx: Asking, values: Values): Reply['warnings'] {
  const warning = warnOfNumber(values['idNo'], dayOf(ctx.now))
  return warning === undefined ? [] : [{ field: 'idNo', warning }]
}

/** Where a new record belongs: its parent's place, else the named one, which must lie within a post of the writer. */
async function homeOf(ctx: Asking, ask: Ask): Promise<{ placeId: string; post: Post }> {
  const posts = postsWith(ctx.caller, 'registry.write').filter((p) => p.departmentId === null)
  const at = (await placeOfParent(ctx, ask)) ?? posts[0]?.placeId ?? refuse('record.out-of-place', 422)
  const tree = placeTree(ctx)
  // Who cares for a micro-grid writes in its grid, as he reads there.
  const isAt = (place: string) => {
    const node = tree.get(place)
    return tree.contains(place, at) || (node?.tier === 'micro' && node.parentId === at)
  }
  const post = posts.find((p) => isAt(p.placeId))
  if (!tree.get(at) || !post) return refuse('record.out-of-place', 422)
  return { placeId: at, post }
}

/** A building stands in an estate and a room in a building; a firm may stand alone. */
async function placeOfParent(ctx: Asking, ask: Ask): Promise<string | undefined> {
  const allowed = parentKinds[ask.kind]
  if (ask.parentId === null) {
    if (allowed.length > 0 && ask.kind !== 'unit') refuse('record.out-of-place', 422)
    return ask.placeId
  }
  const { row, kind } = await reachRecord(ctx, ask.parentId, 'registry.read')
  if (!allowed.includes(kind) || row.state !== 'live') refuse('record.out-of-place', 422)
  return row.grid_id ?? ask.placeId ?? row.village_id ?? undefined
}

async function editRecord(ctx: Ctx, ask: Ask): Promise<Reply> {
  const reached = await lockRecord(ctx, ask.id, 'registry.write')
  const { row, kind, post } = reached
  if (row.state !== 'live' || ask.version < 1 || ask.version > row.version)
    refuse('record.stale', 409, { version: row.version })
  const book = await fieldBook(ctx, ctx.caller.countyCode)
  const before = openValues(row, ctx.sealer)
  const isDesk = reached.duties.has('registry.correct')
  const given = kind === 'estate' ? withNamesSaid(ask.values, before, isDesk) : ask.values
  const wanted = completeFromNumber(readValues(book, kind, given, { today: dayOf(ctx.now), before }), before)
  refuseUnseen(book, reached, given, before)
  const since = await changedSince(ctx, row.id, { from: ask.version, to: row.version })
  const { values, changes, clashes } = mergeEdit(before, wanted, since, unseenOf(book, reached))
  if (clashes.length > 0) refuseClashes(book, reached, clashes)
  const changed = Object.keys(changes)
  if (kind === 'person' && changed.includes('idNo') && !ask.isOther) await stopSameNumber(ctx, values, row.id)
  if (kind === 'estate') {
    await checkAliases(ctx, { id: row.id, villageId: row.village_id, before, values })
    if (isDesk || changed.includes('name')) await saveVouched(ctx.tx, row, isDesk)
  }
  const source = sourceFor(post, ask.source)
  const mark = markOf(ctx, source)
  const origin = { ...row.origin, ...Object.fromEntries(Object.keys(wanted).map((code) => [code, mark])) }
  await updateRecord(ctx, kind, row, { values, changed: new Set(changed), origin, isConfirmed: true })
  const what = changed.length === 0 ? 'confirm' : 'edit'
  await keepHistory(ctx, ask, { version: row.version + 1, what, source, fields: changes })
  const detail = { fields: changed, source, onBehalf: ask.onBehalfOf !== '' }
  ctx.tell(recordChanged[kind], detail, row.id, post)
  return {
    id: row.id,
    version: row.version + 1,
    changed,
    merged: since.size > 0,
    warnings: warningsOf(ctx, ask.values),
  }
}

/** Fields that the editor does not see in the clear: whether he guessed the value must not show. */
const unseenOf = (book: FieldBook, { kind, duties }: Reached): ReadonlySet<string> =>
  new Set(
    book
      .fields(kind)
      .filter((spec) => sightOf(spec, duties, 'screen') !== 'plain')
      .map((spec) => spec.code),
  )

/** Nobody overwrites a value that he may not see. */
function refuseUnseen(book: FieldBook, { kind, duties }: Reached, asked: Values, before: Values): void {
  for (const code of Object.keys(asked))
    if (sightOf(book.field(kind, code)!, duties, 'screen') === 'hidden' && (before[code] ?? null) !== null)
      refuse('field.not-yours', 403, { field: code })
}

/** Fields that others changed after the version the editor saw. */
async function changedSince(
  ctx: Asking,
  id: string,
  versions: { from: number; to: number },
): Promise<ReadonlySet<string>> {
  if (versions.from === versions.to) return new Set()
  const changes = await listChanges(ctx.tx, ctx.caller.countyCode, id)
  return new Set(changes.filter((c) => c.version > versions.from).flatMap((c) => Object.keys(c.fields)))
}

/** The other's value is shown as the editor may see it. */
function refuseClashes(book: FieldBook, { kind, row, duties }: Reached, clashes: readonly Clash[]): never {
  const shown = clashes.map(({ field, theirs, yours }) => {
    const spec = book.field(kind, field)!
    const show = (v: typeof theirs) => (sightOf(spec, duties, 'screen') === 'plain' ? v : maskValue(spec, v))
    return { field, theirs: show(theirs), yours: show(yours) }
  })
  return refuse('record.stale', 409, { version: row.version, clashes: shown })
}

function keepHistory(
  ctx: Ctx,
  ask: Ask,
  done: { version: number; what: string; source: Source; fields: FieldChanges },
): Promise<string> {
  const { id: recordId, kind, reason, onBehalfOf } = ask
  return saveChange(ctx, { kind, recordId, reason, onBehalfOf, ...done })
}
