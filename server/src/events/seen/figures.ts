/** Alarms of matters that are due and not given yet, for whoever keeps the server going. */
import { one, type Figure } from '../../kernel/seen/figures.ts'
import { readAlarmLag } from '../store/event.ts'

export const eventFigures: readonly Figure[] = [
  {
    name: 'fengge_alarms_due',
    help: 'Alarms of matters that are due and not given yet',
    read: async (reading, now) => one((await readAlarmLag(reading, now)).due),
  },
  {
    name: 'fengge_alarm_lag_seconds',
    help: 'How long the oldest of them has been due',
    read: async (reading, now) => {
      const { oldest } = await readAlarmLag(reading, now)
      return one(oldest === null ? 0 : Math.round((now - oldest.getTime()) / 1000))
    },
  },
]
