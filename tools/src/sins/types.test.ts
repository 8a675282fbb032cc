/** The compiler, told by our settings, and the formatter go red on what each is there for. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { planted, root, type Sins } from './plant.ts'

/** Complaints of the compiler by file. */
function compile(base: string, sins: Sins): Map<string, string[]> {
  const texts = Object.fromEntries(Object.entries(sins).map(([name, text]) => [`src/${name}.ts`, text]))
  const tsconfig = JSON.stringify({ extends: join(root, base), include: ['src'], exclude: [] })
  const said = planted({ ...texts, 'tsconfig.json': tsconfig, 'src/neighbour.ts': 'export type N = 1\n' }, (folder) => {
    const command = [join(root, 'node_modules/typescript/bin/tsc'), '--project', '.', '--pretty', 'false']
    return spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' }).stdout
  })
  const found = new Map<string, string[]>()
  for (const [, file = '', code = ''] of said.matchAll(/^src\/(.+)\.ts\(\d+,\d+\): error (TS\d+)/gm))
    found.set(file, [...(found.get(file) ?? []), code])
  return found
}

const settings: Readonly<Record<string, readonly [text: string, code: string]>> = {
  strict: ['export const pass = (x) => [x]\n', 'TS7006'],
  noUncheckedIndexedAccess: ['export const first = (list: string[]): string => list[0]\n', 'TS2322'],
  exactOptionalPropertyTypes: ['export const box: { n?: number } = { n: undefined }\n', 'TS2375'],
  noImplicitOverride: ['class A {\n  go() {}\n}\nexport class B extends A {\n  go() {}\n}\n', 'TS4114'],
  noFallthroughCasesInSwitch: [
    'export function go(n: number): void {\n  switch (n) {\n    case 1:\n      n++\n    case 2:\n      n--\n  }\n}\n',
    'TS7029',
  ],
  erasableSyntaxOnly: ['export enum Level {\n  Low,\n}\n', 'TS1294'],
  verbatimModuleSyntax: ["import { N } from './neighbour.ts'\nexport const n: N = 1\n", 'TS1484'],
}

test('every setting of the compiler that we rely on is on', () => {
  const on = (JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { compilerOptions: object })
    .compilerOptions
  for (const name of Object.keys(settings)) assert.equal(on[name as never], true, name)
  const found = compile('tsconfig.json', Object.fromEntries(Object.entries(settings).map(([k, [text]]) => [k, text])))
  for (const [name, [, code]] of Object.entries(settings)) assert.deepEqual(found.get(name), [code], name)
})

test('a rule that names the page, the process or a timer does not compile', () => {
  const sins = {
    page: 'export const title = () => document.title\n',
    process: 'export const name = () => process.title\n',
    timer: 'export const later = (work: () => void) => setTimeout(work, 1)\n',
    network: "export const ask = () => fetch('/')\n",
    file: "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n",
  }
  const found = compile('domain/tsconfig.json', { ...sins, fine: 'export const twice = (n: number) => n * 2\n' })
  assert.deepEqual([...found.keys()].toSorted(), Object.keys(sins).toSorted())
})

/** What a command may not do with what it is handed, by the complaint of the compiler. */
const handed: Readonly<Record<string, readonly [code: string, complaint: string]>> = {
  updating: ["ctx.tx.updateTable('identity.account').set({ name: '' }).execute()", 'TS2339'],
  deleting: ["ctx.tx.deleteFrom('registry.person').execute()", 'TS2339'],
  selecting: ["ctx.tx.selectFrom('identity.account').selectAll().execute()", 'TS2339'],
  asking: ["asking.tx.selectFrom('identity.account').selectAll().execute()", 'TS2339'],
  executing: ['sql`delete from registry.person`.execute(ctx.tx)', 'TS2345'],
  writing: ['run(asking.tx, sql`delete from registry.overlay`)', 'TS2345'],
  locking: ['rowsWritten(asking.tx, sql`select id from registry.person for update`)', 'TS2345'],
  naming: ["runNamed(asking.tx, 'a', 'delete from registry.overlay', [])", 'TS2345'],
  grouping: ["runNamed(ctx.tx, 'a', 'delete from registry.overlay', [])", 'TS2345'],
  pooling: ['run(database.once, sql`delete from registry.person`)', 'TS2345'],
  reading: ['run(database.read, sql`delete from registry.person`)', 'TS2345'],
  counterfeiting: ['run(handles.tx(asking.tx), sql`delete from registry.person`)', 'TS2345'],
}
const kernel = join(root, 'server/src/kernel')
const around = (code: string) => `import type { Asking, Ctx } from '${kernel}/context.ts'
import type { Database } from '${kernel}/db/pool.ts'
import { handles, rowsOf, rowsWritten, run, runNamed, sql } from '${kernel}/db/sql.ts'
export const used = [handles, rowsOf, rowsWritten, run, runNamed, sql]
export const sin = (ctx: Ctx, asking: Asking, database: Database) => [ctx, asking, database, ${code}]
`

