/** Rows that an import could not take are kept sealed for whoever mends them, and no longer than ninety days. */
import { dayLength } from '@fengge/domain/kernel/time'
import type { Ground } from '../../kernel/ground.ts'
import type { Job } from '../../kernel/jobs.ts'
import { dropOldFaults } from './store/batches.ts'

const keptDays = 90
const atOnce = 5000

export async function forgetFaults({ database, clock }: Ground): Promise<void> {
  const before = new Date(clock.now() - keptDays * dayLength)
  for (;;) if ((await database.write((tx) => dropOldFaults(tx, before, atOnce))) < atOnce) return
}

export const forgetFaultsJob: Job = { name: 'registry.forget-faults', cron: '25 3 * * *', run: forgetFaults }
