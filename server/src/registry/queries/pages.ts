/** Pages of the registry: a household, a building, one record, its history. One look at a person is one row of the journal. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength } from '@fengge/domain/kernel/time'
import type * as c from '@fengge/domain/registry/contract'
import { rewind } from '@fengge/domain/registry/editing'
import { refuseUndo } from '@fengge/domain/registry/undoing'
import { isSealed, specOf } from '@fengge/domain/registry/fields'
import { isQuiet } from '@fengge/domain/registry/quiet'
import { StoredMove } from '@fengge/domain/registry/merging'
import { showValue, sightOf } from '@fengge/domain/registry/sight'
import { livingRoles, type RecordKind, type RecordView, type Value } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { listLooks as looksAt } from '../../audit/door.ts'
import { fieldBook, type FieldBook } from '../field-book.ts'
import { openChanges, openValues } from '../record-columns.ts'
import { listChanges } from '../store/changes.ts'
import { droppedBy, undoGiven } from '../undo-given.ts'
import type { LinkRow } from '../store/links.ts'
import { findRecords, type RecordRow } from '../store/records.ts'
import { dutiesOver, gridName, reachRecord, readerOf, viewRecord } from '../sight.ts'

type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>
type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>

const view = (ctx: Asking, book: FieldBook, row: RecordRow, kind: RecordKind): RecordView =>
  viewRecord(readerOf(ctx, book), kind, row)

/** 阳光花园 3 幢 2 单元 501 室. */
export function addressOf(house: RecordRow, building: RecordRow | undefined, estate: RecordRow | undefined): string {
  const part = (text: Value | undefined, ending: string) =>
    text === undefined || text === null || text === '' ? '' : `${String(text)}${ending}`
  return `${estate?.name ?? ''}${part(building?.name, '幢')}${part(house.body['unitNo'], '单元')}${part(house.name, '室')}`
}

async function lineOf(
  ctx: Asking,
  house: RecordRow,
): Promise<{ building: RecordRow | undefined; estate: RecordRow | undefined }> {
  const county = ctx.caller.countyCode
  const [building] = house.parent_id === null ? [] : await findRecords(ctx.tx, 'building', county, [house.parent_id])
  const [estate] = building?.parent_id ? await findRecords(ctx.tx, 'estate', county, [building.parent_id]) : []
  return { building, estate }
}

interface Overlay {
  person_id: string
  visit_days: number
  visited_at: Date | null
  cautions: string[]
  started_on: string
}

export async function getHousehold(ctx: Asking, ask: Ask<'getHousehold'>): Reply<'getHousehold'> {
  const { row: house, kind } = await reachRecord(ctx, ask.houseId, 'registry.read')
  if (kind !== 'house') refuse('record.unknown', 404)
  const county = ctx.caller.countyCode
  const book = await fieldBook(ctx.tx, county)
  const [{ building, estate }, links] = await Promise.all([
    lineOf(ctx, house),
    rowsOf<LinkRow>(
      ctx.tx,
      sql`
        select id, person_id, house_id, role, from_on, to_on, basis, is_lead
        from registry.link
        where county_code = ${county} and house_id = ${house.id}
        order by to_on nulls first, is_lead desc, from_on
        limit 200
      `,
    ),
  ])
  const ids = [...new Set(links.map((l) => l.person_id))]
  const [people, overlays] =
    ids.length === 0
      ? [[], []]
      : await Promise.all([
          findRecords(ctx.tx, 'person', county, ids),
          rowsOf<Overlay>(
            ctx.tx,
            sql`
              select person_id, visit_days, visited_at, cautions, started_on
              from registry.overlay
              where county_code = ${county} and person_id = any(${ids}::uuid[]) and ended_on is null
            `,
          ),
        ])
  const byId = new Map(people.map((p) => [p.id, p]))
  const personOf = (l: LinkRow) => {
    const person = byId.get(l.person_id)
    if (!person) return []
    const mine = overlays.filter((o) => o.person_id === l.person_id)
    const visitDue = mine.some(
      (o) => (o.visited_at?.getTime() ?? Date.parse(o.started_on)) + o.visit_days * dayLength <= ctx.now,
    )
    return [
      {
        linkId: l.id,
        role: l.role,
        fromOn: l.from_on,
        toOn: l.to_on,
        basis: l.basis,
        isLead: l.is_lead,
        record: view(ctx, book, person, 'person'),
        visitDue,
        cautions: [...new Set(mine.flatMap((o) => o.cautions))],
      },
    ]
  }
  const now = links.filter((l) => l.to_on === null)
  const living = now.filter((l) => livingRoles.includes(l.role)).flatMap(personOf)
  ctx.look('registry.household-looked', house.id, { people: living.length })
  return {
    house: view(ctx, book, house, 'house'),
    address: addressOf(house, building, estate),
    building: building ? view(ctx, book, building, 'building') : null,
    estate: estate ? view(ctx, book, estate, 'estate') : null,
    living,
    owners: now.filter((l) => l.role === 'owner').flatMap(personOf),
    past: links
      .filter((l) => l.to_on !== null)
      .slice(0, 30)
      .flatMap(personOf),
    lastAskedAt: house.last_asked_at?.toISOString() ?? null,
    isQuiet: isQuiet(house.last_asked_at?.getTime() ?? 0, ctx.now),
    groupRent: judgeGroupRent(house, living.length),
  }
}

