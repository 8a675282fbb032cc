/** Lists of the registry: search from one box, what is due, buildings of a grid, doubles, gaps, figures. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { readAddress } from '@fengge/domain/registry/address'
import type * as c from '@fengge/domain/registry/contract'
import { reasonsFor } from '@fengge/domain/registry/editing'
import { bornOf, fullId, readIdNumber } from '@fengge/domain/registry/identity-number'
import { readName, readPhone } from '@fengge/domain/registry/linkage/records'
import { seen } from '@fengge/domain/registry/sight'
import { recordKinds, type RecordKind, type Values } from '@fengge/domain/registry/terms'
import type { Caller, Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { placeTree } from '../../places/door.ts'
import { fieldBook } from '../field-book.ts'
import { findRecords, selectPersons, selectRecords, type PersonRow, type RecordRow } from '../store/records.ts'
import { dutiesOver, gridName, readerOf, viewRecord } from '../sight.ts'
import { within } from '../store/within.ts'
import { spellForSearch } from '../spelling.ts'
import { addressOf } from './pages.ts'

type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>
type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>
type Briefs = ReplyOf<typeof c.searchRegistry>['records']

async function brief(ctx: Asking, kind: RecordKind, rows: readonly RecordRow[]): Promise<Briefs> {
  const county = ctx.caller.countyCode
  const buildings =
    kind === 'house'
      ? await findRecords(
          ctx.tx,
          'building',
          county,
          rows.flatMap((r) => r.parent_id ?? []),
        )
      : []
  const estates =
    buildings.length > 0
      ? await findRecords(
          ctx.tx,
          'estate',
          county,
          buildings.flatMap((b) => b.parent_id ?? []),
        )
      : []
  const name = (r: RecordRow) => {
    const building = buildings.find((b) => b.id === r.parent_id)
    return kind === 'house'
      ? addressOf(
          r,
          building,
          estates.find((e) => e.id === building?.parent_id),
        )
      : r.name
  }
  const specs = (await fieldBook(ctx.tx, county)).fields(kind)
  const note = (r: RecordRow) => {
    const kept = { specs, body: r.body, sealed: r.sealed, open: ctx.sealer.open }
    const { values } = seen(kept, dutiesOver(ctx.caller, r).duties, 'search')
    return kind === 'person' ? noteOnPerson(values) : String(values['address'] ?? '')
  }
  return rows.map((r) => ({
    id: r.id,
    kind,
    name: name(r),
    sort: r.sort,
    gridName: gridName(r),
    note: note(r),
    isDue: r.due_at === null || r.due_at.getTime() <= ctx.now,
    dueAt: r.due_at?.toISOString() ?? null,
  }))
}

const sexWords: Readonly<Record<string, string>> = { male: '男', female: '女' }
const noteOnPerson = (values: Values): string =>
  [sexWords[String(values['sex'])] ?? '', String(values['born'] ?? '').slice(0, 4)].filter((x) => x !== '').join(' ')

const prefix = (text: string) => `${text.replace(/[%_\\]/g, '\\$&')}%`
const most = 20

/** One box: a phone, a number, four last digits, a name, its pinyin or initials, an address, a unit. */
export async function search(ctx: Asking, ask: Ask<'searchRegistry'>): Reply<'searchRegistry'> {
  const text = ask.text.normalize('NFKC').trim()
  if (text === '') return { records: [] }
  const scope = within(ctx.caller, 'registry.read', ask.placeId)
  const persons = (where: RawBuilder<unknown>, order = sql``) =>
    rowsOf(
      ctx.tx,
      selectRecords('person', sql`where ${scope} and r.state = 'live' and ${where} ${order} limit ${most}`),
    )
  // A number or phone says that one knows the person: that one searched for it is kept, the number itself is not.
  const byDigits = digitSearch(ctx, text)
  if (byDigits) {
    const found = await persons(byDigits)
    ctx.look('registry.searched-by-number', ctx.caller.countyCode, { found: found.length })
    return { records: await brief(ctx, 'person', found) }
  }
  const lower = text.toLowerCase().replaceAll(/\s/g, '')
  if (/^[a-z]+$/.test(lower)) {
    const [spelled, initials] = await Promise.all([
      persons(sql`r.spelled like ${prefix(lower)}`, sql`order by r.spelled using ~<~`),
      lower.length <= 6 ? persons(sql`r.initials = ${lower}`) : [],
    ])
    const found = unique([...initials, ...spelled]).slice(0, most)
    // Estates are looked through by their sound only where few people sound like it.
    const houses = found.length < 5 ? await findHouses(ctx, text, ask.placeId) : []
    return { records: [...(await brief(ctx, 'person', found)), ...(await brief(ctx, 'house', houses))] }
  }
  const [names, houses, units] = await Promise.all([
    /^[\p{Script=Han}·]{1,12}$/u.test(text)
      ? persons(sql`r.name like ${prefix(text)}`, sql`order by r.name using ~<~`)
      : [],
    findHouses(ctx, text, ask.placeId),
    rowsOf(
      ctx.tx,
      selectRecords(
        'unit',
        sql`
          where ${scope} and r.state = 'live' and r.name like ${prefix(text)}
          order by r.name using ~<~
          limit ${most}
        `,
      ),
    ),
  ])
  return {
    records: [
      ...(await brief(ctx, 'person', names)),
      ...(await brief(ctx, 'house', houses)),
      ...(await brief(ctx, 'unit', units)),
    ],
  }
}

