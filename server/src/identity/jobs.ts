/** What ended long ago is forgotten. */
import type { Job } from '../kernel/jobs.ts'
import { dropEndedSessions } from './store/sessions.ts'

export const identityJob: Job = {
  name: 'identity.forget',
  cron: '15 3 * * *',
  run: async ({ clock, database }) => {
    await database.write((tx) => dropEndedSessions(tx, clock.now()))
  },
}
