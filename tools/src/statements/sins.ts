/** Statements as they should not be, one or more for each rule: every guard must go red on its own. */
import { join } from 'node:path'
import ts from 'typescript'
import { compilerOptions, openSource, type Source } from './reading/source.ts'

const root = join(import.meta.dirname, '../../..')
const path = join(root, 'server/src/events/planted-sins.ts')

/** Sins by the rule they begin with; `fine` are statements that only look like one. */
export const sins: Readonly<Record<string, readonly string[]>> = {
  columns: [
    'rowsOf<{ id: string; nam: string }>(tx, sql`select id, name from events.saved_view`)',
    'rowsOf<{ id: string }>(tx, sql`select id, name from events.saved_view`)',
    'rowsOf<{ id: string; name: string }>(tx, sql`select id from events.saved_view`)',
    // In one of its shapes only.
    'rowsOf<{ id: string }>(tx, sql`select id ${isOpen ? sql`, no` : sql``} from events.event`)',
    'rowsOf<{ id: string }>(tx, tail(sql`, no`))',
    'rowsOf<{ id: string }>(tx, sql`select id ${sql.join(listed(), sql` `)} from events.event`)',
    'rowsOf<{ id: string }>(tx, sql`select id ${perhaps(isOpen)} from events.event`)',
    'rowsOf<{ id: string }>(tx, sql`select id ${byKind[kind]()} from events.event`)',
    'rowsOf<{ id: string }>(tx, sql`select ${sql.join(list.map(() => sql`no`))} from events.event`)',
    'rowsOf<{ id: string }>(tx, sql`select ${columnsOf({ id: `id`, no: sql`no` })} from events.event`)',
  ],
  'columns of an insert': [
    'run(tx, sql`insert into events.saved_view (county_code, id, name) values (${text}, ${text}, ${text})`)',
    "run(tx, insertInto('events.saved_view', { county_code: 'text', id: 'uuid' }).into([]))",
  ],
  type: [
    'rowsOf<{ level: string }>(tx, sql`select level from events.event`)',
    'rowsOf<{ reported_at: string }>(tx, sql`select reported_at from events.event`)',
    'rowsOf<{ n: number }>(tx, sql`select coalesce(sum(version), 0)::numeric as n from events.event`)',
    'rowsOf<{ day: Date }>(tx, sql`select day from events.calendar_day`)',
    'rowsOf<{ is_open: number }>(tx, sql`select is_open from events.event`)',
    'rowsOf<{ evidence_ids: string }>(tx, sql`select evidence_ids from events.flow`)',
    'rowsOf<{ evidence_ids: number[] }>(tx, sql`select evidence_ids from events.flow`)',
    "rowsOf<Pick<Row<'events.event'>, 'no'>>(tx, sql`select version as no from events.event`)",
    // As long as any is nothing, nothing is checked.
    'rowsOf<{ core: any }>(tx, sql`select core from events.event`)',
  ],
  null: [
    'rowsOf<{ due_at: Date }>(tx, sql`select due_at from events.event`)',
    'rowOf<{ last: Date }>(tx, sql`select max(reported_at) as last from events.event`)',
    'rowsOf<{ note: string }>(tx, sql`select (select f.reason from events.flow f where f.event_id = e.id limit 1) as note from events.event e`)',
    'rowsOf<{ reason: string }>(tx, sql`select f.reason from events.event e left join events.flow f on f.event_id = e.id`)',
  ],
  'null that is written': [
    'run(tx, sql`insert into events.notice_read (county_code, notice_id, account_id) values (${text}, ${text}, ${perhapsText})`)',
    'run(tx, sql`update events.event set title = ${perhapsText}, closed_at = ${null} where id = ${text}`)',
    "run(tx, sql`insert into events.saved_view (county_code, id, account_id, name, filter) values (${text}, ${text}, ${text}, ${text}, '{}') on conflict (county_code, id) do update set name = ${perhapsText}::text`)",
  ],
  words: ["rowsOf<{ kind: 'holiday' }>(tx, sql`select kind from events.calendar_day`)"],
  parameter: [
    'rowsOf(tx, sql`select id from events.event where level = ${text}`)',
    'rowsOf(tx, sql`select id from events.event where id = ${count}`)',
    'rowsOf(tx, sql`select id from events.event where id = any(${text}::uuid[])`)',
    'rowsOf(tx, sql`select id from events.event where reported_at::date = ${date}::date`)',
    'run(tx, sql`update events.event set core = ${list}::jsonb where id = ${text}`)',
    'rowsOf(tx, sql`select id from events.event where no = ${anything}`)',
  ],
  'writes-elsewhere': [
    'run(tx, sql`delete from registry.departure where county_code = ${text}`)',
    "run(tx, sql`update ${sql.table('registry.house')} set version = version + 1`)",
    "run(tx, insertInto('visits.safety', { county_code: 'text' }).into([]))",
    'run(tx, sql`with gone as (delete from visits.safety returning 1) select count(*) from gone`)',
  ],
  'reads-elsewhere': [
    'rowsOf(tx, sql`select e.id from events.event e join identity.account a on a.id = e.reporter_id`)',
    'rowsOf(tx, sql`select id from ${sql.table(`registry.${kind}`)}`)',
  ],
  'insert-without-columns': [
    'run(tx, sql`insert into events.precedent values (${text}, ${text}, ${text}, ${text}, ${text}, ${text}, ${date})`)',
    'run(tx, sql`insert into events.notice_read select county_code, id, ${text}, ${date} from events.notice`)',
  ],
  star: [
    "rowsOf<Row<'events.category'>>(tx, sql`select * from events.category`)",
    "rowsOf<Row<'events.category'>>(tx, sql`select c.* from events.category c`)",
  ],
  'read-that-writes': [
    'rowsOf<{ id: string }>(tx, sql`select id from events.event for update`)',
    'rowsOf<{ id: string }>(tx, sql`delete from events.saved_view returning id`)',
  ],
  'write-that-reads': [
    'run(tx, sql`select id from events.event`)',
    'rowsWritten<{ id: string }>(tx, sql`select id from events.event`)',
  ],
  refused: [
    'rowsOf(tx, sql`select id from events.event where nothing = ${text}`)',
    'rowsOf(tx, sql`select id from events.event e where ${sql.ref(`e.${kind}`)} is null`)',
  ],
  unread: ['rowsOf(tx, sql`select id from events.event order by ${sql.raw(text)}`)'],
  fine: [
    'run(tx, sql`update events.event set ticket_no = ${perhapsText}, title = coalesce(${perhapsText}, title) where id = ${text}`)',
    'rowsOf(tx, sql`select id from events.event where (no, title) in (select * from unnest(${list}::text[], ${list}::text[]))`)',
    'rowsOf<{ closed_at: Date }>(tx, sql`select closed_at from events.event where closed_at is not null`)',
    "rowsOf<Pick<Row<'events.event'>, 'id' | 'due_at' | 'core'>>(tx, sql`select id, due_at, core from events.event`)",
    'rowsOf<{ due_at: Date }>(tx, sql`select due_at from events.event where due_at < ${date}`)',
    'rowsOf<{ due_at: Date }>(tx, sql`select e.due_at from events.event e where e.due_at is not null and e.is_open`)',
    'rowOf<{ n: number }>(tx, sql`select count(*) as n from events.event where no = ${text}`)',
    'rowsOf<{ n: number }>(tx, sql`select coalesce(max(seq), 0) + 1 as n from events.flow`)',
    'rowsOf<{ id: string; no?: string }>(tx, sql`select id ${isOpen ? sql`, no` : sql``} from events.event`)',
    "rowsOf<{ kind: 'holiday' | 'swap' }>(tx, sql`select kind from events.calendar_day`)",
    'rowsOf<{ id: string }>(tx, sql`select id from events.event where id = any(${list}::uuid[]) and level = ${count}`)',
    'rowsWritten<{ id: string }>(tx, sql`select id from events.event for update`)',
    'run(tx, sql`insert into events.saved_view (county_code, id, account_id, name, filter) values (${text}, ${text}, ${text}, ${text}, ${text}) on conflict (county_code, id) do update set name = excluded.name`)',
  ],
}

