/** Who somebody may be, by what is known of him: among the people of one's own places, and among all others. */
import { hintsFor, type Likeness, type SameReason } from '@fengge/domain/registry/editing'
import { documentOf, readDocument } from '@fengge/domain/registry/documents/document-kinds'
import { bornOf, fullId, readIdNumber } from '@fengge/domain/registry/identity-number'
import { readName, readPhone } from '@fengge/domain/registry/linkage/records'
import type { Values } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { dutiesOver } from '../sight.ts'
import { spellForSearch } from '../spelling.ts'
import { selectPersons, type PersonRow } from '../store/records.ts'
import { within } from '../store/within.ts'
import { likenessOf } from './likeness.ts'

/** What is known of the person at the door; number and phone by all keyed digests they may be kept under. */
export interface Asked {
  readonly name: string
  readonly spelled: string
  readonly born: string | null
  readonly ids: readonly string[]
  readonly phones: readonly string[]
  /** Number and phone as a question names them. */
  readonly numbers: readonly string[]
}

export function readAsked(ctx: Asking, values: Values): Asked {
  const text = (code: string) => (typeof values[code] === 'string' ? values[code] : '')
  const name = readName(text('name'))
  const id = readIdNumber(text('idNo'))
  const phone = readPhone(text('phone'))
  const number = documentNumber(text('idKind'), text('idNo')) ?? (id && fullId(id))
  const born = id ? (bornOf(id.body) ?? '') : text('born')
  return {
    name,
    spelled: name === '' ? '' : spellForSearch(name).full,
    born: /^\d{4}-\d\d-\d\d$/.test(born) ? born : null,
    ids: number === undefined ? [] : ctx.sealer.indexes(`id:${number}`),
    phones: phone === '' ? [] : ctx.sealer.indexes(`phone:${phone}`),
    numbers: [...(number === undefined ? [] : [`id:${number}`]), ...(phone === '' ? [] : [`phone:${phone}`])],
  }
}

/** A number that is no citizen's, as it is kept: in the words of its document, or read from what is kept already. */
function documentNumber(idKind: string, idNo: string): string | undefined {
  if (idNo.includes('/')) return idNo
  const read = idNo === '' ? undefined : readDocument(documentOf(idKind), idNo)
  return read && documentOf(idKind).number === 'own' && 'value' in read ? read.value : undefined
}

/** Who moved away and may be the one who is back. */
const movedAway = sql`
  exists (
    select 1
    from registry.leaving v
    where v.county_code = r.county_code and v.person_id = r.id and v.state = 'open' and v.kind = 'moved'
  )
`

/** Those of one's own places, whoever moved away from there among them. */
export function findAlike(ctx: Asking, { ids, phones, born, spelled }: Asked): Promise<PersonRow[]> {
  return rowsOf(
    ctx.tx,
    selectPersons(
      sql`
        where ${within(ctx, 'registry.read')}
          and (r.state = 'live' or (r.state = 'gone' and ${movedAway}))
          and (
            r.id_index = any(${ids}::text[])
            or r.phone_index = any(${phones}::text[])
            or (r.born = ${born} and r.spelled = nullif(${spelled}, ''))
          )
        limit 30
      `,
    ),
  )
}

/** Those of other places, by number or phone alone: both are counted, a name with a birth day is not. The likeliest first. */
export async function findElsewhere(ctx: Asking, asked: Asked): Promise<PersonRow[]> {
  if (asked.numbers.length === 0) return []
  const rows = await rowsOf(
    ctx.tx,
    selectPersons(
      sql`
        where r.county_code = ${ctx.caller.countyCode}
          and r.state = 'live'
          and (r.id_index = any(${asked.ids}::text[]) or r.phone_index = any(${asked.phones}::text[]))
        order by r.id_index = any(${asked.ids}::text[]) desc, r.id
        limit 30
      `,
    ),
  )
  return rows.filter((row) => isGuest(ctx, row) && isMeant(asked, row))
}

/**
 * Whoever has the number, or the phone under a name that sounds the same; a number beside it does not speak against him:
 * else who knows name and phone would hear whether one is on file, and which.
 */
const isMeant = ({ ids, phones, spelled }: Asked, row: PersonRow): boolean =>
  (row.id_index !== null && ids.includes(row.id_index)) ||
  (row.phone_index !== null && phones.includes(row.phone_index) && row.spelled === spelled)

/**
 * Who lives in a house under the same sound, unless both have numbers. A guest of it is told by name and home alike,
 * whatever number is written beside: else whoever keeps the house would hear whether one of his is on file.
 */
export async function findHousemates(ctx: Asking, { ids, spelled }: Asked, houseId: string): Promise<PersonRow[]> {
  if (spelled === '') return []
  const rows = await rowsOf<PersonRow>(
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
      `,
    ),
  )
  return rows.filter((row) => row.id_index === null || ids.length === 0 || isGuest(ctx, row))
}

/** Somebody who is registered where the caller reaches nobody. */
export const isGuest = (ctx: Asking, row: PersonRow): boolean => !dutiesOver(ctx, row).duties.has('registry.read')

export function reasonsAgainst(asked: Asked, row: PersonRow): SameReason[] {
  const known = (indexes: readonly string[], own: string | null) =>
    own !== null && indexes.includes(own) ? own : (indexes[0] ?? null)
  const self: Likeness = {
    name: asked.name,
    spelled: asked.spelled,
    born: asked.born,
    idIndex: known(asked.ids, row.id_index),
    phoneIndex: known(asked.phones, row.phone_index),
  }
  return hintsFor(self, likenessOf(row))
}
