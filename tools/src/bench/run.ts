/**
 * `npm run bench`: makes a county of its own with a million events and prints one JSON line a figure. Client, bare
 * routes and product run in processes of their own; each figure is the median of its rounds after a warm-up, ratios are
 * taken round by round, and what else the machine did stands beside.
 *
 *   npm run bench -- list report              parts of it: see `parts` below
 *   npm run bench -- list --events 100000     smaller; `--people N` for the registry
 *   npm run bench -- list --rounds 1 --seconds 2
 */
import { parseArgs } from 'node:util'
import { registrySize } from '../demo/fill-registry.ts'
import { makeDemo } from '../demo/make-county.ts'
import { measureBorder } from './border.ts'
import { measureGrid, measureLedgers, measureStart, measureTree, measureWeight } from './apart.ts'
import { measureCost, measureExport, measureList, measurePages, measureReport } from './events.ts'
import { fillEvents } from './fill.ts'
import { measureImport } from './import.ts'
import { measurePhone, measurePull } from './phone.ts'
import {
  county,
  fill,
  measureFigures,
  measureHousehold,
  measureSearch,
  measureTasks,
  measureTrace,
} from './registry.ts'
import { measureSecurity } from './security.ts'
import { openStage, type Stage } from './stage.ts'

interface Part {
  readonly measure: (stage: Stage) => Promise<void>
  /** What must be filled before it; on nothing, the database is shut before. */
  readonly on?: 'events' | 'registry' | 'nothing'
}
/** In this order; parts on the same filling stand together. */
const parts: Readonly<Record<string, Part>> = {
  list: { measure: measureList, on: 'events' },
  cost: { measure: measureCost, on: 'events' },
  pages: { measure: measurePages, on: 'events' },
  report: { measure: measureReport, on: 'events' },
  security: { measure: measureSecurity, on: 'events' },
  export: { measure: measureExport, on: 'events' },
  pull: { measure: measurePull, on: 'events' },
  grid: { measure: measureGrid },
  tree: { measure: measureTree },
  ledgers: { measure: measureLedgers },
  weight: { measure: measureWeight },
  field: { measure: measurePhone },
  import: { measure: measureImport, on: 'registry' },
  household: { measure: measureHousehold, on: 'registry' },
  figures: { measure: measureFigures, on: 'registry' },
  search: { measure: measureSearch, on: 'registry' },
  trace: { measure: measureTrace, on: 'registry' },
  tasks: { measure: measureTasks, on: 'registry' },
  border: { measure: measureBorder, on: 'registry' },
  start: { measure: measureStart, on: 'nothing' },
}
const groups: Readonly<Record<string, readonly string[]>> = {
  registry: ['import', 'household', 'figures', 'search', 'trace', 'tasks'],
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '1000000' },
    people: { type: 'string', default: String(registrySize.persons) },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    /** As `--only list,pages` was written before parts were named alone. */
    only: { type: 'string', default: '' },
  },
})
const named = [...positionals, ...values.only.split(',').filter((part) => part !== '')]
const wanted = new Set(named.flatMap((part) => groups[part] ?? [part]))
for (const part of wanted) if (!(part in parts)) throw new Error(`no part ${part}: ${Object.keys(parts).join(' ')}`)

const stage = await openStage({
  events: Number(values.events),
  people: Number(values.people),
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
})
const prepare: Readonly<Record<NonNullable<Part['on']>, () => Promise<void>>> = {
  events: async () => {
    await stage.rest()
    await fillEvents(stage.engine, stage.measures.events)
  },
  registry: async () => {
    await stage.rest()
    await fill(stage)
  },
  nothing: () => stage.shut(),
}
const filled = new Set<string>()
try {
  await makeDemo(stage.engine, { county, scale: 0.01, days: 20, from: '2026-01-01', seed: 7, say: () => undefined })
  for (const [name, { measure, on }] of Object.entries(parts)) {
    if (wanted.size > 0 && !wanted.has(name)) continue
    if (on !== undefined && !filled.has(on)) {
      await prepare[on]()
      filled.add(on)
    }
    await measure(stage)
  }
} finally {
  if (!filled.has('nothing')) await stage.shut()
  stage.remove()
}
process.exit(0)
