/**
 * Figures of the server itself: pools, work on a clock, the journal, disk, database, backups. What is asked of the
 * database is asked once in ten seconds, however often somebody looks; where it does not answer, its figures are absent.
 */
import { statfs } from 'node:fs/promises'
import { Gauge, type Metric, type Registry } from 'prom-client'
import { newestBackupAt } from '../backup/manifest.ts'
import { revivals } from '../db/watch.ts'
import type { Engine } from '../engine.ts'
import { damagedFiles } from '../files.ts'
import { clockHeld } from '../running/clock-guard.ts'
import { closedLines, mostLines, openLines } from '../running/open-lines.ts'
import { countUnsealed, listVerdicts } from '../store.ts'
import { one, type Figure } from './figures.ts'
import { groupsWaiting } from './groups-waiting.ts'
import { listJobRuns, readDatabaseSize } from './store.ts'

const seconds = (at: Date | null | undefined): number => Math.round((at?.getTime() ?? 0) / 1000)

const databaseFigures: readonly Figure[] = [
  {
    name: 'fengge_journal_faults',
    help: 'Faults that the last nightly walk through the journal found, by county',
    label: 'county',
    read: async (reading) => new Map((await listVerdicts(reading)).map((v) => [v.county_code, v.faults])),
  },
  {
    name: 'fengge_journal_verified_seconds',
    help: 'When the journal was last walked through, by county',
    label: 'county',
    read: async (reading) => new Map((await listVerdicts(reading)).map((v) => [v.county_code, seconds(v.at)])),
  },
  {
    name: 'fengge_journal_unsealed',
    help: 'Rows of the journal that have no number yet, by county',
    label: 'county',
    read: async (reading) => new Map((await countUnsealed(reading)).map((r) => [r.county_code, r.rows])),
  },
  {
    name: 'fengge_job_succeeded_seconds',
    help: 'When work on a clock last went well, by its kind; 0 where it never has',
    label: 'job',
    read: async (reading) => new Map((await listJobRuns(reading)).map((r) => [r.name, seconds(r.succeeded_at)])),
  },
  {
    name: 'fengge_job_took_seconds',
    help: 'How long it took then',
    label: 'job',
    read: async (reading) => new Map((await listJobRuns(reading)).map((r) => [r.name, (r.took_ms ?? 0) / 1000])),
  },
  {
    name: 'fengge_job_failures',
    help: 'How often it has failed since, by its kind',
    label: 'job',
    read: async (reading) => new Map((await listJobRuns(reading)).map((r) => [r.name, r.failures])),
  },
  {
    name: 'fengge_database_bytes',
    help: 'Size of the whole database',
    read: async (reading) => one(await readDatabaseSize(reading)),
  },
]

const keptFor = 10_000

export function registerFigures(registry: Registry, engine: Engine, ofSlices: readonly Figure[]): void {
  const others: readonly Metric[] = [
    damagedFiles,
    revivals,
    groupsWaiting,
    clockHeld,
    openLines,
    mostLines,
    closedLines,
  ]
  for (const metric of others) registry.registerMetric(metric)
  const registers = [registry]
  // Each collects by itself when somebody looks.
  void [
    new Gauge({
      name: 'fengge_database_connections',
      help: 'Connections to the database, by pool: open, idle, and callers that wait for one',
      labelNames: ['pool', 'state'],
      registers,
      collect() {
        for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(engine.database.pools)) {
          this.set({ pool, state: 'open' }, totalCount)
          this.set({ pool, state: 'idle' }, idleCount)
          this.set({ pool, state: 'waiting' }, waitingCount)
        }
      },
    }),
    new Gauge({
      name: 'fengge_disk_bytes',
      help: 'The disk of the data folder: its size, and what is free',
      labelNames: ['state'],
      registers,
      async collect() {
        const { bsize, blocks, bavail } = await statfs(engine.settings.dataDir)
        this.set({ state: 'size' }, bsize * blocks)
        this.set({ state: 'free' }, bsize * bavail)
      },
    }),
    new Gauge({
      name: 'fengge_backup_seconds',
      help: 'When the newest whole backup in FENGGE_BACKUPS was made; 0 without one',
      registers,
      async collect() {
        const { backupDir } = engine.settings
        this.set(backupDir === undefined ? 0 : seconds(await newestBackupAt(backupDir)))
      },
    }),
    ...[...databaseFigures, ...ofSlices].map((figure) => gaugeOf(figure, engine, registry)),
  ]
}

/** A gauge that asks the database, at most once in ten seconds. */
function gaugeOf({ name, help, label, read }: Figure, { database, clock }: Engine, registry: Registry): Gauge {
  let askedAt = -keptFor
  return new Gauge({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    async collect() {
      const now = performance.now()
      if (now - askedAt < keptFor) return
      askedAt = now
      const values = await read(database.read, clock.now()).catch(() => new Map<string, number>())
      this.reset()
      for (const [key, value] of values) this.set(label === undefined ? {} : { [label]: key }, value)
    },
  })
}
