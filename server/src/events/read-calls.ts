/** Calls of the hotline out of a table, under Chinese or English headers; every fault named by row and column. */
import type { z } from 'zod'
import { HotlineCall } from '@fengge/domain/events/contract/rules'
import { refuse } from '../kernel/problems.ts'
import type { Table } from '../kernel/workbooks/read-table.ts'
import { inSlices } from '../kernel/turns.ts'

const columns: Record<string, readonly string[]> = {
  ticketNo: ['工单号', '工单编号', '编号', 'ticketno', 'id'],
  title: ['标题', '主题', '诉求标题', 'title', 'subject'],
  content: ['内容', '诉求内容', '详情', 'content', 'detail'],
  receivedAt: ['受理时间', '来电时间', '时间', 'receivedat', 'created_at'],
  placeText: ['地点', '地址', '事发地址', 'place'],
  areaCode: ['区划代码', '村社区代码', 'areacode'],
  categoryCode: ['事项代码', '类别代码', 'categorycode'],
  callerName: ['联系人', '诉求人', '姓名', 'callername'],
  callerPhone: ['联系电话', '电话', '手机', 'callerphone'],
  externalDueAt: ['办理时限', '截止时间', 'externaldueat'],
  topic: ['一级标签', '诉求类别', 'label', 'topic'],
}

/** Letters carry bare numbers, sometimes one twice: each becomes a call number of its own. */
export function numberLetters(table: Table): Table {
  const at = table.header.findIndex((h) => h.trim().toLowerCase() === 'id')
  const seen = new Map<string, number>()
  const name = (id: string) => {
    const times = (seen.get(id) ?? 0) + 1
    seen.set(id, times)
    return times === 1 ? `letter-${id}` : `letter-${id}-${times}`
  }
  return { header: table.header, rows: table.rows.map((r) => r.map((c, i) => (i === at ? name(c.trim()) : c))) }
}

export interface RowFault {
  row: number
  column: string
  problem: string
  value: string
}

export interface ReadCalls {
  readonly calls: HotlineCall[]
  readonly faults: RowFault[]
}

/** Reads calls from rows under Chinese or English headers; every fault named by row and column. Lets others have their turn between. */
export async function readCalls(table: Table): Promise<ReadCalls> {
  const names = table.header.map((h) => h.trim().toLowerCase())
  const at = Object.fromEntries(
    Object.entries(columns).map(([field, aliases]) => [field, names.findIndex((n) => aliases.includes(n))]),
  )
  const missing = ['ticketNo', 'title', 'content'].filter((f) => at[f]! < 0)
  if (missing.length > 0) refuse('file.columns', 422, { missing: missing.map((m) => columns[m]![0]) })
  const faults: RowFault[] = []
  const seen = new Set<string>()
  const read = await inSlices(table.rows, 200, (cells, i) => {
    const row = i + 2
    const parsed = HotlineCall.safeParse(rawCall(cells, at))
    if (!parsed.success) {
      for (const issue of parsed.error.issues.slice(0, 3)) faults.push(faultOf(issue, row))
      return []
    }
    const { ticketNo } = parsed.data
    if (seen.has(ticketNo)) faults.push({ row, column: '工单号', problem: 'doubled', value: ticketNo.slice(0, 40) })
    seen.add(ticketNo)
    return [parsed.data]
  })
  return { calls: read.flat(), faults }
}

/** More than any field may hold: the schema refuses what is too long, and nobody counts the rest. */
const mostSigns = 21_000

/** The cells of a row by the names of the fields they belong to. */
function rawCall(cells: readonly string[], at: Readonly<Record<string, number>>): Record<string, string> {
  const raw = Object.fromEntries(
    Object.entries(at).flatMap(([field, index]) => {
      const text = index < 0 ? '' : (cells[index] ?? '').slice(0, mostSigns).trim()
      return text === '' ? [] : [[field, field === 'receivedAt' || field === 'externalDueAt' ? readTime(text) : text]]
    }),
  )
  const title = Array.from((raw['title'] ?? '').slice(0, 200)).slice(0, 50)
  return { ...raw, title: title.join('') }
}

function faultOf(issue: z.core.$ZodIssue, row: number): RowFault {
  const field = String(issue.path[0])
  const problem = issue.code === 'custom' ? issue.message : issue.code
  return { row, column: columns[field]?.[0] ?? field, problem, value: '' }
}

/** `2020/1/6 12:09:38` and the like, in China Standard Time; other text is left for the schema to refuse. */
function readTime(text: string): string {
  const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text)
  if (!m) return text
  const two = (s: string | undefined) => (s ?? '0').padStart(2, '0')
  return `${m[1]}-${two(m[2])}-${two(m[3])}T${two(m[4])}:${two(m[5])}:${two(m[6])}+08:00`
}
