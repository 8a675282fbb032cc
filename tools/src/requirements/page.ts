/** The page of the eighty rows, and what is untrue in it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contract } from '@fengge/domain/contract'
import { netAndRegistry } from './net-and-registry.ts'
import { counts, type Row, type State } from './row.ts'
import { workAndResidents } from './work-and-residents.ts'

const root = join(import.meta.dirname, '../../..')
export const rows: readonly Row[] = [...netAndRegistry, ...workAndResidents]
const stateWords: Readonly<Record<State, string>> = { full: '有', part: '部分', none: '尚无' }

/** The page as it must stand in docs/requirements.md. */
export function requirementsText(): string {
  const of = (state: State) => rows.filter((r) => r.state === state).length
  return `# 需求对照

本页由 \`tools/src/requirements/\` 生成：一行一条需求，写明由哪个接口、界面、测试承担。\`requirements.test.ts\` 逐条核对——接口须在合同里，界面和测试须真有，写“有”的须有界面或接口并有测试。行号同需求清单（G 网格、W 队伍、R 基础信息、E 事件、V 走访、A 准入、S 考核、P 待遇、T 培训、X 平急、F 多方力量、C 居民、K 指挥、D 共享、U 易用）。

共 ${rows.length} 条：有 ${of('full')}，部分 ${of('part')}，尚无 ${of('none')}。

| 行 | 要做到 | 现状 | 缺什么 | 接口 | 界面 | 测试 |
|---|---|---|---|---|---|---|
${rows.map(lineOf).join('\n')}
`
}

function lineOf(row: Row): string {
  const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join('<br>')
  const tests = row.tests.map((test) => test.replace(/^([^:]+): (.*)$/, '`$1`：$2')).join('<br>')
  const screens = row.screens.map((screen) => screen.replace(/^apps\/(.*)\/src\/(.*)\.tsx$/, '$1: $2'))
  const cells = [row.row, row.asks, stateWords[row.state], row.lacks, list(row.calls), list(screens), tests]
  return `| ${cells.map((cell) => cell.replaceAll('|', '、')).join(' | ')} |`
}

/** What a list of rows says that is not so. */
export function findUntruths(of: readonly Row[], read: (path: string) => string | null = readSource): string[] {
  const named = new Set(contract.map((promise) => promise.name))
  const routes = read('server/src/public/routes.ts') ?? ''
  return [...findGaps(of), ...of.flatMap((row) => findInRow(row, { named, routes, read }))]
}

function findGaps(of: readonly Row[]): string[] {
  const wanted = Object.entries(counts).flatMap(([letter, n]) =>
    Array.from({ length: n }, (_, i) => `${letter}${i + 1}`),
  )
  const given = of.map((row) => row.row)
  return wanted.join() === given.join() ? [] : [`rows are ${given.join()}, and should be ${wanted.join()}`]
}

interface Known {
  readonly named: ReadonlySet<string>
  readonly routes: string
  readonly read: (path: string) => string | null
}

function findInRow(row: Row, { named, routes, read }: Known): string[] {
  const unknown = row.calls.filter((call) => !named.has(call)).map((call) => `no endpoint ${call}`)
  const unseen = row.screens
    .filter((screen) => (screen.startsWith('/') ? !routes.includes(`'${screen}'`) : read(screen) === null))
    .map((screen) => `no screen ${screen}`)
  const untested = row.tests.filter((test) => !hasTest(test, read)).map((test) => `no test ${test}`)
  const isCarried = row.calls.length + row.screens.length > 0
  const claims = {
    full: isCarried && row.tests.length > 0 && row.lacks === '',
    part: isCarried && row.lacks !== '',
    none: !isCarried && row.tests.length === 0,
  }
  const overdone = claims[row.state] ? [] : [`says ${row.state} and is not`]
  return [...unknown, ...unseen, ...untested, ...overdone].map((fault) => `${row.row}: ${fault}`)
}

function hasTest(test: string, read: (path: string) => string | null): boolean {
  const [, file = '', title = ''] = /^([^:]+): (.*)$/.exec(test) ?? []
  const text = read(file)
  return text !== null && ["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`))
}

function readSource(path: string): string | null {
  const file = join(root, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
