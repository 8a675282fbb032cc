/** Standard addresses found, or made, by their parts: estate, building, room. Kept in memory while a file is read. */
import type { KnownNames } from '@fengge/domain/registry/addresses/address'
import { estateName, sortOfEstate } from '@fengge/domain/registry/addresses/estate-name'
import type { Provenance, Values } from '@fengge/domain/registry/terms'
import type { Ctx, Asking } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { inSlices } from '../../kernel/turns.ts'
import type { Draft } from '../record-columns.ts'
import { placeFor } from '../sight.ts'
import type { Room } from './judge-rows.ts'
import { addDrafts, calledOf, listBuildings, listEstates, listHouses } from './store/records.ts'

export interface Found {
  readonly id: string
  readonly gridId: string | null
  /** Its grid, else its village. */
  readonly placeId: string | null
  readonly villageId: string | null
}
/** An estate that is called so: by its name, or only as somebody said. */
interface Called extends Found {
  readonly isSaid: boolean
}
const kinds = ['estate', 'building', 'house'] as const
type Kind = (typeof kinds)[number]

const foundOf = (row: { id: string; grid_id: string | null; village_id: string | null }): Found => ({
  id: row.id,
  gridId: row.grid_id,
  placeId: row.grid_id ?? row.village_id,
  villageId: row.village_id,
})
const buildingKey = (estateId: string, no: string) => `${estateId}/${no.toUpperCase()}`
const houseKey = (buildingId: string, unit: string, room: string) =>
  `${buildingId}/${unit.toUpperCase()}/${room.toUpperCase()}`

/** What new records are marked with. */
export interface Making {
  readonly batchId: string
  readonly mark: Provenance
}

export class Rooms {
  /** By name, in the order of their ids: of several that are called alike a row means the one with its building. */
  private readonly estates = new Map<string, Called[]>()
  private readonly known = {
    building: new Map<string, Found>(),
    house: new Map<string, Found>(),
  }
  /** Rooms of one number in one building, whatever their unit. */
  private readonly alike = new Map<string, Found[]>()
  private readonly loaded = new Set<string>()
  private fresh: Draft[] = []
  private readonly ctx: Asking
  private readonly making: Making
  private constructor(ctx: Asking, making: Making) {
    this.ctx = ctx
    this.making = making
  }

  /** @param villages whose estates the file may touch; null: those of the whole county */
  static async open(ctx: Asking, villages: readonly string[] | null, making: Making): Promise<Rooms> {
    const rooms = new Rooms(ctx, making)
    await inSlices(await listEstates(ctx.tx, ctx.caller.countyCode, villages), 500, (row) => {
      const { names, said } = calledOf(row)
      for (const name of names) rooms.call(name, { ...foundOf(row), isSaid: false })
      for (const name of said) rooms.call(name, { ...foundOf(row), isSaid: true })
    })
    return rooms
  }

  /** Names of the estates that it knows. */
  get names(): KnownNames {
    return this.estates
  }

  private call(written: string, estate: Called): void {
    const name = estateName(written)
    const others = this.estates.get(name) ?? []
    if (!others.some((other) => other.id === estate.id)) this.estates.set(name, [...others, estate])
  }

  /** Those that are called so; where it is the name of any, none that is only said to be. */
  private called(name: string): readonly Called[] {
    const all = this.estates.get(name) ?? []
    const named = all.filter((estate) => !estate.isSaid)
    return named.length > 0 ? named : all
  }

  /** Of these the ones with a building; all where none has it. */
  private meant({ name, building }: Pick<Room, 'name' | 'building'>): readonly Called[] {
    const all = this.called(name)
    const built = all.filter((estate) => this.known.building.has(buildingKey(estate.id, building)))
    return built.length > 0 ? built : all
  }

  private only(room: Pick<Room, 'name' | 'building'>): Called | undefined {
    const all = this.meant(room)
    return all.length === 1 ? all[0] : undefined
  }

  /** Whether where a room lies rests on what somebody said alone. */
  isSaid(room: Room): boolean {
    return this.only(room)?.isSaid === true
  }

  /** Loads buildings and rooms of the estates that a page of rows names. */
  async load(wanted: readonly (Room | undefined)[]): Promise<void> {
    const named = wanted.flatMap((w) => (w ? this.called(w.name).map(({ id }) => id) : []))
    const estates = [...new Set(named)].filter((id) => !this.loaded.has(id))
    if (estates.length === 0) return
    for (const id of estates) this.loaded.add(id)
    const county = this.ctx.caller.countyCode
    const buildings = await listBuildings(this.ctx.tx, county, estates)
    for (const b of buildings) this.known.building.set(buildingKey(b.parent_id, b.name), foundOf(b))
    const houses = await listHouses(
      this.ctx.tx,
      county,
      buildings.map((b) => b.id),
    )
    for (const h of houses) this.keepHouse(h.parent_id, { unit: h.unit_no ?? '', room: h.name }, foundOf(h))
  }

