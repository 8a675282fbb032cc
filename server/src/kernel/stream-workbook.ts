/** The first sheet of a large .xlsx, row by row, in bounded memory. A formula comes as `=formula`, never run. */
import type { SaxesTagPlain } from 'saxes'
import { refuse } from './problems.ts'
import { readXml, type XmlReader } from './read-xml.ts'
import { inflate, listParts, type Part } from './zip-parts.ts'

const mostSheet = 1_500_000_000,
  mostShared = 300_000_000,
  mostStyles = 20_000_000
const mostColumns = 16_384

/** Rows of the first sheet in pages. */
export async function* streamWorkbook(path: string, size = 2000): AsyncGenerator<string[][]> {
  const parts = await listParts(path)
  const sheet = findSheet(parts) ?? refuse('file.broken', 422)
  const shared = await readAll(path, findPart(parts, 'xl/sharedStrings.xml'), mostShared, new SharedReader())
  const formats = await readAll(path, findPart(parts, 'xl/styles.xml'), mostStyles, new StyleReader())
  let page: string[][] = []
  for await (const rows of readXml(inflate(path, sheet, mostSheet), new SheetReader(shared, formats))) {
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

async function readAll<Item>(
  path: string,
  part: Part | undefined,
  most: number,
  reader: XmlReader<Item>,
): Promise<Item[]> {
  const all: Item[] = []
  if (part)
    for await (const items of readXml(inflate(path, part, most), reader)) for (const item of items) all.push(item)
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

/** Whether each cell style shows a day: built-in formats, and own ones that spell year, month and day. */
class StyleReader extends Collector<boolean> {
  private readonly own = new Set<number>()
  private isInFormats = false
  readonly open = ({ name, attributes }: SaxesTagPlain): void => {
    const id = Number(attributes['numFmtId'])
    if (name === 'numFmt' && /[yY年].*[mM月]|[mM月].*[dD日]/.test(attributes['formatCode'] ?? '')) this.own.add(id)
    else if (name === 'cellXfs') this.isInFormats = true
    else if (name === 'xf' && this.isInFormats) this.items.push(this.own.has(id) || isBuiltInDay(id))
  }
  readonly close = (name: string): void => {
    this.progress++
    if (name === 'cellXfs') this.isInFormats = false
  }
}

const isBuiltInDay = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** Rows of a sheet, up to the end of its data. */
class SheetReader extends Collector<string[]> {
  private readonly shared: readonly string[]
  private readonly isDay: readonly boolean[]
  private cells: string[] = []
  private column = 0
  private isEmptyRow = false
  private type: string | undefined
  private style: string | undefined
  private value = ''
  private isFormula = false
  private phonetic = 0
  private isOver = false
  constructor(shared: readonly string[], isDay: readonly boolean[]) {
    super()
    this.shared = shared
    this.isDay = isDay
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
    if (this.style !== undefined && this.isDay[Number(this.style)]) return dayOf(Number(value))
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

const dayOf = (serial: number) => new Date(Math.round((serial - 25_569) * 86_400_000)).toISOString().slice(0, 10)