const unique = (rows: readonly RecordRow[]) => [...new Map(rows.map((r) => [r.id, r])).values()]

function digitSearch(ctx: Asking, text: string): RawBuilder<unknown> | undefined {
  const plain = text.replaceAll(/[\s-]/g, '')
  const id = readIdNumber(plain)
  const among = (column: string, values: readonly string[]) => sql`${sql.ref(`r.${column}`)} = any(${values}::text[])`
  if (id && /^\d{15,17}[\dXx]?$/.test(plain)) return among('id_index', ctx.sealer.indexes(`id:${fullId(id)}`))
  const phone = readPhone(plain)
  if (/^\+?\d{7,13}$/.test(plain) && phone !== '') return among('phone_index', ctx.sealer.indexes(`phone:${phone}`))
  if (/^\d{3}[\dXx]$/.test(plain))
    return sql`
      (
        ${among('phone_tail', ctx.sealer.indexes(`phone4:${plain.toUpperCase()}`))}
        or ${among('id_tail', ctx.sealer.indexes(`id4:${plain.toUpperCase()}`))}
      )
    `
  return undefined
}

/** Houses by estate (name, alias or pinyin), building and room. */
async function findHouses(ctx: Asking, text: string, placeId: string | undefined): Promise<RecordRow[]> {
  const parts = readAddress(text)
  if (!parts || parts.estate === '') return []
  const scope = within(ctx.caller, 'registry.read', placeId)
  const like = `%${parts.estate.replace(/[%_\\]/g, '\\$&')}%`
  const isLatin = /^[a-z]+$/i.test(parts.estate)
  const estates = (
    await rowsOf<{ id: string; name: string }>(
      ctx.tx,
      sql`
        select r.id, r.name
        from registry.estate r
        where ${scope}
          and r.state = 'live' ${isLatin ? sql`` : sql`and (r.name like ${like} or r.body ->> 'aliases' like ${like})`}
        order by length(r.name), r.name
        limit ${isLatin ? 3000 : 50}
      `,
    )
  )
    .filter((e) => {
      if (!isLatin) return true
      const s = spellForSearch(e.name)
      return s.full.startsWith(parts.estate.toLowerCase()) || s.initials === parts.estate.toLowerCase()
    })
    .slice(0, 5)
  if (estates.length === 0) return []
  const county = ctx.caller.countyCode
  const buildings = await rowsOf<{ id: string }>(
    ctx.tx,
    sql`
      select id
      from registry.building
      where county_code = ${county}
        and parent_id = any(${estates.map((e) => e.id)}::uuid[]) ${parts.building === '' ? sql`` : sql`and upper(name) = ${parts.building}`}
      order by length(name), name
      limit 20
    `,
  )
  if (buildings.length === 0) return []
  return rowsOf(
    ctx.tx,
    selectRecords(
      'house',
      sql`
        where ${scope}
          and r.state = 'live'
          and r.parent_id = any(${buildings.map((b) => b.id)}::uuid[]) ${parts.room === '' ? sql`` : sql`and upper(r.name) = ${parts.room}`} ${parts.unit === '' ? sql`` : sql`and upper(r.body ->> 'unitNo') = ${parts.unit}`}
        order by length(r.name), r.name
        limit ${most}
      `,
    ),
  )
}