/** Reasons to look whether a house is let to too many: people against rooms and area. They are reasons, not a finding. */
export function judgeGroupRent(house: Pick<RecordRow, 'sort' | 'body'>, people: number): string[] {
  if (house.sort !== 'rental' && house.sort !== 'group') return []
  const { rooms, areaM2, isPartitioned } = house.body as { rooms?: number; areaM2?: number; isPartitioned?: boolean }
  return [
    ...(typeof rooms === 'number' && rooms > 0 && people > rooms * 2 ? ['people-per-room'] : []),
    ...(typeof areaM2 === 'number' && people >= 3 && areaM2 / people < 5 ? ['area-per-person'] : []),
    ...(isPartitioned === true && people >= 3 ? ['partitioned'] : []),
  ]
}

export async function getBuilding(ctx: Asking, ask: Ask<'getBuilding'>): Reply<'getBuilding'> {
  const { row, kind } = await reachRecord(ctx, ask.id, 'registry.read')
  if (kind !== 'building') refuse('record.unknown', 404)
  const county = ctx.caller.countyCode
  const [estate] = row.parent_id === null ? [] : await findRecords(ctx.tx, 'estate', county, [row.parent_id])
  const rooms = await rowsOf<{
    id: string
    name: string
    sort: string
    body: Record<string, Value>
    confirmed_at: Date | null
    due_at: Date | null
    people: number
  }>(
    ctx.tx,
    sql`
      select
        r.id, r.name, r.sort, r.body, r.confirmed_at, r.due_at,
        (
          select count(*)
          from registry.link l
          where l.county_code = r.county_code and l.house_id = r.id and l.to_on is null and l.role <> 'owner'
        ) as people
      from registry.house r
      where r.county_code = ${county} and r.parent_id = ${row.id} and r.state = 'live'
      order by r.name
      limit 2000
    `,
  )
  const freshness = (due: Date | null, at: Date | null) =>
    at === null
      ? ('never' as const)
      : due === null || due.getTime() <= ctx.now
        ? ('due' as const)
        : due.getTime() - ctx.now < 30 * dayLength
          ? ('soon' as const)
          : ('fresh' as const)
  const floorOf = (r: { name: string; body: Record<string, Value> }) =>
    Number(r.body['floor'] ?? Math.floor((Number.parseInt(r.name, 10) || 0) / 100))
  return {
    building: view(ctx, await fieldBook(ctx.tx, county), row, 'building'),
    estateName: estate?.name ?? '',
    rooms: rooms.map((r) => ({
      id: r.id,
      unitNo: String(r.body['unitNo'] ?? ''),
      floor: floorOf(r),
      roomNo: r.name,
      use: r.sort,
      people: Number(r.people),
      freshness: freshness(r.due_at, r.confirmed_at),
    })),
  }
}

export async function getRecord(ctx: Asking, ask: Ask<'getRecord'>): Reply<'getRecord'> {
  const { row, kind } = await reachRecord(ctx, ask.id, 'registry.read')
  const county = ctx.caller.countyCode
  const book = await fieldBook(ctx.tx, county)
  const shown = ask.on === undefined ? row : await asOf(ctx, row, kind, Date.parse(`${ask.on}T23:59:59+08:00`))
  const links =
    kind === 'person'
      ? await rowsOf<LinkRow>(
          ctx.tx,
          sql`
            select id, person_id, house_id, role, from_on, to_on, basis, is_lead
            from registry.link
            where county_code = ${county} and person_id = ${row.id}
            order by to_on nulls first, is_lead desc
            limit 50
          `,
        )
      : []
  const houses =
    links.length === 0
      ? []
      : await findRecords(
          ctx.tx,
          'house',
          county,
          links.map((l) => l.house_id),
        )
  const buildings =
    houses.length === 0
      ? []
      : await findRecords(
          ctx.tx,
          'building',
          county,
          houses.flatMap((h) => h.parent_id ?? []),
        )
  const estates =
    buildings.length === 0
      ? []
      : await findRecords(
          ctx.tx,
          'estate',
          county,
          buildings.flatMap((b) => b.parent_id ?? []),
        )
  if (kind === 'person') ctx.look('registry.person-looked', row.id, ask.on === undefined ? {} : { on: ask.on })
  const homes = links.flatMap((l) => {
    const house = houses.find((h) => h.id === l.house_id)
    if (!house) return []
    const building = buildings.find((b) => b.id === house.parent_id)
    // A home in somebody else's place is named by its grid alone.
    const isMine = dutiesOver(ctx.caller, house).duties.has('registry.read')
    return [
      {
        linkId: l.id,
        houseId: l.house_id,
        address: isMine
          ? addressOf(
              house,
              building,
              estates.find((e) => e.id === building?.parent_id),
            )
          : '',
        gridName: gridName(house),
        role: l.role,
        fromOn: l.from_on,
        toOn: l.to_on,
        isLead: l.is_lead,
      },
    ]
  })
  return { record: view(ctx, book, shown, kind), homes }
}

