/** The 12345 hotline: tickets in one by one or in a file, status out (requirement E3, D3; domain.md D4). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/events/contract/rules'
import { Ticket } from '@fengge/domain/events/contract/rules'
import { postsWith, type Ctx, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { readTable } from '../../kernel/read-table.ts'
import { ruleBook } from '../rule-book.ts'
import { findByTicket, saveExample } from '../store.ts'
import { guessLabels } from '../suggest.ts'
import { findSite, saveIntake } from './report-event.ts'

const fallbackCategory = '4012'

/** Takes a ticket; the same number again changes nothing and gets the same event. */
export async function submitTicket(ctx: Ctx, ticket: Ticket): Promise<ReplyOf<typeof promises.submitTicket>> {
  const county = ctx.caller.countyCode
  const known = await findByTicket(ctx.tx, county, ticket.ticketNo)
  if (known) return { id: known.id, no: known.no, isNew: false, status: known.core.status }
  const tree = placeTree()
  const area =
    ticket.areaCode === undefined ? undefined : (tree.byCode(ticket.areaCode) ?? refuse('place.unknown', 422))
  const site = findSite(county, null, ticket.point ?? null, area?.id)
  const category = await chooseCategory(ctx, ticket)
  const post = postsWith(ctx.caller, 'hotline.submit')[0] ?? null
  const id = freshId(ctx.now)
  const sealed = (text: string) => (text === '' ? null : ctx.sealer.seal(text))
  const { fresh } = await saveIntake(ctx, {
    report: {
      id,
      title: ticket.title,
      content: ticket.content,
      placeText: ticket.placeText,
      point: ticket.point ?? null,
      people: 0,
      scale: 'single',
      urgency: 0,
      occurredAt: ticket.receivedAt ?? null,
      evidenceIds: [],
    },
    source: 'hotline',
    category,
    site,
    post,
    ticketNo: ticket.ticketNo,
    externalDueAt: ticket.externalDueAt === undefined ? null : Date.parse(ticket.externalDueAt),
    reporter: {
      accountId: null,
      nameSealed: sealed(ticket.callerName),
      phoneSealed: sealed(ticket.callerPhone ?? ''),
      phoneIndex: ticket.callerPhone === undefined ? null : ctx.sealer.index(ticket.callerPhone),
    },
  })
  if (ticket.topic)
    await saveExample(
      ctx.tx,
      county,
      'topic',
      id,
      ticket.topic,
      `${ticket.title}\n${ticket.content.slice(0, 3000)}`,
      ctx.now,
    )
  return { id, no: fresh.no, isNew: true, status: fresh.core.status }
}

/** The category given, else the likeliest one of ordinary kind; nothing ever bounces for want of one (C7). */
async function chooseCategory(ctx: Asking, ticket: Ticket) {
  const book = await ruleBook(ctx.tx, ctx.caller.countyCode)
  if (ticket.categoryCode !== undefined)
    return book.category(ticket.categoryCode, ctx.now) ?? refuse('category.unknown', 422, { code: ticket.categoryCode })
  const [best] = (await guessLabels(ctx.tx, ctx.caller.countyCode, ticket.title, ticket.content.slice(0, 3000)))
    .categories
  const guessed = best && best.share >= 0.2 ? book.category(best.code, ctx.now) : undefined
  return (
    guessed ?? book.category(fallbackCategory, ctx.now) ?? refuse('category.unknown', 422, { code: fallbackCategory })
  )
}

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

