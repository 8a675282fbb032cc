/**
 * Key populations: kept by their keeper alone, sealed; others learn that a visit is due and what to mind (R3, domain.md
 * B3). The keeper writes without seeing what is there: what he leaves out stays.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { editCareValues, strayCareValue, type CareValues } from '@fengge/domain/registry/care/key-populations'
import type { saveOverlay as promise } from '@fengge/domain/registry/care/contract'
import { overlaySaved } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { reachRecord } from '../sight.ts'
import { careAt, careValuesAt, keepFormer, lockOverlay, saveOverlayRow, type OverlayRow } from '../store/overlays.ts'

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
  if (known) await keepFormer(ctx.tx, county, known, { id: freshId(ctx.now), at: ctx.now, name: ctx.caller.name })
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

/** The fields that are written: of what is sealed all that are told, of the rest those that are other than they were. */
function writtenBy(ask: Ask, known: OverlayRow | undefined): string[] {
  const isOther = {
    visitDays: known?.visit_days !== ask.visitDays,
    cautions: known?.cautions.join() !== ask.cautions.join(),
    endedOn: (known?.ended_on ?? null) !== ask.endedOn,
  }
  const open = Object.entries(isOther).flatMap(([field, is]) => (is ? [field] : []))
  return [...(ask.facts === undefined ? [] : ['facts']), ...Object.keys(ask.values), ...open]
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