export async function listDue(ctx: Asking, ask: Ask<'listDue'>): Reply<'listDue'> {
  const scope = within(ctx.caller, 'registry.read', ask.placeId)
  const kinds = ask.kind === undefined ? (['house', 'person', 'unit', 'facility'] as const) : [ask.kind]
  const found = await Promise.all(
    kinds.map(async (kind) =>
      brief(
        ctx,
        kind,
        await rowsOf(
          ctx.tx,
          selectRecords(
            kind,
            sql`
              where ${scope} and r.state = 'live' and r.due_at <= ${new Date(ctx.now)}
              order by r.due_at
              limit ${ask.size}
            `,
          ),
        ),
      ),
    ),
  )
  return {
    records: found
      .flat()
      .toSorted((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1))
      .slice(0, ask.size),
  }
}

export async function listGrid(ctx: Asking, ask: Ask<'listGrid'>): Reply<'listGrid'> {
  const scope = within(ctx.caller, 'registry.read', ask.placeId)
  const rows = await rowsOf<{ estate_id: string | null; id: string; name: string; houses: number; due: number }>(
    ctx.tx,
    sql`
      select
        r.parent_id as estate_id, r.id, r.name, count(h.id) as houses,
        count(h.id) filter (where h.due_at is null or h.due_at <= ${new Date(ctx.now)}) as due
      from registry.building r
        left join registry.house h on h.county_code = r.county_code
        and h.parent_id = r.id
        and h.state = 'live'
      where ${scope} and r.state = 'live'
      group by r.county_code, r.id
      order by length(r.name), r.name
      limit 1500
    `,
  )
  const estates = await findRecords(ctx.tx, 'estate', ctx.caller.countyCode, [
    ...new Set(rows.flatMap((r) => r.estate_id ?? [])),
  ])
  return {
    estates: estates
      .toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
      .map((e) => ({
        id: e.id,
        name: e.name,
        hasProperty: typeof e.body['hasProperty'] === 'boolean' ? e.body['hasProperty'] : null,
        buildings: rows
          .filter((r) => r.estate_id === e.id)
          .map((r) => ({ id: r.id, no: r.name, houses: Number(r.houses), due: Number(r.due) })),
      })),
  }
}

const likeness = (r: PersonRow) => ({
  idIndex: r.id_index,
  phoneIndex: r.phone_index,
  name: r.name,
  spelled: r.spelled,
  born: r.born,
})

/** Who the person at the door may already be. The whole county is asked; of people elsewhere only the grid is told. */
export async function findLikely(ctx: Asking, ask: Ask<'findLikely'>): Reply<'findLikely'> {
  const text = (code: string) => (typeof ask.values[code] === 'string' ? ask.values[code] : '')
  const name = readName(text('name')),
    id = readIdNumber(text('idNo')),
    phone = readPhone(text('phone'))
  const spelled = name === '' ? '' : spellForSearch(name).full
  const ids = id ? ctx.sealer.indexes(`id:${fullId(id)}`) : [],
    phones = phone === '' ? [] : ctx.sealer.indexes(`phone:${phone}`)
  const born = id ? (bornOf(id.body) ?? '') : text('born')
  const isDayText = /^\d{4}-\d\d-\d\d$/.test(born)
  const county = ctx.caller.countyCode
  const rows = await rowsOf(
    ctx.tx,
    selectPersons(
      sql`
        where r.county_code = ${county}
          and r.state = 'live'
          and (
            r.id_index = any(${ids}::text[])
            or r.phone_index = any(${phones}::text[]) ${isDayText && spelled !== '' ? sql`or (r.born = ${born} and r.spelled = ${spelled})` : sql``}
          )
        limit 30
      `,
    ),
  )
  const housemates =
    ask.houseId === undefined || spelled === ''
      ? []
      : await rowsOf(
          ctx.tx,
          selectPersons(
            sql`
              join registry.link l on l.county_code = r.county_code
              and l.person_id = r.id
              where l.county_code = ${county}
                and l.house_id = ${ask.houseId}
                and l.to_on is null
                and r.state = 'live'
                and r.spelled = ${spelled}
                and (r.id_index is null or ${ids.length === 0}::boolean)
            `,
          ),
        )
  const self = { idIndex: ids[0] ?? null, phoneIndex: phones[0] ?? null, name, spelled, born: isDayText ? born : null }
  const all = [...new Map([...rows, ...housemates].map((r) => [r.id, r])).values()]
  const likely = all.flatMap((r) => {
    const reasons: ReturnType<typeof reasonsFor> = reasonsFor(
      {
        ...self,
        idIndex: ids.includes(r.id_index ?? '') ? r.id_index : self.idIndex,
        phoneIndex: phones.includes(r.phone_index ?? '') ? r.phone_index : self.phoneIndex,
      },
      likeness(r),
    )
    if (reasons.length === 0 && housemates.some((h) => h.id === r.id)) reasons.push('same-home')
    const isYours = dutiesOver(ctx.caller, r).duties.has('registry.read')
    return reasons.length === 0
      ? []
      : [{ id: r.id, name: isYours ? r.name : `${[...r.name][0] ?? ''}**`, gridName: gridName(r), isYours, reasons }]
  })
  if (likely.length > 0) ctx.look('registry.likely-looked', county, { found: likely.length })
  return { likely: likely.slice(0, 8) }
}