/** Letters carry bare numbers, sometimes one twice: each becomes a ticket number of its own. */
export function numberLetters(table: { header: string[]; rows: string[][] }): { header: string[]; rows: string[][] } {
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

/** Reads tickets from rows under Chinese or English headers; every fault named by row and column. */
export function readTickets(table: { header: string[]; rows: string[][] }): { tickets: Ticket[]; faults: RowFault[] } {
  const names = table.header.map((h) => h.trim().toLowerCase())
  const at = Object.fromEntries(
    Object.entries(columns).map(([field, aliases]) => [field, names.findIndex((n) => aliases.includes(n))]),
  )
  const missing = ['ticketNo', 'title', 'content'].filter((f) => at[f]! < 0)
  if (missing.length > 0) refuse('file.columns', 422, { missing: missing.map((m) => columns[m]![0]) })
  const faults: RowFault[] = []
  const seen = new Set<string>()
  const tickets = table.rows.flatMap((cells, i) => {
    const raw = Object.fromEntries(
      Object.entries(at).flatMap(([field, index]) => {
        const text = index < 0 ? '' : (cells[index] ?? '').trim()
        return text === '' ? [] : [[field, field === 'receivedAt' || field === 'externalDueAt' ? readTime(text) : text]]
      }),
    )
    const parsed = Ticket.safeParse({ ...raw, title: [...(raw['title'] ?? '')].slice(0, 50).join('') })
    const fault = (column: string, problem: string, value: string) =>
      faults.push({ row: i + 2, column, problem, value: value.slice(0, 40) })
    if (!parsed.success) {
      for (const issue of parsed.error.issues.slice(0, 3))
        fault(
          columns[String(issue.path[0])]?.[0] ?? String(issue.path[0]),
          issue.code === 'custom' ? issue.message : issue.code,
          '',
        )
      return []
    }
    if (seen.has(parsed.data.ticketNo)) fault('工单号', 'doubled', parsed.data.ticketNo)
    seen.add(parsed.data.ticketNo)
    return [parsed.data]
  })
  return { tickets, faults }
}

/** `2020/1/6 12:09:38` and the like, in China Standard Time; other text is left for the schema to refuse. */
function readTime(text: string): string {
  const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text)
  if (!m) return text
  const two = (s: string | undefined) => (s ?? '0').padStart(2, '0')
  return `${m[1]}-${two(m[2])}-${two(m[3])}T${two(m[4])}:${two(m[5])}:${two(m[6])}+08:00`
}

export async function importTickets(
  ctx: Ctx,
  ask: AskOf<typeof promises.importTickets>,
): Promise<ReplyOf<typeof promises.importTickets>> {
  const { tickets, faults } = readTickets(readTable(ask.fileName, Buffer.from(ask.base64, 'base64')))
  if (faults.length > 0 || ask.isTrial) return { added: 0, known: 0, errors: faults.slice(0, 500) }
  let added = 0
  for (const ticket of tickets) if ((await submitTicket(ctx, ticket)).isNew) added++
  return { added, known: tickets.length - added, errors: [] }
}

/** Ticket states since a cursor. A row that commits late is never skipped: only finished transactions count. */
export async function listTicketChanges(
  ctx: Asking,
  ask: AskOf<typeof promises.listTicketChanges>,
): Promise<ReplyOf<typeof promises.listTicketChanges>> {
  const [xid = '0', id = '00000000-0000-0000-0000-000000000000'] = /^\d+~[0-9a-f-]{36}$/.test(ask.after)
    ? ask.after.split('~')
    : []
  const rows = await rowsOf<{
    xid: string
    id: string
    ticket_no: string
    no: string
    status: string
    changed_at: Date
    due_at: Date | null
    answer: string | null
    satisfaction: number | null
    is_solved: boolean | null
  }>(
    ctx.tx,
    sql`
      select
        e.wrote_in::text as xid, e.id, e.ticket_no, e.no, coalesce(t.status, e.status) as status, e.changed_at,
        e.due_at, coalesce(t.core, e.core) ->> 'answer' as answer,
        (coalesce(t.core, e.core) ->> 'satisfaction')::int as satisfaction,
        (coalesce(t.core, e.core) ->> 'isSolved')::boolean as is_solved
      from events.event e left join events.event t on t.county_code = e.county_code and t.id = e.merged_into
      where e.county_code = ${ctx.caller.countyCode}
        and e.ticket_no is not null
        and (e.wrote_in, e.id) > (${xid}::xid8, ${id}::uuid)
        and e.wrote_in < pg_snapshot_xmin(pg_current_snapshot())
      order by e.wrote_in, e.id
      limit 500
    `,
  )
  const last = rows.at(-1)
  return {
    changes: rows.map((r) => ({
      ticketNo: r.ticket_no,
      no: r.no,
      status: r.status,
      at: r.changed_at.toISOString(),
      dueAt: r.due_at?.toISOString() ?? null,
      answer: r.answer,
      satisfaction: r.satisfaction,
      isSolved: r.is_solved,
    })),
    next: last ? `${last.xid}~${last.id}` : ask.after,
  }
}
