/** A building by floors and rooms, each as fresh as it is. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { getBuilding as promise } from '@fengge/domain/registry/contract'
import { freshnessOf } from '@fengge/domain/registry/freshness'
import type { Value } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { fieldBook } from '../field-book.ts'
import { reachRecord, readerOf, viewRecord } from '../sight.ts'
import { findRecords } from '../store/records.ts'

type Room = Pick<Row<'registry.house'>, 'id' | 'name' | 'sort' | 'confirmed_at' | 'due_at'> & {
  readonly body: Record<string, Value>
  readonly people: number
}

export async function getBuilding(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { row, kind } = await reachRecord(ctx, ask.id, 'registry.read')
  if (kind !== 'building') refuse('record.unknown', 404)
  const county = ctx.caller.countyCode
  const [estate] = await findRecords(ctx.tx, 'estate', county, row.parent_id === null ? [] : [row.parent_id])
  const rooms = await listRooms(ctx.tx, county, row.id)
  return {
    building: viewRecord(readerOf(ctx, await fieldBook(ctx, county)), kind, row),
    estateName: estate?.name ?? '',
    rooms: rooms.map((room) => ({
      id: room.id,
      unitNo: String(room.body['unitNo'] ?? ''),
      floor: floorOf(room),
      roomNo: room.name,
      use: room.sort,
      people: Number(room.people),
      freshness: freshnessOf(room.confirmed_at?.getTime() ?? null, room.due_at?.getTime() ?? null, ctx.now),
    })),
  }
}

/** Without a floor of its own a room lies where its number says: 501 on the fifth. */
const floorOf = ({ name, body }: Pick<Room, 'name' | 'body'>): number =>
  Number(body['floor'] ?? Math.floor((Number.parseInt(name, 10) || 0) / 100))

function listRooms(tx: Reading, county: string, buildingId: string): Promise<Room[]> {
  return rowsOf<Room>(
    tx,
    sql`
      select
        r.id, r.name, r.sort, r.body, r.confirmed_at, r.due_at,
        (
          select count(*)
          from registry.link l
          where l.county_code = r.county_code and l.house_id = r.id and l.to_on is null and l.role <> 'owner'
        ) as people
      from registry.house r
      where r.county_code = ${county} and r.parent_id = ${buildingId} and r.state = 'live'
      order by r.name
      limit 2000
    `,
  )
}
