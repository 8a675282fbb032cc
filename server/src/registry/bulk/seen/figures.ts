/** Imports that wait or run, for whoever keeps the server going. */
import type { Figure } from '../../../kernel/seen/figures.ts'
import { countOpenBatches } from '../store/batches.ts'

export const importFigures: readonly Figure[] = [
  {
    name: 'fengge_imports_open',
    help: 'Imports that wait or run',
    label: 'state',
    read: async (reading) => new Map((await countOpenBatches(reading)).map((r) => [r.state, r.batches])),
  },
  {
    name: 'fengge_import_oldest_seconds',
    help: 'How long the oldest import that waits or runs has been there',
    label: 'state',
    read: async (reading, now) =>
      new Map((await countOpenBatches(reading)).map((r) => [r.state, Math.round((now - r.oldest.getTime()) / 1000)])),
  },
]
