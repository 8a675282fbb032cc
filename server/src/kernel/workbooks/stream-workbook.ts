/** The first sheet of a large .xlsx, row by row, in bounded memory. A formula comes as `=formula`, never run. */
import type { SaxesTagPlain } from 'saxes'
import type { Source } from '../file-bytes.ts'
import { refuse } from '../problems.ts'
import { readXml, type XmlReader } from './read-xml.ts'
import { inflate, listParts, type Part } from './zip-parts.ts'

/** What a part may hold that is kept whole while the sheet is read: it must fit into the memory of a thread. */
interface PartBars {
  readonly unpacked: number
  readonly items: number
  readonly signs: number
}
const sharedBars: PartBars = { unpacked: 300_000_000, items: 1_200_000, signs: 20_000_000 }
const styleBars: PartBars = { unpacked: 20_000_000, items: 65_536, signs: 1_000_000 }
const mostColumns = 16_384

/** How a workbook is read. */
export interface Reading {
  /** Rows of a page. */
  readonly size?: number
  /** What the sheet may swell to, in bytes. */
  readonly most?: number
  /** Whether the time of the day is wanted of a cell that shows one; else the day alone. */
  readonly hasTimes?: boolean
}

/** Rows of the first sheet in pages. */
export async function* streamWorkbook(path: Source, reading: Reading = {}): AsyncGenerator<string[][]> {
  const { size = 2000, most = 1_500_000_000, hasTimes = false } = reading
  const parts = await listParts(path)
  const sheet = findSheet(parts) ?? refuse('file.broken', 422)
  const shared = await readAll(path, findPart(parts, 'xl/sharedStrings.xml'), sharedBars, new SharedReader())
  const formats = await readAll(path, findPart(parts, 'xl/styles.xml'), styleBars, new StyleReader())
  const reader = new SheetReader(shared, formats, hasTimes)
  let page: string[][] = []
  for await (const rows of readXml(inflate(path, sheet, most), reader)) {
    for (const row of rows) {
      if (page.push(row) < size) continue
      yield page
      page = []
    }
  }
  if (page.length > 0) yield page
}

const findPart = (parts: readonly Part[], name: string) => parts.find((p) => p.name === name)

/** sheet2.xml before sheet10.xml. */
function findSheet(parts: readonly Part[]): Part | undefined {
  const sheets = parts.filter((p) => /^xl\/worksheets\/[^/]+\.xml$/.test(p.name))
  return sheets.toSorted((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1))[0]
}

async function readAll<Item extends string>(
  path: Source,
  part: Part | undefined,
  bars: PartBars,
  reader: XmlReader<Item>,
): Promise<Item[]> {
  const all: Item[] = []
  let signs = 0
  if (!part) return all
  for await (const items of readXml(inflate(path, part, bars.unpacked), reader))
    for (const item of items) {
      signs += item.length
      if (all.push(item) > bars.items || signs > bars.signs) refuse('file.too-large', 413, { texts: bars.items })
    }
  return all
}

/** What every reader does: items are collected, and text only where it is wanted. */
abstract class Collector<Item> implements XmlReader<Item> {
  progress = 0
  protected items: Item[] = []
  protected collected = ''
  protected isCollecting = false
  readonly text = (text: string): void => {
    if (this.isCollecting) this.collected += text
  }
  readonly take = (): Item[] => {
    const { items } = this
    if (items.length > 0) this.items = []
    return items
  }
  abstract readonly open: (tag: SaxesTagPlain) => void
  abstract readonly close: (name: string) => void
  isDone = (): boolean => false

  protected collect(): void {
    this.collected = ''
    this.isCollecting = true
  }
}

/** The texts that cells share, each in one or several pieces; how they are read aloud is left out. */
class SharedReader extends Collector<string> {
  private whole = ''
  private phonetic = 0
  readonly open = ({ name }: SaxesTagPlain): void => {
    if (name === 'si') this.whole = ''
    else if (name === 'rPh') this.phonetic++
    else if (name === 't' && this.phonetic === 0) this.collect()
  }
  readonly close = (name: string): void => {
    if (name === 't' && this.isCollecting) {
      this.whole += this.collected
      this.isCollecting = false
    } else if (name === 'rPh') this.phonetic--
    else if (name === 'si') {
      this.items.push(this.whole)
      this.progress++
    }
  }
}

type Format = 'plain' | 'day' | 'time'

