/** Standard addresses found, or made, by their parts: estate, building, room. Kept in memory while a file is read. */
import { estateKey } from '@fengge/domain/registry/address'
import type { Values } from '@fengge/domain/registry/terms'
import type { Ctx, Asking } from '../../kernel/context.ts'
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { draftRow, type Draft } from '../record-columns.ts'
import { insertDrafts } from '../store/records.ts'
import { placeFor } from '../sight.ts'
import type { Room } from './judge-rows.ts'

export interface Found {
  readonly id: string
  readonly gridId: string | null
  readonly placeId: string
}
interface Fresh {
  readonly kind: 'estate' | 'building' | 'house'
  readonly draft: Draft
}

export class Rooms {
  private readonly estates = new Map<string, Found>()
  private readonly buildings = new Map<string, Found>()
  private readonly houses = new Map<string, Found>()
  private readonly loaded = new Set<string>()
  readonly fresh: Fresh[] = []
  private readonly ctx: Asking
  private readonly batchId: string
  private readonly mark: { source: string; by: string; at: string }
  private constructor(ctx: Asking, batchId: string, mark: { source: string; by: string; at: string }) {
    this.ctx = ctx
    this.batchId = batchId
    this.mark = mark
  }

  /** Estates of the places that the file may touch. */
  static async open(
    ctx: Asking,
    batchId: string,
    villages: readonly string[],
    mark: { source: string; by: string; at: string },
  ): Promise<Rooms> {
    const rooms = new Rooms(ctx, batchId, mark)
    const rows = await rowsOf<{
      id: string
      name: string
      aliases: string | null
      grid_id: string | null
      village_id: string
    }>(
      ctx.tx,
      sql`
        select id, name, body ->> 'aliases' as aliases, grid_id, village_id
        from registry.estate
        where county_code = ${ctx.caller.countyCode}
          and state = 'live' ${villages.length === 0 ? sql`` : sql`and village_id = any(${villages}::uuid[])`}
      `,
    )
    for (const r of rows)
      for (const name of [r.name, ...(r.aliases ?? '').split(/[、,，]/)])
        if (name !== '')
          rooms.estates.set(estateKey(name), { id: r.id, gridId: r.grid_id, placeId: r.grid_id ?? r.village_id })
    return rooms
  }

  /** Loads buildings and rooms of the estates that a page of rows names. */
  async load(wanted: readonly (Room | undefined)[]): Promise<void> {
    const estates = [
      ...new Set(wanted.flatMap((w) => (w ? (this.estates.get(estateKey(w.estate))?.id ?? []) : []))),
    ].filter((id) => !this.loaded.has(id))
    if (estates.length === 0) return
    const county = this.ctx.caller.countyCode
    for (const id of estates) this.loaded.add(id)
    const buildings = await rowsOf<{
      id: string
      name: string
      parent_id: string
      grid_id: string | null
      village_id: string
    }>(
      this.ctx.tx,
      sql`
        select id, name, parent_id, grid_id, village_id
        from registry.building
        where county_code = ${county} and parent_id = any(${estates}::uuid[]) and state = 'live'
      `,
    )
    for (const b of buildings)
      this.buildings.set(`${b.parent_id}/${b.name.toUpperCase()}`, {
        id: b.id,
        gridId: b.grid_id,
        placeId: b.grid_id ?? b.village_id,
      })
    const houses = await rowsOf<{
      id: string
      name: string
      unit_no: string | null
      parent_id: string
      grid_id: string | null
      village_id: string
    }>(
      this.ctx.tx,
      sql`
        select id, name, body ->> 'unitNo' as unit_no, parent_id, grid_id, village_id
        from registry.house
        where county_code = ${county} and parent_id = any(${buildings.map((b) => b.id)}::uuid[]) and state = 'live'
      `,
    )
    for (const h of houses)
      for (const unit of new Set([h.unit_no ?? '', '']))
        this.houses.set(`${h.parent_id}/${unit.toUpperCase()}/${h.name.toUpperCase()}`, {
          id: h.id,
          gridId: h.grid_id,
          placeId: h.grid_id ?? h.village_id,
        })
  }

  find(room: Room): Found | undefined {
    const estate = this.estates.get(estateKey(room.estate))
    const building = estate && this.buildings.get(`${estate.id}/${room.building.toUpperCase()}`)
    return building && this.houses.get(`${building.id}/${room.unit.toUpperCase()}/${room.room.toUpperCase()}`)
  }

  /** The room, made with its building and estate where they are missing. */
  make(room: Room, placeId: string, values: Values): { found: Found; isNew: boolean } {
    const known = this.find(room)
    if (known) return { found: known, isNew: false }
    const estate =
      this.estates.get(estateKey(room.estate)) ??
      this.add(
        'estate',
        this.estates,
        estateKey(room.estate),
        { name: room.written ?? room.estate, kind: 'estate' },
        null,
        placeId,
      )
    const key = `${estate.id}/${room.building.toUpperCase()}`
    const building =
      this.buildings.get(key) ?? this.add('building', this.buildings, key, { no: room.building }, estate.id, placeId)
    this.loaded.add(estate.id)
    const houseKey = `${building.id}/${room.unit.toUpperCase()}/${room.room.toUpperCase()}`
    const floor = Math.floor((Number.parseInt(room.room, 10) || 0) / 100)
    const found = this.add(
      'house',
      this.houses,
      houseKey,
      { ...(room.unit === '' ? {} : { unitNo: room.unit }), floor, use: 'self', ...values, roomNo: room.room },
      building.id,
      building.placeId,
    )
    return { found, isNew: true }
  }

  private add(
    kind: Fresh['kind'],
    into: Map<string, Found>,
    key: string,
    values: Values,
    parentId: string | null,
    placeId: string,
  ): Found {
    const place = placeFor(placeId)
    const found = { id: freshId(this.ctx.now), gridId: place.gridId, placeId }
    into.set(key, found)
    this.fresh.push({
      kind,
      draft: {
        id: found.id,
        kind,
        county: this.ctx.caller.countyCode,
        values,
        place,
        parentId,
        origin: { '*': this.mark },
        now: this.ctx.now,
        batchId: this.batchId,
      },
    })
    return found
  }

  /** Writes what was made since the last time. @returns how many houses */
  async save(ctx: Ctx): Promise<number> {
    const fresh = this.fresh.splice(0)
    for (const kind of ['estate', 'building', 'house'] as const) {
      const rows = fresh.filter((f) => f.kind === kind).map((f) => draftRow(f.draft, ctx.sealer))
      if (rows.length > 0) await run(ctx.tx, insertDrafts(kind, rows))
    }
    return fresh.filter((f) => f.kind === 'house').length
  }
}
