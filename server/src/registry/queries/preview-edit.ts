/** What an edit would change that somebody else wants made, as its reader may see it: by the one rule of sight, old and new alike. */
import { sightOf, showValue } from '@fengge/domain/registry/sight'
import { RecordKind, Values, type Value } from '@fengge/domain/registry/terms'
import { Id } from '@fengge/domain/kernel/id'
import { z } from 'zod'
import type { Asking } from '../../kernel/context.ts'
import { fieldBook } from '../field-book.ts'
import { openValues } from '../record-columns.ts'
import { dutiesOver, placeFor } from '../sight.ts'
import { findKind, findRecords } from '../store/records.ts'

export interface FieldPreview {
  readonly field: string
  readonly name: string
  readonly nameEn: string
  readonly before: Value
  readonly after: Value
  /** That it changes is told, what it is and becomes is not. */
  readonly isHidden: boolean
  /** Codes and their names, where the value is one of them. */
  readonly choices: [code: string, name: string, nameEn: string][]
}

/** As it came from a phone: never judged yet. */
const Wanted = z.object({
  id: Id,
  kind: RecordKind,
  values: Values,
  placeId: Id.nullish(),
})
const longest = 200

/** @returns one line a field that would change; none where the edit cannot be read */
export async function previewEdit(ctx: Asking, ask: unknown): Promise<FieldPreview[]> {
  const wanted = Wanted.safeParse(ask).data
  if (!wanted) return []
  const county = ctx.caller.countyCode
  const kind = (await findKind(ctx.tx, county, wanted.id)) ?? wanted.kind
  const [row] = await findRecords(ctx.tx, kind, county, [wanted.id])
  const at = placeFor(ctx, wanted.placeId ?? null)
  const { duties } = dutiesOver(ctx, row ?? { grid_id: at.gridId, village_id: at.villageId, town_id: at.townId })
  const isReader = duties.has('registry.read')
  const before = row ? openValues(row, ctx.sealer) : {}
  const specs = (await fieldBook(ctx, county)).fields(kind)
  return specs.flatMap((spec): FieldPreview[] => {
    const [from, to] = [before[spec.code] ?? null, wanted.values[spec.code] ?? null]
    if (!spec.isOn || !(spec.code in wanted.values) || from === to) return []
    const sight = isReader ? sightOf(spec, duties, 'screen') : 'hidden'
    const show = (value: Value) => (value === null ? null : shorten(showValue(spec, sight, () => value) ?? null))
    const { code: field, name, nameEn } = spec
    const choices = spec.choices.map(([code, zh, en]): [string, string, string] => [code, zh, en])
    return [{ field, name, nameEn, choices, before: show(from), after: show(to), isHidden: sight === 'hidden' }]
  })
}

const shorten = (value: Value): Value => (typeof value === 'string' ? value.slice(0, longest) : value)