const opening = `
import { rowOf, rowsOf, rowsWritten, run, sql, type RawBuilder } from '../kernel/db/sql.ts'
import { insertInto } from '../kernel/db/sink.ts'
import type { Row, Tx } from '../kernel/db/tx.ts'
interface Given { tx: Tx; text: string; count: number; date: Date; perhapsText: string | null; list: string[]; isOpen: boolean; anything: unknown; kind: 'house' | 'person' }
const tail = (more: RawBuilder<unknown>) => sql\`select id \${more} from events.event\`
function listed() {
  const parts: RawBuilder<unknown>[] = []
  for (const name of ['no', 'title']) parts.push(sql\`, \${sql.ref(name)}\`)
  return parts
}
function perhaps(isOpen: boolean) {
  const parts = [isOpen && sql\`, no\`].filter((part) => part !== false)
  return sql.join(parts, sql\` \`)
}
const byKind = {
  house: () => sql\`\`,
  person() {
    switch (String(Math.random())) {
      case '1':
        return sql\`, no\`
      default:
        return sql\`\`
    }
  },
}
const columnsOf = (of: Record<string, string | RawBuilder<unknown>>) =>
  sql.join(Object.values(of).map((from) => (typeof from === 'string' ? sql.raw(from) : from)))
export type Used = Row<'events.event'> | typeof rowOf | typeof rowsWritten | typeof run
`

/** The sins as a file of the slice `events`, one a line; `sinOf` tells which stands at a line. */
export function plantSins(): {
  readonly source: Source
  readonly sinOf: (line: number) => { rule: string; text: string }
} {
  const all = Object.entries(sins).flatMap(([rule, texts]) => texts.map((text) => ({ rule, text })))
  const first = opening.split('\n').length
  const lines = all.map(
    ({ text }, i) =>
      `export const sin${i} = ({ tx, text, count, date, perhapsText, list, isOpen, anything, kind }: Given) => [${text}, text, count, date, perhapsText, list, isOpen, anything, kind]`,
  )
  const planted = ts.createSourceFile(path, `${opening}${lines.join('\n')}\n`, ts.ScriptTarget.ES2024, true)
  const host = ts.createCompilerHost(compilerOptions())
  const withSins: ts.CompilerHost = {
    ...host,
    getSourceFile: (name, ...rest) => (name === path ? planted : host.getSourceFile(name, ...rest)),
    fileExists: (name) => name === path || host.fileExists(name),
  }
  return { source: openSource([path], withSins), sinOf: (line) => all[line - first]! }
}
