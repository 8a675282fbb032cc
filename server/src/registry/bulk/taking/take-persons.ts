/** Persons of a page, and the rooms that they are linked with. Who is who: domain/src/registry/same-person.ts. */
import { dayOf } from '@fengge/domain/kernel/time'
import type { LinkRole } from '@fengge/domain/registry/terms'
import { placeFor } from '../../sight.ts'
import { freshId } from '../../../kernel/fresh-id.ts'
import type { BadRow, GoodRow } from '../judge-rows.ts'
import { People, type HomedRow, type Person } from '../people.ts'
import type { Found } from '../rooms.ts'
import { lapseRequests } from '../../homes/lapse-requests.ts'
import { lockHeads } from '../../store/heads.ts'
import { addLinks, type FreshLink } from '../store/persons.ts'
import type { PageCounts } from '../page-counts.ts'
import type { Taking } from './take-page.ts'

/** Who heads the houses that a page of rows names: one at a time, so a second goes back to whoever sent the file. */
export class HeadsOfPage {
  readonly #heads: Map<string, string>
  private constructor(heads: Map<string, string>) {
    this.#heads = heads
  }

  static async load(
    { ctx, batch }: Taking,
    rows: readonly { row: GoodRow; home: Found | undefined }[],
  ): Promise<HeadsOfPage> {
    const houses = rows.flatMap(({ row, home }) => (home && row.role === 'head' ? [home.id] : []))
    const known = await lockHeads(ctx.tx, batch.county_code, [...new Set(houses)])
    return new HeadsOfPage(new Map(known.map((h) => [h.house_id, h.person_id])))
  }

  /** @returns whether the row makes somebody head of a house that another heads; it is sent back then */
  isSecond(row: GoodRow, home: Found | undefined, personId: string | undefined, back: BadRow[]): boolean {
    const head = home && row.role === 'head' ? this.#heads.get(home.id) : undefined
    if (head === undefined || head === personId) return false
    back.push({ row: row.row, faults: [{ column: '与房屋关系', fault: 'house.headed' }], cells: row.cells })
    return true
  }

  take(row: GoodRow, home: Found | undefined, personId: string | undefined): void {
    if (home && personId !== undefined && row.role === 'head') this.#heads.set(home.id, personId)
  }
}

export interface Tie {
  readonly person: Person
  readonly houseId: string
  readonly role: LinkRole
  readonly fromOn: string | null
}

/** @param back rows that would give a house a second head are added to it */
export async function takePersons(taking: Taking, rows: readonly GoodRow[], back: BadRow[]): Promise<PageCounts> {
  const counts = { created: 0, changed: 0, same: 0, noGrid: 0 }
  const homed = rows.map((row) => homeOf(taking, row))
  const people = await People.load(taking, homed)
  const heads = await HeadsOfPage.load(taking, homed)
  const ties: Tie[] = []
  for (const one of homed) {
    const { row, home } = one
    const placeId = row.gridId ?? home?.placeId ?? taking.batch.place_id
    if (heads.isSecond(row, home, people.find(one, placeId)?.held.id, back)) continue
    if (placeFor(taking.ctx, placeId).gridId === null) counts.noGrid++
    const { person, what } = people.take(one, placeId)
    counts[what]++
    heads.take(row, home, person?.held.id)
    if (home && person) ties.push({ person, houseId: home.id, role: row.role, fromOn: row.fromOn })
  }
  if (!taking.isReal) return counts
  await people.save()
  await addLinks(taking.ctx.tx, linksFor(taking, ties))
  await lapseRequests(
    taking.ctx,
    ties.flatMap((t) => (t.role === 'head' ? [t.houseId] : [])),
  )
  return counts
}

function homeOf({ rooms, batch }: Taking, row: GoodRow): HomedRow {
  if (!row.room) return { row, home: undefined, isNewHome: false }
  const { found, isNew } = rooms.make(row.room, row.gridId ?? batch.place_id, {})
  return { row, home: found, isNewHome: isNew }
}

/** Links that are not there yet; who has no home yet gets this one as the home whose grid answers for him. */
export function linksFor({ ctx, batch }: Taking, ties: readonly Tie[]): FreshLink[] {
  const persons = new Set(ties.map((t) => t.person))
  const stored = [...persons].flatMap((p) => p.links)
  const linkKey = (personId: string, houseId: string, role: string) => `${personId}/${houseId}/${role}`
  const known = new Set(stored.map((l) => linkKey(l.person_id, l.house_id, l.role)))
  const led = new Set(stored.filter((l) => l.is_lead).map((l) => l.person_id))
  const today = dayOf(ctx.now)
  return ties.flatMap((t) => {
    const personId = t.person.held.id
    const key = linkKey(personId, t.houseId, t.role)
    if (known.has(key)) return []
    known.add(key)
    const isLead = t.role !== 'owner' && !led.has(personId)
    if (isLead) led.add(personId)
    return [
      {
        county_code: batch.county_code,
        id: freshId(ctx.now),
        person_id: personId,
        house_id: t.houseId,
        role: t.role,
        from_on: t.fromOn ?? today,
        basis: '导入',
        is_lead: isLead,
        batch_id: batch.id,
      },
    ]
  })
}
