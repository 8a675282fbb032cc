/** An import of 100,000 persons against a bare COPY of the same rows. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { findCaller } from '@fengge/server/identity/door'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { rowOf, run, sql } from '@fengge/server/kernel/db/sql'
import { runImports, sealImport } from '@fengge/server/registry/door'
import { createDice } from '../demo/random.ts'
import { inventName } from '../demo/people.ts'
import { county } from './registry.ts'
import type { Stage } from './stage.ts'

const rows = 100_000

export async function measureImport(stage: Stage): Promise<void> {
  const id = await queueImport(stage)
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 50)
  const began = performance.now()
  await runImports(stage.engine)
  const seconds = (performance.now() - began) / 1000
  clearInterval(watch)
  const batch = await rowOf<{ created: number; faults: number; state: string }>(
    stage.engine.database.read,
    sql`select created, faults, state from registry.batch where id = ${id}`,
  )
  const { indexed, plain } = await copyBare(stage, id)
  stage.print(
    'import of 100,000 persons, ratio to a bare COPY of the same columns into the same indexes',
    indexed / seconds,
    '>= 0.25',
    {
      perSecond: Math.round(rows / seconds),
      bare: Math.round(rows / indexed),
      withoutIndexes: Math.round(rows / plain),
      ratioWithoutIndexes: Number((plain / seconds).toPrecision(2)),
      batch,
    },
  )
  stage.print('import: MB of memory above rest', (most - before) / 1e6, '< 500')
}

/** A file of invented persons, waiting to be taken in by an officer of a village. @returns its batch */
async function queueImport(stage: Stage): Promise<string> {
  const { engine } = stage
  const id = freshId()
  mkdirSync(join(engine.settings.dataDir, 'imports'), { recursive: true })
  await sealImport(engine, id, join(engine.settings.dataDir, 'imports', `${id}.csv`), [Buffer.from(inventFile())])
  const { account } = await stage.enter('village')
  const caller = (await findCaller(engine.database.read, account, Date.now()))!
  await engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into registry.batch (county_code, id, kind, file_name, mode, state, account_id, place_id, at)
        values
          (${county}, ${id}, 'person', 'bench.csv', 'good', 'waiting', ${account}, ${caller.posts[0]!.placeId}, now())
      `,
    ),
  )
  return id
}

function inventFile(): string {
  const dice = createDice(5)
  const two = (n: number) => String(n).padStart(2, '0')
  const lines = ['姓名,身份证号,手机,出生日期,户籍地,人口类别']
  for (let i = 0; i < rows; i++) {
    const area = 995_000 + Math.floor(i / 1000)
    const born = `${1950 + dice.int(60)}${two(1 + dice.int(12))}${two(1 + dice.int(28))}`
    const body = `${area}${born}${String(i % 1000).padStart(3, '0')}`
    const phone = `198${String(dice.int(1e8)).padStart(8, '0')}`
    lines.push(`${inventName(dice)},${body}${identityCheck(body)},${phone},,安徽省阜阳市,流动`)
  }
  return `${lines.join('\n')}\n`
}

/** The same rows, ready as the import wrote them, copied into a table of the same columns: with its indexes, and with none. */
async function copyBare({ engine }: Stage, batch: string): Promise<{ indexed: number; plain: number }> {
  const file = join(tmpdir(), `fengge-bench-${process.pid}.csv`)
  writeFileSync(file, '', { mode: 0o666 })
  chmodSync(file, 0o666)
  const say = (text: string) => engine.database.write((tx) => run(tx, sql.raw(text)))
  await say(`copy (select * from registry.person where batch_id = '${batch}') to '${file}' with (format csv)`)
  const copy = async (name: string, like: string) => {
    await say(`create table public.${name} (like registry.person ${like})`)
    const began = performance.now()
    await say(`copy public.${name} from '${file}' with (format csv)`)
    return (performance.now() - began) / 1000
  }
  const indexed = await copy('bare_indexed', 'including all')
  const plain = await copy('bare_plain', '')
  rmSync(file)
  return { indexed, plain }
}
