/** Who lives in or owns what, for people and houses that are registered: a row that names nobody, or no house, goes back. */
import { fullId, readIdNumber } from '@fengge/domain/registry/identity-number'
import { readPhone } from '@fengge/domain/registry/linkage/records'
import type { Value } from '@fengge/domain/registry/terms'
import { dutiesOver } from '../../sight.ts'
import type { PersonRow } from '../../store/records.ts'
import { HeldRecords } from '../held-records.ts'
import type { BadRow, GoodRow } from '../judge-rows.ts'
import { Person } from '../people.ts'
import { addLinks, listCandidates, listHomes } from '../store/persons.ts'
import { noCounts, type PageCounts } from '../page-counts.ts'
import type { Taking } from './take-page.ts'
import { HeadsOfPage, linksFor, type Tie } from './take-persons.ts'

/** @param back rows that name nobody, or no house, are added to it */
export async function takeLinks(taking: Taking, rows: readonly GoodRow[], back: BadRow[]): Promise<PageCounts> {
  const { ctx, batch } = taking
  const counts = noCounts()
  const wanted = new Map(rows.map((row) => [row, digestsOf(taking, row)]))
  const people = await listCandidates(ctx.tx, ctx, {
    numbers: [...wanted.values()].flatMap((w) => w.numbers),
    phones: [...wanted.values()].flatMap((w) => w.phones),
    born: rows.flatMap(({ values }) =>
      values['born'] ? [{ day: text(values['born']), name: text(values['name']) }] : [],
    ),
    homes: [],
    bare: [],
  })
  const mine = people.filter((row) => dutiesOver(ctx, row).duties.has('registry.import'))
  const homes = await listHomes(
    ctx.tx,
    batch.county_code,
    mine.map((row) => row.id),
  )
  const records = new HeldRecords(taking, 'person')
  const known = new Map(
    mine.map((row) => [
      row.id,
      new Person(
        records.hold(row),
        null,
        homes.filter((l) => l.person_id === row.id),
      ),
    ]),
  )
  const ties: Tie[] = []
  const homed = rows.map((row) => ({ row, home: row.room && taking.rooms.find(row.room) }))
  const heads = await HeadsOfPage.load(taking, homed)
  for (const { row, home: house } of homed) {
    const found = mine.filter((person) => isMeant(row, wanted.get(row)!, person))
    if (found.length !== 1 || !house) {
      back.push({ row: row.row, faults: [faultOf(found.length)], cells: row.cells })
      continue
    }
    const person = known.get(found[0]!.id)!
    if (heads.isSecond(row, house, person.held.id, back)) continue
    heads.take(row, house, person.held.id)
    if (person.livesIn(house, row.role)) counts.same++
    else {
      counts.created++
      person.moveInto(house, row.role)
      ties.push({ person, houseId: house.id, role: row.role, fromOn: row.fromOn })
    }
  }
  if (taking.isReal) await addLinks(ctx.tx, linksFor(taking, ties))
  return counts
}

const text = (value: Value | undefined): string => String(value ?? '')

function faultOf(found: number): BadRow['faults'][number] {
  if (found === 1) return { column: '地址', fault: 'link.no-house' }
  return { column: '姓名', fault: found === 0 ? 'link.nobody' : 'link.several' }
}

interface Digests {
  readonly numbers: readonly string[]
  readonly phones: readonly string[]
}

function digestsOf({ ctx }: Taking, { values }: GoodRow): Digests {
  const id = readIdNumber(text(values['idNo']))
  const phone = readPhone(text(values['phone']))
  return {
    numbers: id ? ctx.sealer.indexes(`id:${fullId(id)}`) : [],
    phones: phone === '' ? [] : ctx.sealer.indexes(`phone:${phone}`),
  }
}

/** The number decides where the row has one; else the name with the phone or the birth day. */
function isMeant({ values }: GoodRow, { numbers, phones }: Digests, person: PersonRow): boolean {
  if (numbers.length > 0) return person.id_index !== null && numbers.includes(person.id_index)
  if (person.name !== text(values['name'])) return false
  const isPhone = person.phone_index !== null && phones.includes(person.phone_index)
  return isPhone || (text(values['born']) !== '' && person.born === values['born'])
}
