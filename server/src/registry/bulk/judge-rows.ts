/** A row of an import judged: every cell read, every fault named by its column. */
import { normal } from '@fengge/domain/kernel/text'
import type { Day } from '@fengge/domain/kernel/time'
import type { AddressParts } from '@fengge/domain/registry/addresses/address'
import { wholeHouse } from '@fengge/domain/registry/addresses/address-line'
import { estateName, sortOfEstate } from '@fengge/domain/registry/addresses/estate-name'
import type { EstateNames } from '@fengge/domain/registry/addresses/estate-names'
import { documentKinds, settleDocument } from '@fengge/domain/registry/documents/document-kinds'
import { readValue } from '@fengge/domain/registry/fields'
import { completeFromNumber } from '@fengge/domain/registry/identity-number'
import type { ImportColumn } from '@fengge/domain/registry/files/import-columns'
import { namesakeKey } from '@fengge/domain/registry/same-person'
import type { ImportKind, LinkRole, Value, Values } from '@fengge/domain/registry/terms'
import type { PlaceTree } from '../../places/door.ts'

export interface CellFault {
  readonly column: string
  readonly fault: string
  /** Of an estate that may be one that is known: what is written, and the name of the known one. */
  readonly written?: string
  readonly near?: string
}
export interface Room {
  /** The estate's name, the same however it is written (estate-name.ts), and as it was written. */
  readonly name: string
  readonly written: string
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
  /** As they stand in the file. */
  readonly cells: readonly string[]
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
  /** Estates that a row may name; those of rows that were taken are added. */
  readonly estates: EstateNames
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
  estate: {},
  building: {},
  facility: {},
  link: {},
}
/** The column without which a row says of nothing what it is. */
const mustHave: Readonly<Partial<Record<ImportKind, { code: string; name: string }>>> = {
  person: { code: 'name', name: '姓名' },
  link: { code: 'name', name: '姓名' },
  unit: { code: 'name', name: '名称' },
  estate: { code: 'name', name: '名称' },
  facility: { code: 'name', name: '名称' },
  building: { code: 'no', name: '幢号' },
}
const mostCells = 400
/** The longest field, a remark, has half as many; what is longer is not looked at. */
const mostSigns = 1000
/** An address, or a part of one. */
const mostAddress = 200

export function judgeRow(judging: Judging, row: number, sent: readonly string[]): GoodRow | BadRow {
  const { kind } = judging
  const cells = sent.map((cell) => cell.slice(0, mostSigns))
  const read = readCells(judging, cells)
  for (const [i, { name }] of judging.columns)
    if ((sent[i] ?? '').length > mostSigns) read.faults.push({ column: name, fault: 'value.too-long' })
  const { values, text, faults } = read
  for (const [code, value] of Object.entries(usual[kind])) values[code] ??= value
  const gridId = readGrid(judging, text['gridCode'] ?? '', faults)
  const room = readRoom(judging, read)
  const role = readRole(text['role'] ?? '', values)
  if (role === undefined) faults.push({ column: '与房屋关系', fault: 'value.choice' })
  if (role === undefined || faults.length > 0) return { row, faults, cells }
  const isAboutPerson = kind === 'person' || kind === 'link'
  return {
    row,
    values: isAboutPerson ? completeFromNumber(values) : values,
    gridId,
    room,
    address: text['address'] ?? '',
    role,
    fromOn: readDay(text['fromOn'] ?? ''),
    cells,
  }
}

const readDay = (text: string): string | null => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : null)

/** The room that a row names, and whether its estate, or the estate that the row is, may be one that is known. */
function readRoom({ kind, estates }: Judging, read: Cells): Room | undefined {
  if (kind === 'estate') {
    const named = estateOf(read.values)
    if (named) checkEstate(named, estates, read.faults, '名称')
    return undefined
  }
  const room = readers[kind]?.(read, estates)
  if (room && kind !== 'link') checkEstate(room, estates, read.faults, '地址')
  return room
}

