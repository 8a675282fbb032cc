/** Phones that are behind, for whoever keeps the server going. Whose they are is told to their desk alone. */
import type { Figure } from '../kernel/seen/figures.ts'
import { countPhones } from './store/devices.ts'

export const phoneFigures: readonly Figure[] = [
  {
    name: 'fengge_phones',
    help: 'Phones that are not wiped: all, silent for seven days, with work a day old that was not handed in, with a fault',
    label: 'state',
    read: async (reading, now) => new Map(Object.entries(await countPhones(reading, now))),
  },
]
