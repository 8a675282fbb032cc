/**
 * Key populations: kept by their keeper alone, sealed; others learn that a visit is due and what to mind (R3, domain.md
 * B3). The keeper writes without seeing what is there: what he leaves out stays.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import {
  careSaveQuota,
  editCareValues,
  strayCareValue,
  type CareValues,
} from '@fengge/domain/registry/care/key-populations'
import { dayLength } from '@fengge/domain/kernel/time'
import type { saveOverlay as promise } from '@fengge/domain/registry/care/contract'
import { overlaySaved } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { reachRecord } from '../sight.ts'
import {
  careAt,
  careValuesAt,
  countFormer,
  keepFormer,
  lockOverlay,
  saveOverlayRow,
  type OverlayRow,
} from '../store/overlays.ts'

type Ask = AskOf<typeof promise>

export async function saveOverlay(ctx: Ctx, ask: Ask): Promise<ReplyOf<typeof promise>> {
  const { kind, post } = await reachRecord(ctx, ask.personId, 'overlay.keep')
  if (kind !== 'person') refuse('record.unknown', 404)
  const stray = strayCareValue(ask.kind, ask.values)
  if (stray !== undefined) refuse('care.field', 422, { field: stray })
  if (ask.endedOn !== null && ask.endedOn < ask.startedOn) refuse('care.dates', 422)
  const county = ctx.caller.countyCode
  const known = await lockOverlay(ctx.tx, county, ask.id)
  if (known && known.person_id !== ask.personId) refuse('record.unknown', 404)
  if (known?.kind === ask.kind && !saysAnew(ctx, ask, known)) return { done: true }
  if (known) await keepFormerOf(ctx, known)
  const isSaved = await saveOverlayRow(ctx.tx, county, {
    id: ask.id,
    person_id: ask.personId,
    kind: ask.kind,
    ...sealedOf(ctx, ask, known),
    visit_days: ask.visitDays,
    cautions: ask.cautions,
    started_on: ask.startedOn,
    ended_on: ask.endedOn,
  })
  if (!isSaved) refuse('record.unknown', 404)
  // The journal keeps that it was done and to which fields, not what they say.
  const { personId } = ask
  const detail = { fields: writtenBy(ask, known) }
  await announce(ctx, overlaySaved, { personId }, { detail, subject: personId, post: post ?? null })
  return { done: true }
}

async function keepFormerOf(ctx: Ctx, known: OverlayRow): Promise<void> {
  const county = ctx.caller.countyCode
  const written = await countFormer(ctx.tx, county, { overlayId: known.id, since: ctx.now - dayLength })
  if (written >= careSaveQuota) refuse('care.quota', 429, { most: careSaveQuota })
  await keepFormer(ctx.tx, county, known, { id: freshId(ctx.now), at: ctx.now, name: ctx.caller.name })
}

/** Whether anything would stand there other than it does: else nothing is kept, so that no number of saves hides what was. */
function saysAnew({ sealer }: Ctx, ask: Ask, known: OverlayRow): boolean {
  const isOther = ask.facts !== undefined && ask.facts !== sealer.open(known.sealed, careAt(known.id))
  const before = openCareValues(sealer, known)
  const shown = (values: CareValues) => JSON.stringify(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return isOther || shown(before) !== shown(editCareValues(before, ask.values)) || writtenOpen(ask, known).length > 0
}

/** The fields that are written: of what is sealed all that are told, of the rest those that are other than they were. */
const writtenBy = (ask: Ask, known: OverlayRow | undefined): string[] => [
  ...(ask.facts === undefined ? [] : ['facts']),
  ...Object.keys(ask.values),
  ...writtenOpen(ask, known),
]

function writtenOpen(ask: Ask, known: OverlayRow | undefined): string[] {
  const isOther = {
    visitDays: known?.visit_days !== ask.visitDays,
    cautions: known?.cautions.join() !== ask.cautions.join(),
    endedOn: (known?.ended_on ?? null) !== ask.endedOn,
  }
  return Object.entries(isOther).flatMap(([field, is]) => (is ? [field] : []))
}

/** What is sealed from now on: what is told anew, and what stood there. */
function sealedOf(
  { sealer }: Ctx,
  ask: Ask,
  known: OverlayRow | undefined,
): Pick<OverlayRow, 'sealed' | 'values_sealed'> {
  const isKept = ask.facts === undefined && known !== undefined
  const before = openCareValues(sealer, known)
  return {
    sealed: isKept ? known.sealed : sealer.seal(ask.facts ?? '', careAt(ask.id)),
    values_sealed: sealer.seal(JSON.stringify(editCareValues(before, ask.values)), careValuesAt(ask.id)),
  }
}

/** The fields of a reason of care, in the clear. */
export const openCareValues = (
  sealer: Ctx['sealer'],
  row: Pick<OverlayRow, 'id' | 'values_sealed'> | undefined,
): CareValues =>
  row?.values_sealed ? (JSON.parse(sealer.open(row.values_sealed, careValuesAt(row.id))) as CareValues) : {}
