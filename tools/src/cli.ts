/** `npx fengge …`: set up, demo, imports, triage, verify. `npx fengge help` lists the commands. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { dayLength, dayOf, isDay } from '@fengge/domain/kernel/time'
import { setUpCounty } from '@fengge/server/county'
import { decodeText } from '@fengge/server/kernel/workbooks/file-text'
import type { Engine } from '@fengge/server/kernel/engine'
import { newestOf, readAnchors, showAnchors, writeAnchors } from '@fengge/server/kernel/journal-anchors'
import { journalBook, verifyAll, verifyJournal } from '@fengge/server/kernel/journal-chain'
import { excessOf } from '@fengge/server/kernel/db/server-role'
import { problemOf } from '@fengge/server/kernel/problems'
import { saveClock } from '@fengge/server/kernel/seen/store'
import { readSettings } from '@fengge/server/kernel/settings'
import { checkFiles, countOrphans } from '@fengge/server/events/door'
import { openEngine, type Opened } from '@fengge/server/main'
import { isDone, rotateKeys } from '@fengge/server/rotate-keys'
import { placeTree } from '@fengge/server/places/door'
import { runBackupCommand } from './backup-commands.ts'
import { importAreaFile, importLetters } from './import-files.ts'
import { letIn, openAdministrators, openMachine } from './open-accounts.ts'
import { evaluateTriage } from './triage.ts'

const help = `npx fengge demo --county 320206 [--scale 0.01..1] [--days 140] [--from YYYY-MM-DD] [--border FILE] [--areas FILE] [--seed N]
npx fengge init --county CODE --areas FILE      a real county: areas, roles, catalogue, three administrators with first passwords and codes
npx fengge import areas FILE.csv                official area codes
npx fengge import letters FILE.csv --county CODE [--taxonomy FILE.csv]
npx fengge triage evaluate --train FILE --test FILE [--taxonomy FILE.csv]
npx fengge ledgers compare EMPLOYERS.csv RENTALS.csv --out DIR   two ledgers: linked, employer-only, rental-only, many-rooms
npx fengge ledgers evaluate --seed N            the comparison judged on invented ledgers
npx fengge token LOGIN --county CODE            an interface account and its bearer token
npx fengge let-in LOGIN --county CODE           an administrator who lost everything: new password and code; in the journal
npx fengge journal verify [--county CODE] [--anchors FILE]   walks the chains of all counties; exit 1 when a fault is found
npx fengge journal anchors                      prints the newest head of each chain, and writes them where FENGGE_ANCHORS is new
npx fengge rotate                               seals all facts anew under FENGGE_DATA_SECRET; the server may run; exit 0 when nothing needs the former secret any more
npx fengge backup [DIR] [--keep N]              while people work: rows, files and anchors, without the secret; verified; --keep drops older ones
npx fengge restore [DIR] [--at NAME] [--unproven]   the newest backup, or the one of that name, into an empty data folder or database; --unproven takes one of before backups carried a proof
npx fengge drill [DIR] [--scratch DIR]          restores the newest into a scratch place, checks it, and writes a record; exit 1 when it is not well
npx fengge clock right                          the clock of this machine is right although it lies far from the last minute that was believed; work on a clock goes on
npx fengge check                                rows that name an event which is not there; files missing, changed or of nobody; exit 1
`
const options = {
  county: { type: 'string', default: '320206' },
  scale: { type: 'string', default: '1' },
  days: { type: 'string', default: '140' },
  from: { type: 'string' },
  border: { type: 'string' },
  areas: { type: 'string' },
  seed: { type: 'string', default: '20260520' },
  taxonomy: { type: 'string' },
  train: { type: 'string' },
  test: { type: 'string' },
  out: { type: 'string' },
  anchors: { type: 'string' },
  keep: { type: 'string' },
  at: { type: 'string' },
  scratch: { type: 'string' },
  unproven: { type: 'boolean' },
} as const
const say = (line: string) => process.stdout.write(`${line}\n`)
const fail = (line: string): never => {
  throw new Error(line)
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [command = 'help', second, third] = positionals
  if (command === 'triage' && second === 'evaluate') {
    say(
      JSON.stringify(
        evaluateTriage(
          values.train ?? fail('--train FILE is missing'),
          values.test ?? fail('--test FILE is missing'),
          values.taxonomy,
        ),
      ),
    )
    return 0
  }
  if (command === 'ledgers') return await ledgers(second, positionals.slice(2), values)
  if (command === 'help') {
    say(help)
    return 0
  }
  if (!/^\d{6}$/.test(values.county)) fail('--county takes six digits')
  const root = join(import.meta.dirname, '../..')
  const environment = { ...process.env, FENGGE_DATA_DIR: process.env['FENGGE_DATA_DIR'] ?? join(root, '.fengge') }
  const kept = await runBackupCommand(positionals, values, environment)
  if (kept !== undefined) return kept
  const opened = await openEngine(readSettings(environment))
  try {
    return await run(
      opened,
      [command, second, third].filter((x) => x !== undefined),
      values,
    )
  } finally {
    await opened.close()
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values']

async function ledgers(what: string | undefined, files: readonly string[], values: Values): Promise<number> {
  if (what === 'compare') {
    const { compareLedgers } = await import('./ledgers/compare-files.ts')
    say(
      JSON.stringify(
        await compareLedgers(
          resolve(files[0] ?? fail('which employers file?')),
          resolve(files[1] ?? fail('which rentals file?')),
          resolve(values.out ?? fail('--out DIR is missing')),
        ),
      ),
    )
    return 0
  }
  if (what !== 'evaluate') fail('ledgers compare EMPLOYERS RENTALS --out DIR, or ledgers evaluate --seed N')
  const { evaluateLedgers } = await import('./ledgers/evaluate.ts')
  for (const noise of ['first', 'other'] as const) say(JSON.stringify(evaluateLedgers(Number(values.seed), noise)))
  return 0
}

type Taxonomy = Parameters<typeof importLetters>[3]
type Command = (engine: Engine, words: readonly string[], values: Values) => Promise<number>

/** What works on a database, by the words that call it. */
const commands: Readonly<Record<string, Command>> = {
  demo: makeDemoCounty,
  init: async (engine, _words, values) => {
    const areas = readText(values.areas ?? fail('--areas FILE is missing'))
    await setUpCounty(engine, values.county, areas)
    for (const line of await openAdministrators(engine, values.county)) say(line)
    return 0
  },
  'import areas': async (engine, words) => {
    const result = await importAreaFile(engine, resolve(words[2] ?? fail('which file?')))
    say(JSON.stringify(result))
    return result.errors.length === 0 ? 0 : 1
  },
  'import letters': importLetterFile,
  'journal verify': verifyAllJournals,
  'journal anchors': async (engine) => {
    const [first, ...others] = journalBook(engine).anchorFiles
    const newest = newestOf(readAnchors(first!))
    say(showAnchors(newest).trim())
    // A place that is new knows nothing yet: it gets the heads as they are now.
    const isNew = (file: string) => readAnchors(file).size === 0
    writeAnchors(others.filter(isNew), newest)
    return 0
  },
  rotate: async (engine) => {
    const rotated = await rotateKeys(engine)
    say(JSON.stringify(rotated))
    return isDone(rotated) ? 0 : 1
  },
  'clock right': async ({ database, clock }) => {
    await database.write((tx) => saveClock(tx, clock.now()))
    say(new Date(clock.now()).toISOString())
    return 0
  },
  check: async (engine) => {
    const orphans = await countOrphans(engine.database.read)
    const files = await checkFiles(engine)
    const excess = await excessOf(engine.database.url)
    say(JSON.stringify({ orphans, files, excess }))
    const isWhole = files.missing.length + files.changed.length + files.orphaned.length === 0
    return isWhole && excess.length === 0 && Object.values(orphans).every((n) => n === 0) ? 0 : 1
  },
}

