/**
 * Whoever is kept from somebody sees nothing that she told of (queries/conditions.ts). Here it is seen to that it waits for
 * others: whose turn it is is asked of those who are not kept from it, and where that leaves nobody at a desk the one above has it.
 */
import { passedUp } from '@fengge/domain/events/desk'
import { eventActed } from '@fengge/domain/events/facts'
import { clockOf } from '@fengge/domain/events/stored'
import { dayOf } from '@fengge/domain/kernel/time'
import { actAs } from '../../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { pieceByPiece, type Job } from '../../kernel/jobs.ts'
import { keptToday, type FindTheirs } from '../../registry/door.ts'
import { noticesFor } from '../notices.ts'
import { ruleBook } from '../rule-book.ts'
import { lockEvent, saveEvent } from '../store/event.ts'
import { nextSeq } from '../store/flow.ts'
import { eventsToldBy, keepPairs, listDesksKept, type Pair } from '../store/kept-from.ts'
import { noticeRow, saveNotices } from '../store/notices.ts'

/** @param metAt which events were found where people live: the slice of visits knows it */
export const keepFromJob = (metAt: FindTheirs): Job => ({
  name: 'events.keep-from',
  cron: '* * * * *',
  run: async (ground) => {
    await keepFrom(ground, metAt)
  },
})

async function keepFrom(ground: Ground, metAt: FindTheirs): Promise<void> {
  const { database, sealer, clock } = ground
  const pairs: Pair[] = []
  for (const kept of await keptToday(database.read, sealer, clock.now())) {
    const { county, numbers, accountId } = kept
    const ids = await metAt(database.read, kept)
    for (const eventId of await eventsToldBy(database.read, { county, numbers, ids }))
      pairs.push({ county, eventId, accountId })
  }
  await database.write((tx) => keepPairs(tx, pairs))
  await pieceByPiece('events.keep-from', await listDesksKept(database.read, dayOf(clock.now())), ({ county, id }) =>
    actAs(ground, systemCaller(county), 'job:keep-from', (ctx) => passUp(ctx, id)),
  )
}

/** Its flow says that the desk above has it; of whom, and from whom, it says nothing. */
async function passUp(ctx: Ctx, id: string): Promise<void> {
  const county = ctx.caller.countyCode
  const record = await lockEvent(ctx.tx, county, id)
  const core = record && passedUp(record.core)
  if (!record || !core) return
  const { calendar } = await ruleBook(ctx, county)
  await saveEvent(ctx.tx, county, {
    core,
    calendar,
    flow: {
      seq: await nextSeq(ctx.tx, county, id),
      action: 'report-up',
      from: core.status,
      to: core.status,
      at: ctx.now,
      accountId: null,
      postingId: null,
      actorName: ctx.caller.name,
      actorRole: 'system',
      actorOffice: null,
      reason: '',
      detail: { from: record.core.level, to: core.level },
      evidenceIds: [],
      clock: clockOf(core),
    },
  })
  const notices = noticesFor(core, 'report-up', ctx.now)
  await saveNotices(
    ctx.tx,
    notices.map((n) => noticeRow(county, id, n, ctx.now)),
  )
  ctx.tell(eventActed['report-up'], { from: core.status, to: core.status }, id)
}
