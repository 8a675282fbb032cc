/** A row of an import judged: every cell read, every fault named by its column. */
import type { Day } from '@fengge/domain/kernel/time'
import { readAddress } from '@fengge/domain/registry/address'
import { readValue } from '@fengge/domain/registry/fields'
import { completeFromNumber } from '@fengge/domain/registry/identity-number'
import type { ImportColumn } from '@fengge/domain/registry/import-columns'
import { namesakeKey } from '@fengge/domain/registry/same-person'
import type { ImportKind, LinkRole, Value, Values } from '@fengge/domain/registry/terms'
import type { PlaceTree } from '../../places/door.ts'

export interface CellFault {
  readonly column: string
  readonly fault: string
}
export interface Room {
  readonly estate: string
  readonly written?: string
  readonly building: string
  readonly unit: string
  readonly room: string
}
export interface GoodRow {
  readonly row: number
  readonly values: Values
  readonly gridId: string | null
  readonly room: Room | undefined
  /** The address as written, also where no room can be told from it. */
  readonly address: string
  readonly role: LinkRole
  readonly fromOn: string | null
}
export interface BadRow {
  readonly row: number
  readonly faults: readonly CellFault[]
  readonly cells: readonly string[]
}

const roles: Record<string, LinkRole> = {
  户主: 'head',
  成员: 'member',
  家庭成员: 'member',
  配偶: 'member',
  子女: 'member',
  父母: 'member',
  承租: 'tenant',
  承租人: 'tenant',
  租客: 'tenant',
  房主: 'owner',
  业主: 'owner',
  产权人: 'owner',
  同住: 'co-resident',
  同住人: 'co-resident',
}

/** What the rows of a file are judged by. */
export interface Judging {
  readonly kind: ImportKind
  readonly columns: ReadonlyMap<number, ImportColumn>
  readonly county: string
  readonly tree: PlaceTree
  /** Whether the sender may write there. */
  readonly within: (placeId: string) => boolean
  readonly today: Day
}

interface Cells {
  /** Values of fields. */
  readonly values: Record<string, Value>
  /** Cells of the columns beside the fields: address, grid, part in the household. */
  readonly text: Readonly<Record<string, string>>
  readonly faults: CellFault[]
}

/** Given where a column or cell says nothing. */
const usual: Readonly<Record<ImportKind, Values>> = {
  person: { kind: 'resident' },
  house: { use: 'self' },
  unit: { kind: 'firm' },
}
const mostCells = 400

export function judgeRow(judging: Judging, row: number, cells: readonly string[]): GoodRow | BadRow {
  const { kind } = judging
  const read = readCells(judging, cells)
  const { values, text, faults } = read
  for (const [code, value] of Object.entries(usual[kind])) values[code] ??= value
  const gridId = readGrid(judging, text['gridCode'] ?? '', faults)
  const room = readers[kind]?.(read)
  const role = readRole(text['role'] ?? '', values)
  if (role === undefined) faults.push({ column: '与房屋关系', fault: 'value.choice' })
  if (role === undefined || faults.length > 0) return { row, faults, cells }
  const fromOn = /^\d{4}-\d\d-\d\d$/.test(text['fromOn'] ?? '') ? (text['fromOn'] ?? null) : null
  return {
    row,
    values: kind === 'person' ? completeFromNumber(values) : values,
    gridId,
    room,
    address: text['address'] ?? '',
    role,
    fromOn,
  }
}

function readCells({ kind, columns, today }: Judging, cells: readonly string[]): Cells {
  const faults: CellFault[] = []
  const values: Record<string, Value> = {}
  const text: Record<string, string> = {}
  if (cells.length > mostCells) faults.push({ column: '', fault: 'row.too-wide' })
  for (const [i, column] of columns) {
    const cell = cells[i] ?? ''
    if (cell.startsWith('=') && cell.length > 1) faults.push({ column: column.name, fault: 'file.formulas' })
    else if (!column.spec) text[column.code] = cell.normalize('NFKC').trim()
    else {
      const read = readValue(column.spec, cell, today)
      if ('fault' in read) faults.push({ column: column.name, fault: read.fault })
      else values[column.spec.code] = read.value
    }
  }
  const isNamed = [...columns.values()].some((c) => c.code === 'name')
  if (kind !== 'house' && !isNamed) faults.push({ column: 'name', fault: 'value.required' })
  return { values, text, faults }
}

