/** What ended long ago is forgotten. */
import { triesRule } from '@fengge/domain/identity/tries'
import { dayLength } from '@fengge/domain/kernel/time'
import type { Job } from '../kernel/jobs.ts'
import { dropIdlePhotos } from './store/badge-photos.ts'
import { dropOldDevices } from './store/known-devices.ts'
import { dropEndedSessions } from './store/sessions.ts'
import { dropTwoSteps } from './store/two-steps.ts'

export const identityJob: Job = {
  name: 'identity.forget',
  cron: '15 3 * * *',
  run: async ({ clock, database }) => {
    const now = clock.now()
    await database.write((tx) => dropEndedSessions(tx, now))
    await database.write((tx) => dropOldDevices(tx, now - triesRule.knownForMs))
    await database.write((tx) => dropIdlePhotos(tx, now))
    await database.write((tx) => dropTwoSteps(tx, now - 30 * dayLength))
  },
}
