/** The end of an address: numbers, each with the mark of what it numbers or bare between dashes. */
export interface TailParts {
  readonly building: string
  readonly unit: string
  readonly room: string
}

type Mark = 'building' | 'unit' | 'floor' | 'room' | 'number' | 'part' | ''
const towers = ['号', '幢', '栋', '座', '#'].flatMap((sign) =>
  ['写字楼', '办公楼', '商务楼', '公寓楼'].map((what) => sign + what),
)
const marks: readonly (readonly [word: string, mark: Mark])[] = [
  ...towers.map((word) => [word, 'building'] as const),
  ['号楼', 'building'],
  ['幢楼', 'building'],
  ['栋楼', 'building'],
  ['#楼', 'building'],
  ['楼栋', 'building'],
  ['幢', 'building'],
  ['栋', 'building'],
  ['座', 'building'],
  ['单元', 'unit'],
  ['门栋', 'unit'],
  ['门洞', 'unit'],
  ['门', 'unit'],
  ['梯', 'unit'],
  ['号房间', 'room'],
  ['号房', 'room'],
  ['号室', 'room'],
  ['房间', 'room'],
  ['层', 'floor'],
  ['楼', 'floor'],
  ['F', 'floor'],
  ['f', 'floor'],
  ['室', 'room'],
  ['房', 'room'],
  ['户', 'room'],
  ['铺', 'room'],
  ['号', 'number'],
  ['#', 'number'],
  ['间', 'part'],
  ['卧室', 'part'],
  ['卧', 'part'],
  ['床', 'part'],
]
const markOf: ReadonlyMap<string, Mark> = new Map(marks)
const number =
  '(?<=[路街道巷弄组])\\d{1,4}-\\d{1,3}(?=号)|\\d{1,4}[甲乙丙丁](?=幢|栋|号楼|座)|[A-Za-z]?\\d{1,5}[A-Za-z]?|[A-Za-z]{1,2}|[甲乙丙丁戊己庚辛]|[东西南北中]边?|[主次大小](?=卧)'
/** A number with its mark; longer marks go first. */
const numberAndMark = new RegExp(`[第-]?(${number})(${marks.map(([word]) => word).join('|')})?`, 'y')

interface Token {
  readonly text: string
  readonly mark: Mark
}

/** Signs that a number, or 第 before it, begins with. */
const begins = /[0-9A-Za-z第甲乙丙丁戊己庚辛东西南北中]/

/**
 * @param isCut whether the number may begin within digits: the name before it is known
 * @returns the parts when everything from there on is a house's, undefined otherwise
 */
export function readTail(text: string, from: number, isCut = false): TailParts | undefined {
  if (!begins.test(text[from] ?? '') || (!isCut && isWithin(text, from))) return undefined
  const tokens = tokensFrom(text, from)
  return tokens && partsOf(tokens)
}

/** A number begins where one begins, not in its middle. */
function isWithin(text: string, at: number): boolean {
  return at > 0 && /^(?:\d\d|[A-Za-z]{2})$/.test(text.slice(at - 1, at + 1))
}

function tokensFrom(text: string, from: number): Token[] | undefined {
  const tokens: Token[] = []
  let at = from
  while (at < text.length) {
    numberAndMark.lastIndex = at
    const found = numberAndMark.exec(text)
    if (!found || (at === from && text[at] === '-')) return undefined
    const [whole, written = '', word = ''] = found
    const mark = markOf.get(word) ?? ''
    if (mark === '' && /^[\u4e00-\u9fff]/.test(written)) return undefined
    at += whole.length
    // 501室内, 501室旁: said of the room, no part of it.
    if (mark === 'room' && at === text.length - 1 && '内旁里'.includes(text[at]!)) at++
    tokens.push({ text: written.toUpperCase(), mark })
  }
  return tokens.length === 0 ? undefined : tokens
}

interface Parts {
  building: string | undefined
  unit: string | undefined
  floor: string | undefined
  room: string | undefined
}

/** What each number is by its mark, and by its place where it has none. */
function partsOf(tokens: readonly Token[]): TailParts | undefined {
  if (tokens.length === 1 && tokens[0]!.mark === '') return undefined
  const parts: Parts = { building: undefined, unit: undefined, floor: undefined, room: undefined }
  for (const [i, token] of tokens.entries()) {
    const part = partFor(token, parts, tokens.slice(i + 1))
    if (part === undefined) return undefined
    if (part !== 'none') parts[part] = token.text
  }
  if (parts.building === undefined && parts.unit === undefined && parts.room === undefined) return undefined
  return { building: clean(parts.building), unit: clean(parts.unit), room: clean(roomOf(parts)) }
}

/** 5楼东户 is the room 5东, 12楼01室 the room 1201. */
function roomOf({ room, floor }: Parts): string | undefined {
  if (room === undefined || floor === undefined) return room
  if (/^[东西南北中]/.test(room)) return `${floor}${room[0]!}`
  return /^\d{1,2}$/.test(floor) && /^\d{2}$/.test(room) ? `${floor}${room}` : room
}

type Part = keyof Parts | 'none'

function partFor(token: Token, parts: Parts, after: readonly Token[]): Part | undefined {
  // A part of a room, or its other door.
  if (parts.room !== undefined) return token.mark === 'building' || token.mark === 'unit' ? undefined : 'none'
  switch (token.mark) {
    case 'building':
      return ofBuilding(token, parts)
    case 'unit':
      return parts.unit === undefined ? 'unit' : undefined
    case 'floor':
      return 'floor'
    case 'room':
      return 'room'
    case 'number':
      return ofNumber(parts, after)
    case 'part':
      return undefined
    case '':
      return ofBare(token, parts, after)
  }
}

/** 3栋B座: the second is an entrance of the first. */
function ofBuilding(token: Token, { building, unit }: Parts): Part | undefined {
  if (building === undefined) return unit === undefined ? 'building' : undefined
  return unit === undefined && /^[A-Z]$|^\d{1,2}$/.test(token.text) ? 'unit' : undefined
}

/** 3号 is a building, unless one stands before or behind it: 3幢102号 is a room, 18号3幢 a yard. */
function ofNumber({ building, unit }: Parts, after: readonly Token[]): Part | undefined {
  if (building === undefined && unit === undefined) return yard(after)
  return unit === undefined && after.some((t) => t.mark === '' || t.mark === 'room') ? 'unit' : 'room'
}

const yard = (after: readonly Token[]): Part | undefined =>
  after.some((t) => t.mark === 'building') ? undefined : 'building'

/** Bare numbers stand in the order of writing; a room has two digits or more where a unit may stand. */
function ofBare(token: Token, { building, unit }: Parts, after: readonly Token[]): Part | undefined {
  const isNext = (t: Token | undefined) => t !== undefined && ['', 'room', 'number', 'floor', 'unit'].includes(t.mark)
  if (building === undefined && unit === undefined) return isNext(after[0]) ? 'building' : undefined
  const isShort = /^(?:\d{1,2}|[A-Z])$/.test(token.text)
  // 12幢2-3: what a room would be called, were nothing behind it.
  if (unit === undefined && isShort && (after[0]?.mark === '' || after.some((t) => isRoomLike(t)))) return 'unit'
  return 'room'
}

const isRoomLike = (t: Token): boolean => t.mark === 'room' || (t.mark !== 'floor' && /\d{2}/.test(t.text))

const clean = (text: string | undefined): string => (text ?? '').replace('边', '').replace(/^0+(?=.)/, '')