/** What each cell style shows: a day by built-in formats and own ones that spell year, month and day, and whether with its time. */
class StyleReader extends Collector<Format> {
  private readonly own = new Map<number, Format>()
  private isInFormats = false
  readonly open = ({ name, attributes }: SaxesTagPlain): void => {
    const id = Number(attributes['numFmtId'])
    if (name === 'numFmt') this.own.set(id, formatOf(attributes['formatCode'] ?? ''))
    else if (name === 'cellXfs') this.isInFormats = true
    else if (name === 'xf' && this.isInFormats) this.items.push(this.own.get(id) ?? builtIn(id))
  }
  readonly close = (name: string): void => {
    this.progress++
    if (name === 'cellXfs') this.isInFormats = false
  }
}

function formatOf(code: string): Format {
  if (!/[yY年].*[mM月]|[mM月].*[dD日]/.test(code)) return 'plain'
  return /[hH时]/.test(code) ? 'time' : 'day'
}
function builtIn(id: number): Format {
  if (id === 22) return 'time'
  return (id >= 14 && id <= 21) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'day' : 'plain'
}

/** Rows of a sheet, up to the end of its data. */
class SheetReader extends Collector<string[]> {
  private readonly shared: readonly string[]
  private readonly formats: readonly Format[]
  private readonly hasTimes: boolean
  private cells: string[] = []
  private column = 0
  private isEmptyRow = false
  private type: string | undefined
  private style: string | undefined
  private value = ''
  private isFormula = false
  private phonetic = 0
  private isOver = false
  constructor(shared: readonly string[], formats: readonly Format[], hasTimes: boolean) {
    super()
    this.shared = shared
    this.formats = formats
    this.hasTimes = hasTimes
  }

  override isDone = (): boolean => this.isOver

  readonly open = (tag: SaxesTagPlain): void => {
    switch (tag.name) {
      case 'row':
        this.cells = []
        this.column = 0
        this.isEmptyRow = tag.isSelfClosing
        break
      case 'c':
        this.openCell(tag.attributes)
        break
      case 'v':
        if (this.type !== 'inlineStr') this.collect()
        break
      case 't':
        if (this.type === 'inlineStr' && this.phonetic === 0) this.collect()
        break
      case 'f':
        this.isFormula = true
        break
      case 'rPh':
        this.phonetic++
    }
  }

  readonly close = (name: string): void => {
    switch (name) {
      case 'v':
      case 't':
        if (this.isCollecting) this.value += this.collected
        this.isCollecting = false
        break
      case 'c':
        while (this.cells.length < this.column) this.cells.push('')
        this.cells[this.column++] = this.cellText()
        break
      case 'row':
        if (!this.isEmptyRow) this.items.push(this.cells)
        this.progress++
        break
      case 'rPh':
        this.phonetic--
        break
      case 'sheetData':
        this.isOver = true
    }
  }

  private openCell(attributes: SaxesTagPlain['attributes']): void {
    const reference = attributes['r']
    if (reference !== undefined) this.column = columnOf(reference)
    if (this.column >= mostColumns) refuse('file.broken', 422)
    this.type = attributes['t']
    this.style = attributes['s']
    this.value = ''
    this.isFormula = false
  }

  private cellText(): string {
    if (this.isFormula) return '=formula'
    const { type, value } = this
    if (type === 's') return this.shared[Number(value)] ?? ''
    if (type === 'b') return value === '1' ? '是' : '否'
    if (type !== undefined || value === '') return value
    const format = (this.style === undefined ? undefined : this.formats[Number(this.style)]) ?? 'plain'
    if (format !== 'plain') return momentOf(Number(value), this.hasTimes && format === 'time')
    return isExponent.test(value) ? String(BigInt(Math.round(Number(value)))) : value
  }
}

const isExponent = /^-?\d+(\.\d+)?E\+?\d+$/i

/** C7 → 2. What is no reference lies beyond every sheet. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64
    if (letter < 1 || letter > 26) return column - 1
    column = column * 26 + letter
  }
  return mostColumns
}

/** A number of days as a workbook counts them; what is no day of a calendar stays as it is. */
function momentOf(serial: number, hasTime: boolean): string {
  const at = new Date(Math.round((serial - 25_569) * 86_400) * 1000)
  const isDay = serial >= 0 && serial < 2_958_466
  if (!isDay) return String(serial)
  const text = at.toISOString()
  return hasTime ? `${text.slice(0, 10)} ${text.slice(11, 19)}` : text.slice(0, 10)
}
