/**
 * Rows of the books as a phone gets them. Core fields never leave here; important ones leave masked, and only for
 * whoever may see them so: the one rule of domain/src/registry/sight.ts. What is no longer live is told as gone.
 */
import type { Duty } from '@fengge/domain/kernel/duty'
import { dayNumberAt } from '@fengge/domain/kernel/time'
import { seen, type Seen } from '@fengge/domain/registry/sight'
import { recordKinds, type RecordKind, type Values } from '@fengge/domain/registry/terms'
import type { Left, RowOf, WireOf } from '@fengge/domain/kernel/row'
import { building, estate, facility, house, link, person, unit, type FieldBrief } from '@fengge/domain/registry/rows'
import type { Asker, Asking } from '../kernel/context.ts'
import type { Fed } from '../kernel/db/feed.ts'
import type { Sealer } from '../kernel/seal.ts'
import { openerOf } from './record-columns.ts'
import { fieldBook, type FieldBook } from './field-book.ts'
import { fed } from './queries/feed.ts'
import { dutiesOver } from './sight.ts'

export interface HeldRows {
  readonly rows: {
    readonly estate: WireOf<typeof estate>[]
    readonly building: WireOf<typeof building>[]
    readonly house: WireOf<typeof house>[]
    readonly person: WireOf<typeof person>[]
    readonly link: WireOf<typeof link>[]
    readonly unit: WireOf<typeof unit>[]
    readonly facility: WireOf<typeof facility>[]
  }
  readonly gone: (Left<RecordKind, 'moved' | 'merged' | 'gone'> | Left<'link', 'ended'>)[]
}
interface Whereabouts {
  readonly gridId: string | null
  readonly villageId?: string | null
  readonly townId?: string | null
}

/** @param lists what `registryFeed` gave, by the names of its parts */
export async function viewHoldings(ctx: Asking, lists: Readonly<Record<string, Fed>>): Promise<HeldRows> {
  const look = lookWith(await fieldBook(ctx, ctx.caller.countyCode), ctx, ctx.sealer)
  const gone: HeldRows['gone'] = []
  /** The living; what died meanwhile is told. */
  const alive = <K extends Exclude<keyof typeof fed, 'link' | 'departure'>>(kind: K): RowOf<(typeof fed)[K]>[] =>
    (lists[kind] ?? []).flatMap((wire) => {
      const row = fed[kind].unpack(wire) as RowOf<(typeof fed)[K]>
      if (row.state === 'live') return [row]
      gone.push([kind, row.id, row.state])
      return []
    })
  const links = (lists['link'] ?? []).map((wire) => fed.link.unpack(wire))
  const rows: HeldRows['rows'] = {
    estate: alive('estate').map((r) => estate.pack({ ...r, hasProperty: flagIn(r.body, 'hasProperty') })),
    building: alive('building').map((r) =>
      building.pack({ ...r, estateId: r.parentId, no: r.name, floors: numberIn(r.body, 'floors') }),
    ),
    house: alive('house').map((r) => viewHouse(r, look)),
    person: alive('person').map((r) => viewPerson(r, look)),
    unit: alive('unit').map((r) => {
      const { values } = look('unit', without(r.body, 'name', 'kind'), r.sealed, r)
      return unit.pack({ ...r, kind: r.sort, values, dueDay: dayOrNull(r.dueAt) })
    }),
    facility: alive('facility').map((r) => {
      const { values } = look('facility', without(r.body, 'name', 'kind'), {}, r)
      return facility.pack({ ...r, kind: r.sort, values, dueDay: dayOrNull(r.dueAt) })
    }),
    link: links.flatMap((l) => (l.toOn === null ? [link.pack(l)] : [])),
  }
  for (const l of links) if (l.toOn !== null) gone.push(['link', l.id, 'ended'])
  for (const { kind, recordId, why } of (lists['departure'] ?? []).map((w) => fed.departure.unpack(w)))
    gone.push([kind, recordId, why])
  return { rows, gone }
}

type Look = (
  kind: RecordKind,
  body: Values,
  sealed: Readonly<Record<string, string>>,
  at: Whereabouts & { readonly id: string },
) => Seen
/** The rule of sight for one caller; his duties over a place are the same for every record there. */
function lookWith(book: FieldBook, asker: Asker, sealer: Sealer): Look {
  const known = new Map<string, ReadonlySet<Duty>>()
  const dutiesAt = ({ gridId, villageId = null, townId = null }: Whereabouts) => {
    const key = `${gridId} ${villageId} ${townId}`
    const duties =
      known.get(key) ?? dutiesOver(asker, { grid_id: gridId, village_id: villageId, town_id: townId }).duties
    known.set(key, duties)
    return duties
  }
  return (kind, body, sealed, at) =>
    seen({ specs: book.fields(kind), body, sealed, open: openerOf(at.id, sealer) }, dutiesAt(at), 'phone')
}

function viewHouse(r: RowOf<typeof fed.house>, look: Look) {
  return house.pack({
    ...r,
    buildingId: r.parentId,
    roomNo: r.name,
    use: r.sort,
    values: look('house', without(r.body, 'roomNo', 'use'), {}, r).values,
    dueDay: dayOrNull(r.dueAt),
    askedDay: dayOrNull(r.askedAt),
  })
}

function viewPerson(r: RowOf<typeof fed.person>, look: Look) {
  const { values, gaps } = look('person', without(r.body, 'name', 'kind'), r.sealed, r)
  const isAsked = (code: string) => code !== 'name' && code !== 'kind' && !(code === 'idNo' && r.hasIdNo)
  return person.pack({ ...r, kind: r.sort, values, dueDay: dayOrNull(r.dueAt), gaps: gaps.filter(isAsked) })
}

const dayOrNull = (at: string | null) => (at === null ? null : dayNumberAt(Date.parse(at)))
const without = (body: Values, ...codes: string[]): Values =>
  Object.fromEntries(Object.entries(body).filter(([k]) => !codes.includes(k)))
const flagIn = (body: Values, code: string) => (typeof body[code] === 'boolean' ? body[code] : null)
const numberIn = (body: Values, code: string) => (typeof body[code] === 'number' ? body[code] : null)

/** Questions and choices for the forms of a phone. */
export async function registryConfig(ctx: Asking): Promise<FieldBrief[]> {
  const book = await fieldBook(ctx, ctx.caller.countyCode)
  return recordKinds.flatMap((kind) =>
    book
      .fields(kind)
      .filter((f) => f.isOn)
      .map((f) => ({
        kind,
        code: f.code,
        name: f.name,
        nameEn: f.nameEn,
        type: f.type,
        isAsked: f.isAsked,
        isRequired: f.isRequired,
        purpose: f.purpose,
        purposeEn: f.purposeEn,
        choices: f.choices.map(([code, name, nameEn]): [string, string, string] => [code, name, nameEn]),
        tier: f.tier,
      })),
  )
}
