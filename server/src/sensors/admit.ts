/**
 * Who calls with a key: a device in use, as a caller of its own kind with no post and no account. Whoever calls with the key
 * of one that has ended is told what a stranger is told, and the journal has it.
 */
import { dayOf } from '@fengge/domain/kernel/time'
import { sensorTurnedAway } from '@fengge/domain/sensors/facts'
import { actAs } from '../kernel/act-as.ts'
import { deviceCaller, type Caller } from '../kernel/context.ts'
import type { Ground } from '../kernel/ground.ts'
import { countRefusal } from '../kernel/refusals.ts'
import { hashToken } from '../kernel/sessions.ts'
import { findHolder } from './store/devices.ts'

export const admitDevice =
  (ground: Ground) =>
  async (key: string): Promise<Caller | undefined> => {
    const holder = await findHolder(ground.database.read, hashToken(key))
    if (!holder) return undefined
    const now = ground.clock.now()
    const caller = deviceCaller(holder.county_code, holder.id)
    const isOver = holder.ended_at !== null || (holder.valid_to !== null && holder.valid_to < dayOf(now))
    if (!isOver) return caller
    const times = countRefusal(ground, ['device', holder.id], now)
    if (times !== undefined)
      await actAs(ground, caller, 'sensor:turned-away', async (ctx) => ctx.tell(sensorTurnedAway, { times }, holder.id))
    return undefined
  }