async function run({ engine }: Opened, words: readonly string[], values: Values): Promise<number> {
  const command = commands[words.slice(0, 2).join(' ')]
  if (command) return await command(engine, words, values)
  if (words[0] === 'token' && words[1]) {
    say(await openMachine(engine, values.county, words[1]))
    return 0
  }
  if (words[0] === 'let-in' && words[1]) {
    say(await letIn(engine, values.county, words[1]))
    return 0
  }
  process.stderr.write(help)
  return 2
}

async function makeDemoCounty(engine: Engine, _words: readonly string[], values: Values): Promise<number> {
  const { makeDemo } = await import('./demo/make-county.ts')
  const scale = Number(values.scale)
  const days = Number(values.days)
  if (!(scale >= 0.01 && scale <= 1)) fail('--scale takes 0.01 to 1')
  if (!Number.isInteger(days) || days < 1 || days > 366) fail('--days takes 1 to 366')
  // The last day is today, whatever the first is.
  const from = values.from ?? dayOf(Date.now() - (days - 1) * dayLength)
  if (!isDay(from)) fail('--from takes YYYY-MM-DD')
  const made = await makeDemo(engine, {
    county: values.county,
    scale,
    days,
    from,
    seed: Number(values.seed),
    border: values.border && resolve(values.border),
    areas: values.areas && resolve(values.areas),
    say,
  })
  say(JSON.stringify(made))
  return 0
}

