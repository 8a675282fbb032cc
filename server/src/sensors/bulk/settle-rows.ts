/** Rows of a table of devices against what is there: buildings, departments, the reach of who sends them, devices that are known. */
import type { SensorKind } from '@fengge/domain/sensors/terms'
import type { Asking } from '../../kernel/context.ts'
import { departmentsById } from '../../identity/door.ts'
import { placeTree, reachOf } from '../../places/door.ts'
import { findWrittenBuildings, type WrittenBuilding } from '../../registry/door.ts'
import { isOutside } from '../../events/door.ts'
import { mayManage, placeOf } from '../keeping.ts'
import { placeAtPoint, placeInBuilding } from '../place-device.ts'
import { listNamed, type Named, type Standing } from '../store/devices.ts'
import { columnNames, type ColumnCode } from './columns.ts'
import type { CellFault, ReadRow, Said } from './read-rows.ts'

export interface SettledRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly faults: readonly CellFault[]
  /** The device, where nothing is wrong and none such is there. */
  readonly standing: Standing | undefined
}

export async function settleRows(ctx: Asking, rows: readonly ReadRow[]): Promise<SettledRow[]> {
  const county = ctx.caller.countyCode
  const { isCounty, town, village, grid } = reachOf(placeTree(ctx), ctx.caller, 'sensor.manage')
  const written = rows.flatMap((r) => r.said?.building ?? [])
  const within = { county, isCounty, places: [...town, ...village, ...grid] }
  const lookup: Lookup = {
    buildings: await findWrittenBuildings(ctx.tx, within, written),
    departments: Map.groupBy(
      [...(await departmentsById(ctx.tx, county)).values()].filter((d) => d.isActive),
      (d) => d.name,
    ),
  }
  const names = [...new Set(rows.flatMap((r) => r.said?.name ?? []))]
  const known = new Set((await listNamed(ctx.tx, county, names)).map(keyOf))
  const seen = new Set<string>()
  return rows.map(({ row, cells, said, faults }) => {
    if (!said) return { row, cells, faults, standing: undefined }
    const found = settle(ctx, lookup, said)
    if ('faults' in found) return { row, cells, faults: found.faults, standing: undefined }
    const key = keyOf(found.standing)
    const isDouble = seen.has(key)
    seen.add(key)
    return {
      row,
      cells,
      faults: isDouble ? [faultIn('name', 'row.double')] : [],
      standing: isDouble || known.has(key) ? undefined : found.standing,
    }
  })
}

interface Lookup {
  readonly buildings: (said: { readonly estate: string; readonly no: string }) => readonly WrittenBuilding[]
  readonly departments: ReadonlyMap<string, readonly { readonly id: string }[]>
}

const faultIn = (code: ColumnCode, fault: string): CellFault => ({ column: columnNames[code], fault })

/** The same kind and name at the same place is the same device, as is known to who fills in tables. */
const keyOf = (d: Named & { readonly kind: SensorKind }): string =>
  JSON.stringify([d.kind, d.name, d.building_id ?? d.spot])

type Settled = { readonly standing: Standing } | { readonly faults: readonly CellFault[] }

function settle(ctx: Asking, lookup: Lookup, said: Said): Settled {
  const place = placeFor(ctx, lookup, said)
  const owners = said.department === '' ? [] : (lookup.departments.get(said.department) ?? [])
  const faults = [
    ...('fault' in place ? [place] : []),
    ...(said.department !== '' && owners.length === 0 ? [faultIn('department', 'department.unknown')] : []),
    ...(owners.length > 1 ? [faultIn('department', 'department.several')] : []),
  ]
  if ('fault' in place || faults.length > 0) return { faults }
  const { kind, name, spot, validTo } = said
  return { standing: { ...place, kind, name, spot, department_id: owners[0]?.id ?? null, valid_to: validTo } }
}

type Place = ReturnType<typeof placeInBuilding>

function placeFor(ctx: Asking, { buildings }: Lookup, { building, point }: Said): Place | CellFault {
  if (building) {
    const found = buildings(building)
    if (found.length > 1) return faultIn('building', 'building.several')
    return found[0] ? placeInBuilding(found[0]) : faultIn('building', 'building.unknown')
  }
  if (point === null || isOutside(ctx, point)) return faultIn('lng', 'place.not-yours')
  const place = placeAtPoint(ctx, point)
  return mayManage(ctx, placeOf(place)) ? place : faultIn('lng', 'place.not-yours')
}