function readRole(text: string, values: Values): LinkRole | undefined {
  if (text !== '') return roles[text]
  return values['kind'] === 'floating' ? 'tenant' : 'member'
}

function readGrid({ county, tree, within }: Judging, code: string, faults: CellFault[]): string | null {
  if (code === '') return null
  const node = tree.byCode(code.replace(/\s/g, ''))
  if (!node || node.countyCode !== county || !within(node.id)) {
    faults.push({ column: '网格编码', fault: node ? 'place.not-yours' : 'place.unknown' })
    return null
  }
  return tree.ancestor(node.id, 'grid')?.id ?? node.id
}

const readers: Partial<Record<ImportKind, (cells: Cells) => Room | undefined>> = { person: readHome, house: readHouse }

/** The room a person's address names; one without a room gives none. */
function readHome({ text, faults }: Cells): Room | undefined {
  const address = text['address'] ?? ''
  if (address === '') return undefined
  const parts = readAddress(address)
  if (!parts) faults.push({ column: '地址', fault: 'address.unreadable' })
  if (!parts || parts.room === '') return undefined
  return parts
}

/** The room a house is, by the parts of its address or the address in one piece; there must be one. */
function readHouse({ text, values, faults }: Cells): Room | undefined {
  const room = String(values['roomNo'] ?? '')
  if (text['estate']) {
    const building = (text['building'] ?? '').replace(/[幢栋号楼座#]+$/, '')
    return { estate: text['estate'], building, unit: String(values['unitNo'] ?? ''), room }
  }
  const address = text['address'] ?? ''
  const parts = address === '' ? undefined : readAddress(address)
  if (parts && parts.building !== '') return { ...parts, room: parts.room || room }
  faults.push({ column: '地址', fault: address === '' ? 'value.required' : 'address.unreadable' })
  return undefined
}

/** The rows of one file that were seen, so that a second one about the same person, room or unit is returned. */
export class SeenRows {
  private readonly seen = new Set<string>()
  private readonly kind: ImportKind
  private readonly placeId: string
  /** @param placeId where rows belong that name no grid */
  constructor(kind: ImportKind, placeId: string) {
    this.kind = kind
    this.placeId = placeId
  }

  /** What is wrong with a good row for having come a second time. */
  findDouble(row: GoodRow): CellFault | undefined {
    const { key, column, fault } = this.keyOf(row)
    if (key === undefined) return undefined
    if (this.seen.has(key)) return { column, fault }
    this.seen.add(key)
    return undefined
  }

  private keyOf(row: GoodRow): { key: string | undefined } & CellFault {
    const { values, room, role } = row
    const placeId = row.gridId ?? this.placeId
    const at = room && roomKey(room)
    if (this.kind === 'house') return { key: at, column: '地址', fault: 'row.double' }
    if (this.kind === 'unit')
      return {
        key: String(values['creditCode'] ?? `${String(values['name'])}/${placeId}`),
        column: values['creditCode'] ? '证件号码' : '名称',
        fault: 'row.double',
      }
    if (values['idNo'])
      return { key: `${String(values['idNo'])}/${at ?? ''}/${role}`, column: '证件号码', fault: 'row.double' }
    const line = JSON.stringify([values, placeId, row.address])
    return { key: namesakeKey(values, role, at, line), column: '姓名', fault: 'row.namesake' }
  }
}

const roomKey = (r: Room) => [r.estate, r.building, r.unit, r.room].join('/')
