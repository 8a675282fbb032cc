/** How long a request is remembered by the id its sender gave it. */
import { dayLength } from '@fengge/domain/kernel/time'
import type { Ground } from './ground.ts'
import type { Job } from './jobs.ts'
import { dropAnswered, emptyAnswered } from './store.ts'

/** For a phone that lost the answer and asks again. */
const answerDays = 7
/** Longer than a phone may stay offline: what it sends again is not done twice. */
const requestDays = 40

async function forgetRequests({ clock, database }: Ground): Promise<void> {
  const now = clock.now()
  await database.write((tx) => emptyAnswered(tx, now - answerDays * dayLength))
  await database.write((tx) => dropAnswered(tx, now - requestDays * dayLength))
}

export const forgetRequestsJob: Job = { name: 'kernel.forget', cron: '10 3 * * *', run: forgetRequests }
