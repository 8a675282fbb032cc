/** Fields in force in a county: what the code knows, changed by what the county decided; kept in memory for a few seconds. */
import { fieldSpecs, type FieldSpec } from '@fengge/domain/registry/fields'
import type { RecordKind } from '@fengge/domain/registry/terms'
import type { Asker, Ctx, Source } from '../kernel/context.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { keptFor } from '../kernel/shelf.ts'
import { holdsForCounty } from '../places/door.ts'
import { listFieldRules, type FieldRule } from './store/fields.ts'

export interface FieldBook {
  readonly fields: (kind: RecordKind) => readonly FieldSpec[]
  readonly field: (kind: RecordKind, code: string) => FieldSpec | undefined
}

const books = keptFor<FieldBook>(5000)

export const fieldBook = (from: Pick<Source, 'tx' | 'shelf'>, county: string): Promise<FieldBook> =>
  books.get(from, county, () => load(from.tx, county))

/** Fields are the county's: who keeps the rules of a town or a village may read them and no more. */
export const editsFields = (asker: Asker): boolean => holdsForCounty(asker, 'field.edit')

/** Fields that a command changes are read again by this server as soon as the change is committed. */
export function forgetFields(ctx: Ctx): void {
  ctx.afterCommit.push(() => books.forget(ctx, ctx.caller.countyCode))
}

/** As the county has it. What it left as it was is said in English as it was. */
function ruled(spec: FieldSpec, rule: FieldRule): FieldSpec {
  const { is_on: isOn, is_asked: isAsked, basis, purpose } = rule
  const usual = purpose === spec.purpose ? spec.purposeEn : ''
  return { ...spec, isOn, isAsked, basis, purpose, purposeEn: rule.purpose_en || usual }
}

async function load(tx: Reading, county: string): Promise<FieldBook> {
  const rules = await listFieldRules(tx, county)
  const byKey = new Map(rules.map((r) => [`${r.kind}/${r.code}`, r]))
  const all = Object.fromEntries(
    Object.entries(fieldSpecs).map(([kind, specs]) => [
      kind,
      specs.map((s) => {
        const rule = byKey.get(`${kind}/${s.code}`)
        return rule ? ruled(s, rule) : s
      }),
    ]),
  ) as Record<RecordKind, FieldSpec[]>
  return { fields: (kind) => all[kind], field: (kind, code) => all[kind].find((f) => f.code === code) }
}
