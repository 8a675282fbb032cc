/** What the types of the product are there to stop does not compile, against the product as it stands. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { compile } from './compile.ts'
import { root } from './plant.ts'

const kernel = join(root, 'server/src/kernel')

/** Sins against one promise of the types, each an expression; `fine` only looks like one. */
interface Guarded {
  readonly title: string
  /** What stands before every expression. */
  readonly opening: string
  readonly sins: Readonly<Record<string, string>>
  readonly fine: string
}

const handles: Guarded = {
  title: 'nothing is asked or written through a handle but by a statement, and nothing written outside a transaction',
  opening: `import type { Asking, Ctx } from '${kernel}/context.ts'
import type { Database } from '${kernel}/db/pool.ts'
import { handles, rowsOf, rowsWritten, run, runNamed, sql } from '${kernel}/db/sql.ts'
export const used = [handles, rowsOf, rowsWritten, run, runNamed, sql]
export const sin = (ctx: Ctx, asking: Asking, database: Database) =>
  ctx.now === 0 ? [asking, database] :`,
  sins: {
    updating: "ctx.tx.updateTable('identity.account')",
    deleting: "ctx.tx.deleteFrom('registry.person')",
    selecting: "ctx.tx.selectFrom('identity.account')",
    asking: "asking.tx.selectFrom('identity.account')",
    executing: 'sql`delete from registry.person`.execute(ctx.tx)',
    writing: 'run(asking.tx, sql`delete from registry.overlay`)',
    locking: 'rowsWritten(asking.tx, sql`select id from registry.person for update`)',
    naming: "runNamed(asking.tx, 'a', 'delete from registry.overlay', [])",
    grouping: "runNamed(ctx.tx, 'a', 'delete from registry.overlay', [])",
    pooling: 'run(database.once, sql`delete from registry.person`)',
    reading: 'run(database.read, sql`delete from registry.person`)',
    counterfeiting: 'run(handles.tx(asking.tx), sql`delete from registry.person`)',
  },
  fine: '[rowsOf(asking.tx, sql`select 1`), rowsOf(ctx.tx, sql`select 1`), run(ctx.tx, sql`select 1`)]',
}

const refusals: Guarded = {
  title: 'a refusal that no endpoint declares is neither given nor declared beside the list',
  opening: `import { endpoint } from '${root}/domain/src/kernel/endpoint.ts'
import { problem } from '${root}/domain/src/kernel/problem.ts'
import { refuse, Refusal } from '${kernel}/problems.ts'
export const used = [endpoint, problem, refuse, Refusal]
export const sin = (promise: Parameters<typeof endpoint>[0]) =>
  promise.name === '' ? undefined :`,
  sins: {
    refusing: "refuse('lnk.dates', 422)",
    judging: "problem('lnk.dates', 422)",
    throwing: "new Refusal({ problem: 'lnk.dates', status: 422 })",
    declaring: "endpoint({ ...promise, refusals: ['lnk.dates'] })",
  },
  fine: "problem('link.dates', 422)",
}

const sinks: Guarded = {
  title: 'a row that lacks a column, is of another table or null where it may not be does not reach a sink',
  opening: `import { reportEvent } from '${root}/domain/src/events/contract/desk.ts'
import { eventRow, eventSink } from '${root}/server/src/events/store/event.ts'
import { intakeSinks, type IntakeRows } from '${root}/server/src/events/store/take-in.ts'
import { insertInto, updateIn } from '${kernel}/db/sink.ts'
import type { Inserting } from '${kernel}/run-call.ts'
import type { Serve } from '${kernel}/serve.ts'
import { insertDrafts, type DraftRow } from '${root}/server/src/registry/door.ts'
export type EventRow = ReturnType<typeof eventRow>
export type Used = [DraftRow, IntakeRows, Inserting<typeof reportEvent, typeof intakeSinks>, Serve]
export const used = [reportEvent, eventSink, intakeSinks, insertInto, updateIn, insertDrafts]
export const sin =`,
  sins: {
    forgetting: '({ lng, occurred_at, ...row }: EventRow) => [lng, occurred_at, eventSink.into([row])]',
    losing: "({ batch_id, ...row }: DraftRow) => [batch_id, insertDrafts('person', [row])]",
    mistaking: '(rows: IntakeRows): IntakeRows => ({ ...rows, flow: rows.reporter, reporter: rows.flow })',
    leaving: '({ flow, ...rows }: IntakeRows): [unknown, IntakeRows] => [flow, rows]',
    emptying: '(row: EventRow) => eventSink.into([{ ...row, title: null }])',
    mistyping: "(row: EventRow) => eventSink.into([{ ...row, level: '1' }])",
    inventing: "() => insertInto('events.notice', { county_code: 'text', colour: 'text' })",
    misnaming: "() => insertInto('events.notices', { county_code: 'text' })",
    altering: "() => updateIn('events.event', { colour: 'text' })",
    serving:
      "(serve: Serve, command: Inserting<typeof reportEvent, Pick<typeof intakeSinks, 'event'>>) => serve.insert(reportEvent, intakeSinks, command)",
  },
  fine: '(row: EventRow) => eventSink.into([{ ...row, lng: null }])',
}

const promises: Guarded = {
  title: 'a promise is run as itself, not by a name that may be anybody’s',
  opening: `import { push } from '${root}/domain/src/sync/contract.ts'
import { actPromises } from '${root}/domain/src/sync/contract/acts.ts'
import type { Caller } from '${kernel}/context.ts'
import type { Serve } from '${kernel}/serve.ts'
export const used = [push, actPromises]
export const sin = async (serve: Serve, caller: Caller) =>`,
  sins: {
    calling: "serve.invoke('recordVist', caller, {}, { ip: '' })",
    replying: "(await serve.invoke(push, caller, {}, { ip: '' })).fate",
    acting: "serve.invoke(actPromises['act.bypass'], caller, {}, { ip: '' })",
  },
  fine: "(await serve.invoke(push, caller, {}, { ip: '' })).fates",
}

const guarded: Readonly<Record<string, Guarded>> = { handles, refusals, sinks, promises }
// All in one: reading the product takes longer than judging it.
const found = compile(
  'tsconfig.json',
  Object.fromEntries(
    Object.entries(guarded).flatMap(([group, { opening, sins, fine }]) =>
      Object.entries({ ...sins, fine }).map(([name, code]) => [`${group}-${name}`, `${opening} ${code}\n`]),
    ),
  ),
)

/** No such property, no such argument, not assignable, too much or too little in it; with a word that may be meant. */
const ofTypes = new Set(['TS2339', 'TS2345', 'TS2322', 'TS2353', 'TS2551', 'TS2741', 'TS2739', 'TS2740', 'TS2820'])

for (const [group, { title, sins }] of Object.entries(guarded))
  test(title, () => {
    const complained = [...found.keys()].filter((name) => name.startsWith(`${group}-`))
    assert.deepEqual(
      complained.toSorted(),
      Object.keys(sins)
        .map((name) => `${group}-${name}`)
        .toSorted(),
    )
    // Each for its type, not for a name that it needs and that is not there.
    const strange = complained.flatMap((name) => found.get(name)!.filter((code) => !ofTypes.has(code)))
    assert.deepEqual(strange, [])
  })