test('nothing is asked or written through a handle but by a statement, and nothing written outside a transaction', () => {
  const sins = Object.fromEntries(Object.entries(handed).map(([name, [code]]) => [name, around(code)]))
  const fine = around('rowsOf(asking.tx, sql`select 1`), rowsOf(ctx.tx, sql`select 1`), run(ctx.tx, sql`select 1`)')
  const found = compile('tsconfig.json', { ...sins, fine })
  const expected = Object.entries(handed).map(([name, [, complaint]]) => [name, [complaint]])
  assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected))
})

test('a refusal that no endpoint declares is neither given nor declared beside the list', () => {
  const imports = `import { endpoint } from '${root}/domain/src/kernel/endpoint.ts'
import { problem } from '${root}/domain/src/kernel/problem.ts'
import { refuse, Refusal } from '${kernel}/problems.ts'
export const used = [endpoint, problem, refuse, Refusal]
`
  const sins = {
    refusing: "export const act = () => refuse('lnk.dates', 422)\n",
    judging: "export const judge = () => problem('lnk.dates', 422)\n",
    throwing: "export const act = () => new Refusal({ problem: 'lnk.dates', status: 422 })\n",
    declaring:
      "export const declared = (promise: Parameters<typeof endpoint>[0]) => endpoint({ ...promise, refusals: ['lnk.dates'] })\n",
  }
  const fine = "export const act = () => refuse('link.dates', 422)\n"
  const found = compile(
    'tsconfig.json',
    Object.fromEntries(Object.entries({ ...sins, fine }).map(([k, v]) => [k, imports + v])),
  )
  assert.deepEqual([...found.keys()].toSorted(), Object.keys(sins).toSorted())
})

/** What may not be handed to the sinks of the tables, by what was wrong. */
const spilt: Readonly<Record<string, string>> = {
  forgetting: '({ lng, occurred_at, ...row }: EventRow) => [lng, occurred_at, eventSink.into([row])]',
  losing: "({ batch_id, ...row }: DraftRow) => [batch_id, insertDrafts('person', [row])]",
  mistaking: '(rows: IntakeRows): IntakeRows => ({ ...rows, flow: rows.reporter, reporter: rows.flow })',
  leaving: '({ flow, ...rows }: IntakeRows): [unknown, IntakeRows] => [flow, rows]',
  emptying: '(row: EventRow) => eventSink.into([{ ...row, title: null }])',
  mistyping: "(row: EventRow) => eventSink.into([{ ...row, level: '1' }])",
  inventing: "() => insertInto('events.notice', { county_code: 'text', colour: 'text' })",
  misnaming: "() => insertInto('events.notices', { county_code: 'text' })",
  updating: "() => updateIn('events.event', { colour: 'text' })",
  serving:
    "(serve: Serve, command: Inserting<typeof reportEvent, Pick<typeof intakeSinks, 'event'>>) => serve.insert(reportEvent, intakeSinks, command)",
}
const aroundSinks = (code: string) => `import { reportEvent } from '${root}/domain/src/events/contract/desk.ts'
import { eventRow, eventSink } from '${root}/server/src/events/store/event.ts'
import { intakeSinks, type IntakeRows } from '${root}/server/src/events/store/take-in.ts'
import { insertInto, updateIn } from '${kernel}/db/sink.ts'
import type { Inserting } from '${kernel}/run-call.ts'
import type { Serve } from '${kernel}/serve.ts'
import { insertDrafts, type DraftRow } from '${root}/server/src/registry/door.ts'
export type EventRow = ReturnType<typeof eventRow>
export type Used = [DraftRow, IntakeRows, Inserting<typeof reportEvent, typeof intakeSinks>, Serve]
export const used = [reportEvent, eventSink, intakeSinks, insertInto, updateIn, insertDrafts]
export const sin = ${code}
`

test('a row that lacks a column, is of another table or null where it may not be does not reach a sink', () => {
  const sins = Object.fromEntries(Object.entries(spilt).map(([name, code]) => [name, aroundSinks(code)]))
  const fine = aroundSinks('(row: EventRow) => eventSink.into([{ ...row, lng: null }])')
  const found = compile('tsconfig.json', { ...sins, fine })
  assert.deepEqual([...found.keys()].toSorted(), Object.keys(spilt).toSorted())
})

test('a file that is not laid out is found', () => {
  const check = (text: string) =>
    planted({ 'a.ts': text }, (folder) => {
      const command = [
        join(root, 'node_modules/oxfmt/bin/oxfmt'),
        '--config',
        join(root, '.oxfmtrc.json'),
        '--check',
        'a.ts',
      ]
      return spawnSync(process.execPath, command, { cwd: folder }).status
    })
  assert.equal(check("export const a = 'b'\n"), 0)
  assert.notEqual(check('export const a = "b";\n'), 0)
})