/** Pairs of a place that may be one person, with the reasons; those found to be two are left out. */
export async function listDoubles(ctx: Asking, ask: Ask<'listDoubles'>): Reply<'listDoubles'> {
  const county = ctx.caller.countyCode
  const scope = within(ctx.caller, 'registry.merge', ask.placeId)
  const alike = [
    sql`b.id_index = r.id_index`,
    sql`b.phone_index = r.phone_index and b.spelled = r.spelled`,
    sql`b.born = r.born and b.spelled = r.spelled`,
  ]
  const pairs = new Map<string, [string, string]>()
  for (const on of alike) {
    const rows = await rowsOf<{ a: string; b: string }>(
      ctx.tx,
      sql`
        select least(r.id, b.id) as a, greatest(r.id, b.id) as b
        from registry.person r
          join registry.person b on b.county_code = r.county_code
          and b.id <> r.id
          and b.state = 'live'
          and ${on}
        where ${scope}
          and r.state = 'live'
          and not exists (
            select 1
            from registry.apart x
            where x.county_code = r.county_code and x.a_id = least(r.id, b.id) and x.b_id = greatest(r.id, b.id)
          )
        limit 200
      `,
    )
    for (const { a, b } of rows) pairs.set(`${a}${b}`, [a, b])
  }
  const ids = [...new Set([...pairs.values()].flat())]
  const people =
    ids.length === 0
      ? []
      : await rowsOf(ctx.tx, selectPersons(sql`where r.county_code = ${county} and r.id = any(${ids}::uuid[])`))
  const byId = new Map(people.map((p) => [p.id, p]))
  const book = await fieldBook(ctx.tx, county)
  const reader = readerOf(ctx, book)
  const view = (r: PersonRow) => viewRecord(reader, 'person', r)
  const found = [...pairs.values()].flatMap(([x, y]) => {
    const a = byId.get(x),
      b = byId.get(y)
    if (!a || !b || !canMerge(ctx.caller, a) || !canMerge(ctx.caller, b)) return []
    const reasons = reasonsFor(likeness(a), likeness(b))
    return reasons.length === 0 ? [] : [{ a: view(a), b: view(b), reasons }]
  })
  if (found.length > 0) ctx.look('registry.doubles-looked', county, { pairs: found.length })
  return { pairs: found.toSorted((p, q) => q.reasons.length - p.reasons.length).slice(0, 50) }
}
const canMerge = (caller: Caller, row: RecordRow) => dutiesOver(caller, row).duties.has('registry.merge')

/** Several homes, homes without a lead grid, and people who are registered here and verified nowhere (R4). */
export async function listGaps(ctx: Asking, ask: Ask<'listGaps'>): Reply<'listGaps'> {
  const scope = within(ctx.caller, 'registry.read', ask.placeId)
  const homes = sql`
    select count(*)
    from registry.link l
    where l.county_code = r.county_code and l.person_id = r.id and l.to_on is null and l.role <> 'owner'
  `
  const list = async (where: RawBuilder<unknown>) =>
    brief(
      ctx,
      'person',
      await rowsOf(
        ctx.tx,
        selectRecords('person', sql`where ${scope} and r.state = 'live' and ${where} order by r.due_at limit 50`),
      ),
    )
  const [several, nowhere, noLead] = [
    await list(sql`(${homes}) > 1`),
    await list(sql`(${homes}) = 0`),
    await list(
      sql`
        (${homes}) > 0
        and not exists (
          select 1
          from registry.link l
          where l.county_code = r.county_code and l.person_id = r.id and l.to_on is null and l.is_lead
        )
      `,
    ),
  ]
  // The same three signs that the page of a household names: people a room, space a person, partitions.
  const crowded = await rowsOf(
    ctx.tx,
    selectRecords(
      'house',
      sql`
        join lateral (select count(*) as n
          from registry.link l
          where l.county_code = r.county_code and l.house_id = r.id and l.to_on is null and l.role <> 'owner'
        ) p on true
        where ${scope}
          and r.state = 'live'
          and r.sort in ('rental', 'group')
          and (
            p.n > 2 * nullif((r.body ->> 'rooms')::numeric, 0)
            or (p.n >= 3 and ((r.body ->> 'areaM2')::numeric / p.n < 5 or (r.body ->> 'isPartitioned')::boolean))
          )
        order by p.n desc, r.id
        limit 50
      `,
    ),
  )
  return { several, nowhere, noLead, groupRent: await brief(ctx, 'house', crowded) }
}