/** All counties, or the one that is named; held also against anchors that were printed and kept elsewhere. */
async function verifyAllJournals(engine: Engine, _words: readonly string[], values: Values): Promise<number> {
  const book = journalBook(engine)
  const anchorFiles = values.anchors === undefined ? book.anchorFiles : [...book.anchorFiles, resolve(values.anchors)]
  const judged = { ...book, anchorFiles }
  const { read } = engine.database
  const isOne = process.argv.includes('--county')
  const verdicts = isOne
    ? new Map([[values.county, await verifyJournal(read, values.county, judged)]])
    : await verifyAll(read, judged)
  for (const [county, verdict] of verdicts) say(JSON.stringify({ county, ...verdict }))
  return [...verdicts.values()].every((v) => v.isWhole) ? 0 : 1
}

/** A file of text, whatever program wrote it. */
const readText = (path: string): string => decodeText(readFileSync(resolve(path)))

/** The taxonomy is the one named, else the file beside the letters, else none. */
function readTaxonomy(letters: string, named: string | undefined): Taxonomy {
  const beside = join(dirname(letters), 'petition-taxonomy.csv')
  if (named === undefined && !existsSync(beside)) return []
  const text = readText(named ?? beside)
  return parse(text, { columns: true, bom: true })
}

async function importLetterFile(engine: Engine, words: readonly string[], values: Values): Promise<number> {
  const file = resolve(words[2] ?? fail('which file?'))
  const taxonomy = readTaxonomy(file, values.taxonomy)
  if (!placeTree(engine).byCode(`${values.county}000000`))
    await setUpCounty(engine, values.county, values.areas && readText(values.areas))
  const result = await importLetters(engine, values.county, file, taxonomy)
  say(JSON.stringify(result))
  return result.errors.length === 0 ? 0 : 1
}

const fileFailures: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder, not a file',
  EACCES: 'it may not be read',
}
function sayFailure({ code = '', path, message }: NodeJS.ErrnoException): string {
  const why = fileFailures[code]
  return why === undefined || path === undefined ? message : `${path}: ${why}`
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const refused = problemOf(error)
    process.stderr.write(`${refused ? JSON.stringify(refused) : sayFailure(error as NodeJS.ErrnoException)}\n`)
    process.exit(1)
  },
)
