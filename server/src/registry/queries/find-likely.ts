/** Who the person at the door may already be. The whole county is asked; of people elsewhere only the grid is told. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { findLikely as promise } from '@fengge/domain/registry/contract'
import { reasonsFor, type Likeness, type SameReason } from '@fengge/domain/registry/editing'
import { bornOf, fullId, readIdNumber } from '@fengge/domain/registry/identity-number'
import { readName, readPhone } from '@fengge/domain/registry/linkage/records'
import type { Values } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { dutiesOver, gridName } from '../sight.ts'
import { spellForSearch } from '../spelling.ts'
import { selectPersons, type PersonRow } from '../store/records.ts'
import { countQuestion } from '../questions.ts'
import { likenessOf } from './likeness.ts'

type Likely = ReplyOf<typeof promise>['likely'][number]

const shown = 8

export async function findLikely(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const asked = readAsked(ctx, ask.values)
  await countQuestion(ctx, asked.numbers)
  const alike = await findAlike(ctx, asked)
  const housemates = ask.houseId === undefined ? [] : await findHousemates(ctx, asked, ask.houseId)
  const all = [...new Map([...alike, ...housemates].map((r) => [r.id, r])).values()]
  const likely = all.flatMap((r) => {
    const isHousemate = housemates.some((h) => h.id === r.id)
    return tell(ctx, r, reasonsAgainst(asked, r, isHousemate))
  })
  // A number that nobody has is a question all the same.
  if (likely.length > 0 || asked.numbers.length > 0)
    ctx.look('registry.likely-looked', ctx.caller.countyCode, { found: likely.length })
  return { likely: likely.slice(0, shown) }
}

/** What is known of the person at the door; number and phone by all keyed digests they may be kept under. */
interface Asked {
  readonly name: string
  readonly spelled: string
  readonly born: string | null
  readonly ids: readonly string[]
  readonly phones: readonly string[]
  /** Number and phone as a question names them. */
  readonly numbers: readonly string[]
}

function readAsked(ctx: Asking, values: Values): Asked {
  const text = (code: string) => (typeof values[code] === 'string' ? values[code] : '')
  const name = readName(text('name'))
  const id = readIdNumber(text('idNo'))
  const phone = readPhone(text('phone'))
  const born = id ? (bornOf(id.body) ?? '') : text('born')
  return {
    name,
    spelled: name === '' ? '' : spellForSearch(name).full,
    born: /^\d{4}-\d\d-\d\d$/.test(born) ? born : null,
    ids: id ? ctx.sealer.indexes(`id:${fullId(id)}`) : [],
    phones: phone === '' ? [] : ctx.sealer.indexes(`phone:${phone}`),
    numbers: [...(id ? [`id:${fullId(id)}`] : []), ...(phone === '' ? [] : [`phone:${phone}`])],
  }
}

function findAlike(ctx: Asking, { ids, phones, born, spelled }: Asked): Promise<PersonRow[]> {
  const byName = born !== null && spelled !== '' ? sql`or (r.born = ${born} and r.spelled = ${spelled})` : sql``
  return rowsOf(
    ctx.tx,
    selectPersons(
      sql`
        where r.county_code = ${ctx.caller.countyCode}
          and r.state = 'live'
          and (r.id_index = any(${ids}::text[]) or r.phone_index = any(${phones}::text[]) ${byName})
        limit 30
      `,
    ),
  )
}

/** Who lives in the same house under the same sound, unless both have numbers. */
async function findHousemates(ctx: Asking, { ids, spelled }: Asked, houseId: string): Promise<PersonRow[]> {
  if (spelled === '') return []
  return rowsOf(
    ctx.tx,
    selectPersons(
      sql`
        join registry.link l on l.county_code = r.county_code
        and l.person_id = r.id
        where l.county_code = ${ctx.caller.countyCode}
          and l.house_id = ${houseId}
          and l.to_on is null
          and r.state = 'live'
          and r.spelled = ${spelled}
          and (r.id_index is null or ${ids.length === 0}::boolean)
      `,
    ),
  )
}

function reasonsAgainst(asked: Asked, row: PersonRow, isHousemate: boolean): SameReason[] {
  const known = (indexes: readonly string[], own: string | null) =>
    own !== null && indexes.includes(own) ? own : (indexes[0] ?? null)
  const self: Likeness = {
    name: asked.name,
    spelled: asked.spelled,
    born: asked.born,
    idIndex: known(asked.ids, row.id_index),
    phoneIndex: known(asked.phones, row.phone_index),
  }
  const reasons = reasonsFor(self, likenessOf(row))
  return reasons.length === 0 && isHousemate ? ['same-home'] : reasons
}

function tell(ctx: Asking, row: PersonRow, reasons: SameReason[]): Likely[] {
  if (reasons.length === 0) return []
  const isYours = dutiesOver(ctx, row).duties.has('registry.read')
  const name = isYours ? row.name : `${Array.from(row.name)[0] ?? ''}**`
  return [{ id: row.id, name, gridName: gridName(ctx, row), isYours, reasons }]
}