function readCells({ kind, columns, today }: Judging, cells: readonly string[]): Cells {
  const faults: CellFault[] = []
  const values: Record<string, Value> = {}
  const text: Record<string, string> = {}
  if (cells.length > mostCells) faults.push({ column: '', fault: 'row.too-wide' })
  const beside = writtenIn(columns, cells)
  for (const [i, column] of columns) {
    const cell = cells[i] ?? ''
    if (isFormula(cell)) faults.push({ column: column.name, fault: 'file.formulas' })
    else if (!column.spec && cell.length > mostAddress) faults.push({ column: column.name, fault: 'value.too-long' })
    else if (!column.spec) text[column.code] = normal(cell, 'NFKC').trim()
    else {
      const read = readValue(column.spec, beside[column.code] ?? null, today, beside)
      // The address may say the room.
      const isElsewhere = column.code === 'roomNo' && cell.trim() === ''
      if ('fault' in read && isElsewhere) continue
      if ('fault' in read) faults.push({ column: column.name, fault: read.fault })
      else values[column.spec.code] = read.value
    }
  }
  addDocument(kind, values, beside)
  const key = mustHave[kind]
  if (key !== undefined && ![...columns.values()].some((c) => c.code === key.code))
    faults.push({ column: key.name, fault: 'value.required' })
  return { values, text, faults }
}

const isFormula = (cell: string): boolean => cell.startsWith('=') && cell.length > 1

/** 无 in the column of numbers says that he has none, also in a file without a column for the kind. */
function addDocument(kind: ImportKind, values: Record<string, Value>, { idKind }: Values): void {
  if (kind === 'person' && idKind !== undefined) values['idKind'] ??= idKind
}

