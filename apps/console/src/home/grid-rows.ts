/** The rows of the grids of a community, from what four endpoints tell of them. */
import type { countOpenByGrid } from '@fengge/domain/events/contract/grids'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Place } from '@fengge/domain/places/terms'
import type { listDevices } from '@fengge/domain/sync/contract'
import type { countGridTasks } from '@fengge/domain/visits/contract/today'

type Device = ReplyOf<typeof listDevices>['devices'][number]
/** What of a phone a row needs. */
type Phone = Pick<Device, 'placeName' | 'holder' | 'lastPullAt' | 'lastPushAt' | 'waiting' | 'wipe'>

interface Told {
  readonly tasks: ReplyOf<typeof countGridTasks>['grids']
  readonly open: ReplyOf<typeof countOpenByGrid>['grids']
  readonly devices: readonly Phone[]
}

export interface GridRow {
  readonly id: string
  readonly name: string
  /** Who holds the phones of the grid. */
  readonly holders: string
  readonly done: number
  readonly due: number
  readonly open: number
  /** Acts that lie unsent on its phones. */
  readonly waiting: number
  readonly lastAt: string | null
}

export function rowsOf(
  places: readonly Pick<Place, 'id' | 'name' | 'code' | 'tier'>[],
  { tasks, open, devices }: Told,
): GridRow[] {
  return places
    .filter(({ tier }) => tier === 'grid')
    .toSorted((a, b) => a.code.localeCompare(b.code))
    .map(({ id, name }) => {
      const phones = devices.filter(({ placeName, wipe }) => placeName === name && wipe === '')
      const task = tasks.find(({ gridId }) => gridId === id)
      const moments = phones.flatMap(({ lastPullAt, lastPushAt }) => [lastPullAt, lastPushAt])
      return {
        id,
        name,
        holders: [...new Set(phones.map(({ holder }) => holder))].join('、'),
        done: task?.done ?? 0,
        due: task?.due ?? 0,
        open: open.find(({ gridId }) => gridId === id)?.open ?? 0,
        waiting: phones.reduce((sum, phone) => sum + phone.waiting, 0),
        lastAt:
          moments
            .filter((at) => at !== null)
            .toSorted()
            .at(-1) ?? null,
      }
    })
}