/** Figures of a place and of the places right below it, from the tally that the database keeps. */
export async function getComposition(ctx: Asking, ask: Ask<'getComposition'>): Reply<'getComposition'> {
  const tree = placeTree()
  const posts = ctx.caller.posts
    .filter((p) => p.departmentId === null && (p.duties.has('registry.read') || p.duties.has('registry.count')))
    .map((p) => p.placeId)
  const at = ask.placeId !== undefined && posts.some((p) => tree.contains(p, ask.placeId!)) ? ask.placeId : posts[0]
  const rows =
    at === undefined
      ? []
      : await rowsOf<{ place_id: string; kind: string; sort: string; n: number }>(
          ctx.tx,
          sql`
            select place_id, kind, sort, n
            from registry.tally
            where county_code = ${ctx.caller.countyCode} and n <> 0
          `,
        )
  const under = new Map<string, string | undefined>()
  const childOf = (place: string) => {
    if (!under.has(place)) {
      const line = tree.line(place)
      const i = line.findIndex((n) => n.id === at)
      under.set(place, i < 0 ? undefined : i === 0 ? at : line[i - 1]!.id)
    }
    return under.get(place)
  }
  const add = (into: Record<string, number>, key: string, n: number) => {
    into[key] = (into[key] ?? 0) + n
  }
  const byKind: Record<string, number> = {},
    byUse: Record<string, number> = {}
  const places = new Map<
    string,
    { id: string; name: string; persons: number; floating: number; houses: number; rental: number; units: number }
  >()
  let units = 0
  for (const r of rows) {
    const child = childOf(r.place_id)
    if (child === undefined) continue
    const row = places.get(child) ?? {
      id: child,
      name: tree.get(child)?.name ?? '',
      persons: 0,
      floating: 0,
      houses: 0,
      rental: 0,
      units: 0,
    }
    places.set(child, row)
    if (r.kind === 'person') {
      add(byKind, r.sort, r.n)
      row.persons += r.n
      if (r.sort === 'floating') row.floating += r.n
    }
    if (r.kind === 'house') {
      add(byUse, r.sort, r.n)
      row.houses += r.n
      if (r.sort === 'rental' || r.sort === 'group') row.rental += r.n
    }
    if (r.kind === 'unit') {
      units += r.n
      row.units += r.n
    }
  }
  const sum = (o: Record<string, number>) => Object.values(o).reduce((a, b) => a + b, 0)
  const persons = sum(byKind),
    houses = sum(byUse)
  const four = (x: number) => Math.round(x * 10_000) / 10_000
  return {
    persons,
    byKind,
    houses,
    byUse,
    units,
    floatingShare: persons === 0 ? 0 : four((byKind['floating'] ?? 0) / persons),
    rentalShare: houses === 0 ? 0 : four(((byUse['rental'] ?? 0) + (byUse['group'] ?? 0)) / houses),
    places: [...places.values()].toSorted((a, b) => b.persons - a.persons),
  }
}

export async function listFields(ctx: Asking): Reply<'listFields'> {
  const book = await fieldBook(ctx.tx, ctx.caller.countyCode)
  return {
    fields: recordKinds.flatMap((kind) =>
      book.fields(kind).map((f) => ({
        kind,
        code: f.code,
        name: f.name,
        nameEn: f.nameEn,
        type: f.type,
        tier: f.tier,
        pi: f.pi,
        isOn: f.isOn,
        isAsked: f.isAsked,
        isRequired: f.isRequired,
        basis: f.basis,
        purpose: f.purpose,
        choices: f.choices.map((x): [string, string, string] => [...x]),
      })),
    ),
  }
}
