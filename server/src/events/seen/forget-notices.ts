/** A notice is a sentence for whoever must act; after four hundred days nobody must, and the event itself says what was. */
import { dayLength } from '@fengge/domain/kernel/time'
import type { Ground } from '../../kernel/ground.ts'
import { dropOldNotices } from '../store/notices.ts'

const keptDays = 400
const atOnce = 5000

export async function forgetNotices({ database, clock }: Ground): Promise<void> {
  const before = new Date(clock.now() - keptDays * dayLength)
  for (;;) if ((await database.write((tx) => dropOldNotices(tx, before, atOnce))) < atOnce) return
}