  private keepHouse(buildingId: string, { unit, room }: Pick<Room, 'unit' | 'room'>, found: Found): void {
    this.known.house.set(houseKey(buildingId, unit, room), found)
    const short = houseKey(buildingId, '', room)
    this.alike.set(short, [...(this.alike.get(short) ?? []), found])
  }

  find(room: Room): Found | undefined {
    const estate = this.only(room)
    const building = estate && this.known.building.get(buildingKey(estate.id, room.building))
    if (!building) return undefined
    const exact = this.known.house.get(houseKey(building.id, room.unit, room.room))
    if (exact) return exact
    // Who leaves the unit out means the one room of that number; and a room kept without its unit is the one with it.
    const short = houseKey(building.id, '', room.room)
    return room.unit === '' ? this.alike.get(short)?.[0] : this.onlyBare(short)
  }

  private onlyBare(short: string): Found | undefined {
    return this.alike.get(short)?.length === 1 ? this.known.house.get(short) : undefined
  }

  /** Whether a row leaves out the unit where several have a room of that number, or several of its name have its building. */
  isUnsure(room: Room): boolean {
    const estates = this.meant(room)
    const [estate] = estates
    const isBuilt = estate !== undefined && this.known.building.has(buildingKey(estate.id, room.building))
    if (isBuilt && estates.length > 1) return true
    const building = estate && this.known.building.get(buildingKey(estate.id, room.building))
    if (!building || room.unit !== '') return false
    const short = houseKey(building.id, '', room.room)
    return !this.known.house.has(short) && (this.alike.get(short)?.length ?? 0) > 1
  }

  /** The room, made with its building and estate where they are missing. */
  make(room: Room, placeId: string, values: Values): { found: Found; isNew: boolean } {
    const known = this.find(room)
    if (known) return { found: known, isNew: false }
    const estate = this.estateFor(room, placeId)
    const building = this.buildingFor(room, estate, placeId)
    this.loaded.add(estate.id)
    const floor = Math.floor((Number.parseInt(room.room, 10) || 0) / 100)
    const unit = room.unit === '' ? {} : { unitNo: room.unit }
    const found = this.add('house', houseKey(building.id, room.unit, room.room), {
      values: { floor, use: 'self', ...values, ...unit, roomNo: room.room },
      parentId: building.id,
      placeId: building.placeId,
    })
    this.keepHouse(building.id, room, found)
    return { found, isNew: true }
  }

  findEstate(written: string): Found | undefined {
    return this.called(estateName(written))[0]
  }

  /** The building, made with its estate where they are missing. */
  makeBuilding(room: Room, placeId: string, values: Values): { found: Found; isNew: boolean } {
    const estate = this.estateFor(room, placeId)
    const key = buildingKey(estate.id, room.building)
    const known = this.known.building.get(key)
    if (known) return { found: known, isNew: false }
    const made = { ...values, no: room.building }
    return { found: this.add('building', key, { values: made, parentId: estate.id, placeId }), isNew: true }
  }

  private estateFor(room: Room, placeId: string): Found {
    const values = { name: room.written, kind: sortOfEstate(room.name) }
    const all = this.meant(room)
    const known = all.find((estate) => estate.placeId === placeId) ?? all[0]
    return known ?? this.add('estate', room.name, { values, parentId: null, placeId })
  }

  private buildingFor(room: Room, estate: Found, placeId: string): Found {
    const key = buildingKey(estate.id, room.building)
    const values = { no: room.building }
    return this.known.building.get(key) ?? this.add('building', key, { values, parentId: estate.id, placeId })
  }

  private add(
    kind: Kind,
    key: string,
    made: { values: Values; parentId: string | null; placeId: string | null },
  ): Found {
    const place = placeFor(this.ctx, made.placeId)
    const found = { id: freshId(this.ctx.now), ...place, placeId: made.placeId }
    if (kind === 'estate') this.call(key, { ...found, isSaid: false })
    else this.known[kind].set(key, found)
    this.fresh.push({
      id: found.id,
      kind,
      county: this.ctx.caller.countyCode,
      values: made.values,
      place,
      parentId: made.parentId,
      origin: { '*': this.making.mark },
      now: this.ctx.now,
      batchId: this.making.batchId,
    })
    return found
  }

  /** Writes what was made since the last time. */
  async save(ctx: Ctx): Promise<void> {
    const fresh = this.fresh
    this.fresh = []
    for (const kind of kinds)
      await addDrafts(
        ctx,
        kind,
        fresh.filter((d) => d.kind === kind),
      )
  }
}
