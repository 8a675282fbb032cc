/** One page of an import judged: every cell read, every fault named by row and column; then what is new, changed or the same. */
import type { Day } from '@fengge/domain/kernel/time'
import { readAddress } from '@fengge/domain/registry/address'
import { readValue } from '@fengge/domain/registry/fields'
import { completeFromNumber } from '@fengge/domain/registry/identity-number'
import type { ImportColumn } from '@fengge/domain/registry/import-columns'
import type { ImportKind } from '@fengge/domain/registry/bulk-contract'
import type { LinkRole, Value, Values } from '@fengge/domain/registry/terms'
import { placeTree } from '../../places/door.ts'

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

export function judgeRow(
  kind: ImportKind,
  row: number,
  cells: readonly string[],
  columns: ReadonlyMap<number, ImportColumn>,
  county: string,
  within: (placeId: string) => boolean,
  today: Day,
): GoodRow | BadRow {
  const faults: CellFault[] = []
  const values: Record<string, Value> = {}
  const text: Record<string, string> = {}
  if (cells.length > 400) faults.push({ column: '', fault: 'row.too-wide' })
  for (const [i, column] of columns) {
    const cell = cells[i] ?? ''
    if (cell.startsWith('=') && cell.length > 1) {
      faults.push({ column: column.name, fault: 'file.formulas' })
      continue
    }
    if (!column.spec) {
      text[column.code] = cell.normalize('NFKC').trim()
      continue
    }
    const read = readValue(column.spec, cell, today)
    if ('fault' in read) faults.push({ column: column.name, fault: read.fault })
    else values[column.spec.code] = read.value
  }
  const seen = new Set([...columns.values()].map((c) => c.code))
  for (const code of kind === 'person' ? ['name'] : kind === 'unit' ? ['name'] : [])
    if (!seen.has(code)) faults.push({ column: code, fault: 'value.required' })
  if (kind === 'person') values['kind'] ??= 'resident'
  if (kind === 'house') values['use'] ??= 'self'
  if (kind === 'unit') values['kind'] ??= 'firm'
  const gridId = readGrid(text['gridCode'] ?? '', county, within, faults)
  const room = kind === 'unit' ? undefined : readRoom(kind, text, values, faults)
  const fromOn = /^\d{4}-\d\d-\d\d$/.test(text['fromOn'] ?? '') ? text['fromOn']! : null
  const role =
    (text['role'] ?? '') === '' ? (values['kind'] === 'floating' ? 'tenant' : 'member') : roles[text['role']!]
  if (role === undefined) faults.push({ column: '与房屋关系', fault: 'value.choice' })
  if (faults.length > 0) return { row, faults, cells }
  return { row, values: kind === 'person' ? completeFromNumber(values) : values, gridId, room, role: role!, fromOn }
}

function readGrid(
  code: string,
  county: string,
  within: (placeId: string) => boolean,
  faults: CellFault[],
): string | null {
  if (code === '') return null
  const tree = placeTree()
  const node = tree.byCode(code.replace(/\s/g, ''))
  if (!node || node.countyCode !== county || !within(node.id)) {
    faults.push({ column: '网格编码', fault: node ? 'place.not-yours' : 'place.unknown' })
    return null
  }
  return tree.ancestor(node.id, 'grid')?.id ?? node.id
}

function readRoom(
  kind: ImportKind,
  text: Record<string, string>,
  values: Values,
  faults: CellFault[],
): Room | undefined {
  if (kind === 'house' && (text['estate'] ?? '') !== '')
    return {
      estate: text['estate']!,
      building: (text['building'] ?? '').replace(/[幢栋号楼座#]+$/, ''),
      unit: String(values['unitNo'] ?? ''),
      room: String(values['roomNo'] ?? ''),
    }
  const address = text['address'] ?? ''
  if (address === '') {
    if (kind === 'house') faults.push({ column: '地址', fault: 'value.required' })
    return undefined
  }
  const parts = readAddress(address)
  if (!parts || (kind === 'house' && parts.building === '')) {
    faults.push({ column: '地址', fault: 'address.unreadable' })
    return undefined
  }
  return parts.room === '' && kind === 'person'
    ? undefined
    : { ...parts, room: parts.room || String(values['roomNo'] ?? '') }
}