/** The record as it was at the end of a day. */
async function asOf(ctx: Asking, row: RecordRow, kind: RecordKind, until: number): Promise<RecordRow> {
  const later = (await listChanges(ctx.tx, ctx.caller.countyCode, row.id)).filter((x) => x.at.getTime() > until)
  const values = rewind(
    openValues(row, ctx.sealer),
    later.map((x) => openChanges(kind, x.fields, ctx.sealer)),
  )
  const keepsSealed = (code: string) => {
    const spec = specOf(kind, code)
    return spec !== undefined && isSealed(spec)
  }
  const body = Object.fromEntries(Object.entries(values).filter(([code]) => !keepsSealed(code)))
  const sealed = Object.fromEntries(
    Object.entries(values)
      .filter(([code, v]) => keepsSealed(code) && v !== null)
      .map(([code, v]) => [code, ctx.sealer.seal(String(v))]),
  )
  return { ...row, body, sealed, version: row.version - later.length }
}

export async function getHistory(ctx: Asking, ask: Ask<'getHistory'>): Reply<'getHistory'> {
  const reached = await reachRecord(ctx, ask.id, 'registry.read')
  const { row, kind, duties } = reached
  const book = await fieldBook(ctx.tx, ctx.caller.countyCode)
  const changes = await listChanges(ctx.tx, ctx.caller.countyCode, row.id)
  const given = await undoGiven(ctx, reached)
  const merges = changes.filter((x) => x.what === 'merge')
  const drops = await droppedBy(
    ctx,
    merges.map((x) => StoredMove.read(x.more).dropId),
  )
  if (kind === 'person') ctx.look('registry.history-looked', row.id)
  return {
    changes: changes.map((x) => {
      const opened = openChanges(kind, x.fields, ctx.sealer)
      const fields = Object.entries(opened).flatMap(([code, { from, to }]) => {
        const spec = book.field(kind, code)
        const sight = spec ? sightOf(spec, duties, 'screen') : 'hidden'
        if (!spec || sight === 'hidden') return []
        const show = (v: Value) => showValue(spec, sight, () => v) ?? null
        return [{ field: code, from: show(from), to: show(to) }]
      })
      const judged = { what: x.what, isUndone: x.undone_by !== null, fields: opened }
      const dropped = x.what === 'merge' ? drops.get(StoredMove.read(x.more).dropId) : undefined
      return {
        id: x.id,
        at: x.at.toISOString(),
        what: x.what,
        by: x.by_name,
        source: x.source,
        reason: x.reason,
        fields,
        canUndo: refuseUndo(judged, { ...given, dropped }) === undefined,
      }
    }),
  }
}

/** Who looked at a person, from the journal, to tell him: the office and the purpose, not the name. Requirement C5. */
export async function listLooks(ctx: Asking, ask: Ask<'listLooks'>): Reply<'listLooks'> {
  const { row } = await reachRecord(ctx, ask.id, 'registry.tell')
  const homes = await rowsOf<{ house_id: string }>(
    ctx.tx,
    sql`
      select house_id
      from registry.link
      where county_code = ${ctx.caller.countyCode} and person_id = ${row.id}
    `,
  )
  const subjects = [row.id, ...homes.map((h) => h.house_id)]
  const rows = await looksAt(ctx.tx, ctx.caller.countyCode, subjects)
  ctx.tell('registry.told-who-looked', {}, row.id)
  return {
    looks: rows.map((r) => ({
      at: r.at.toISOString(),
      office: r.office ?? '',
      what: r.fact,
      purpose: [r.detail.purpose, r.detail.note].filter(Boolean).join('：'),
    })),
  }
}
