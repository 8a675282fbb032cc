/** `node tools/run.mjs tools/src/statements/report.ts [word …]`: findings about every statement, by slice; words pick slices, rules or files. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '@fengge/server/kernel/db/embedded'
import { migrate } from '@fengge/server/kernel/db/migrate'
import { openLive, type Live } from './describe.ts'
import { findStatements } from './find.ts'
import { judge, type Finding } from './judge.ts'
import { openSource, serverFiles } from './reading/source.ts'

const words = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'fengge-statements-'))
const database = await openEmbedded(folder, 'only for statements', ['-c fsync=off'])
try {
  await migrate(database.url('fengge'))
  const live = await openLive(database.url('fengge'))
  try {
    await report(live)
  } finally {
    await live.close()
  }
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function report(live: Live): Promise<void> {
  const source = openSource(serverFiles())
  const statements = findStatements(source)
  const shapes = statements.reduce((n, s) => n + s.shapes.length, 0)
  const findings = (await judge(source, live, statements)).filter(
    (f) => words.length === 0 || words.some((w) => f.slice === w || f.rule === w || f.file.includes(w)),
  )
  print(findings)
  process.stdout.write(`\n${statements.length} statements in ${shapes} shapes: ${findings.length} findings\n`)
}

function print(findings: readonly Finding[]): void {
  const bySlice = Map.groupBy(findings, (f) => f.slice)
  for (const [slice, list] of [...bySlice].toSorted(([a], [b]) => a.localeCompare(b))) {
    const counts = [...Map.groupBy(list, (f) => f.rule)].map(([rule, of]) => `${rule} ${of.length}`)
    process.stdout.write(`\n${slice}: ${counts.join(', ')}\n`)
    for (const f of list.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line))
      process.stdout.write(`  ${f.file}:${f.line} ${f.rule}: ${f.message}\n`)
  }
}
