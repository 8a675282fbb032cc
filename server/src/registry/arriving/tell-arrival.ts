/** Who is to look for somebody who moved, and the desk that decides, are told that one waits: never who, nor from where. */
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import type { Duty } from '@fengge/domain/kernel/duty'
import { listHolding, saveMessages } from '../../identity/door.ts'
import type { Ctx } from '../../kernel/context.ts'
import { placeTree } from '../../places/door.ts'
import { dayBook } from '../days/day-book.ts'
import { listUnseen } from '../recusal/store.ts'
import { placeOf } from '../sight.ts'
import type { ArrivalRow } from './store/arrivals.ts'

/** The day on which the desk has it: the county's days for somebody who is verified nowhere, once he has moved. */
export async function dueOnOf(ctx: Ctx, onDay: string): Promise<string> {
  const today = dayOf(ctx.now)
  const days = (await dayBook(ctx, ctx.caller.countyCode))('nowhere')
  return addDays(onDay > today ? onDay : today, days)
}

type Waits = Pick<ArrivalRow, 'person_id' | 'grid_id' | 'village_id' | 'town_id' | 'state' | 'due_on'>

/** Whoever is kept from the person hears nothing of it. What only the county can decide stands in its list. */
export async function tellArrival(ctx: Ctx, a: Waits): Promise<void> {
  const isOffered = a.state === 'offered'
  const placeId = isOffered ? a.grid_id : (a.village_id ?? a.town_id)
  if (placeId === null) return
  const county = ctx.caller.countyCode
  const today = dayOf(ctx.now)
  const duty: Duty = isOffered ? 'registry.write' : 'registry.correct'
  const hearers: string[] = []
  for (const accountId of await listHolding(ctx.tx, { duty, placeIds: [placeId] }, ctx.now))
    if (!(await listUnseen(ctx.tx, county, accountId, today)).includes(a.person_id)) hearers.push(accountId)
  const about = placeTree(ctx).get(placeOf(a) ?? placeId)?.name ?? ''
  const kind = isOffered ? 'arrival-offered' : 'arrival-desk'
  await saveMessages(ctx.tx, hearers, {
    county,
    kind,
    about,
    change: '',
    on: a.due_on ?? today,
    problem: '',
    at: ctx.now,
  })
}