/** What stands in the columns of fields; a number is read beside the kind of its document, by code or name (护照). */
function writtenIn(columns: Judging['columns'], cells: readonly string[]): Values {
  const written: Record<string, Value> = {}
  for (const [i, { spec }] of columns) if (spec) written[spec.code] = cells[i] ?? ''
  const named = documentKinds.find((k) => k.name === String(written['idKind'] ?? '').trim())
  return settleDocument(named === undefined ? written : { ...written, idKind: named.code })
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

/** A new estate whose name is near a known one waits for somebody who knows which it is. */
function checkEstate(
  { name, written }: Pick<Room, 'name' | 'written'>,
  estates: EstateNames,
  faults: CellFault[],
  column: string,
): void {
  if (estates.has(name)) return
  const near = estates.nearTo(written)
  if (near !== undefined) faults.push({ column, fault: 'estate.close', written, near })
  else if (estates.isFull) faults.push({ column, fault: 'estate.too-many' })
  else if (faults.length === 0) estates.add(written)
}

type Reads = (cells: Cells, estates: EstateNames) => Room | undefined
const readers: Partial<Record<ImportKind, Reads>> = {
  person: readHome,
  house: readHouse,
  building: readBuilding,
  link: readLinked,
}

function estateOf(values: Values): Pick<Room, 'name' | 'written'> | undefined {
  const written = String(values['name'] ?? '')
  return written === '' ? undefined : { name: estateName(written), written }
}

/** A building by its estate and number. */
function readBuilding({ text, values, faults }: Cells, estates: EstateNames): Room | undefined {
  const written = text['estate'] ?? ''
  if (written === '') faults.push({ column: '小区', fault: 'value.required' })
  const no = String(values['no'] ?? '')
  if (written === '' || no === '') return undefined
  const parts = estates.read(`${written}${/[幢栋座号楼#]$/.test(no) ? no : `${no}幢`}`)
  return parts && parts.building !== ''
    ? { ...roomOf(parts, ''), room: '' }
    : { name: estateName(written), written, building: no, unit: '', room: '' }
}

/** The room that a person is linked with; there must be one. */
function readLinked(cells: Cells, estates: EstateNames): Room | undefined {
  const room = readHome(cells, estates)
  if (!room && cells.faults.length === 0)
    cells.faults.push({ column: '地址', fault: cells.text['address'] ? 'address.unreadable' : 'value.required' })
  return room
}

/** The room a person's address names; one without a room gives none. */
function readHome({ text, faults }: Cells, estates: EstateNames): Room | undefined {
  const address = text['address'] ?? ''
  if (address === '') return undefined
  const parts = estates.read(address)
  if (!parts) faults.push({ column: '地址', fault: 'address.unreadable' })
  if (!parts || isWithoutRoom(parts)) return undefined
  return roomOf(parts, parts.room)
}

/** Along roads and in hamlets a number is one home; in an estate it is a building of many. */
const isOneHome = ({ name, building, unit, room }: AddressParts) =>
  room === '' && unit === '' && building !== '' && sortOfEstate(name) !== 'estate'
const isWithoutRoom = (parts: AddressParts) => parts.building === '' || (parts.room === '' && !isOneHome(parts))

const roomOf = (parts: AddressParts, room: string): Room => ({
  name: parts.name,
  written: parts.written,
  building: parts.building,
  unit: parts.unit,
  room: room === '' && isOneHome(parts) ? wholeHouse : room,
})

/** The room a house is, by the parts of its address or the address in one piece; there must be one. */
function readHouse({ text, values, faults }: Cells, estates: EstateNames): Room | undefined {
  const room = String(values['roomNo'] ?? '')
  const address = text['estate'] ? lineOf(text, values) : (text['address'] ?? '')
  const parts = address === '' ? undefined : estates.read(address)
  const found = parts && parts.building !== '' ? roomOf(parts, parts.room || room) : roomOfColumns(text, values)
  if (found === undefined)
    faults.push({ column: '地址', fault: address === '' ? 'value.required' : 'address.unreadable' })
  else if (found.room === '') faults.push({ column: '室号', fault: 'value.required' })
  return found
}

/** Columns of estate, building, unit and room, read as if they stood in one line: each may have its ending or not. */
function lineOf(text: Readonly<Record<string, string>>, values: Values): string {
  const ended = (part: Value | undefined, ending: string, endings: RegExp) => {
    const written = String(part ?? '').trim()
    return written === '' || endings.test(written) ? written : `${written}${ending}`
  }
  return [
    text['estate'] ?? '',
    ended(text['building'], '幢', /[幢栋座号楼#]$/),
    ended(values['unitNo'], '单元', /单元|[门梯]$/),
    ended(values['roomNo'], '室', /[室户房号]$/),
  ].join('')
}

/** What no address says, as it stands in the columns: 门面3. */
function roomOfColumns(text: Readonly<Record<string, string>>, values: Values): Room | undefined {
  const written = text['estate'] ?? ''
  const building = (text['building'] ?? '').replace(/[幢栋号楼座#]+$/, '')
  if (written === '' || building === '') return undefined
  const [unit, room] = ['unitNo', 'roomNo'].map((code) => String(values[code] ?? ''))
  return { name: estateName(written), written, building, unit: unit ?? '', room: room ?? '' }
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
    if (this.kind === 'house' || this.kind === 'building') return { key: at, column: '地址', fault: 'row.double' }
    if (this.kind === 'estate') return { key: estateName(String(values['name'])), column: '名称', fault: 'row.double' }
    if (this.kind === 'facility') return { key: facilityKey(values, placeId), column: '名称', fault: 'row.double' }
    if (this.kind === 'link')
      return {
        key: JSON.stringify([values['idNo'] ?? values, at, role]),
        column: '姓名',
        fault: 'row.double',
      }
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

/** A thing is told from others by its name, its kind and where it is. */
export const facilityKey = (values: Values, placeId: string | null): string =>
  JSON.stringify(['name', 'kind', 'address'].map((code) => values[code] ?? '').concat(placeId ?? ''))

const roomKey = (r: Room) => [r.name, r.building, r.unit, r.room].join('/')
