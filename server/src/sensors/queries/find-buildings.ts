/** Buildings that a device may be fixed to, by name, where the caller keeps devices. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { findSensorBuildings as promise } from '@fengge/domain/sensors/contract'
import type { Asking } from '../../kernel/context.ts'
import { fullName, placeTree, reachOf } from '../../places/door.ts'
import { findBuildingsNamed } from '../../registry/door.ts'
import { placeOf } from '../keeping.ts'

/** How a building's number ends as people say it; it is kept without. */
const asSaid = /(?<=\d)(?:幢|栋|座|号楼)$/

export async function findSensorBuildings(
  ctx: Asking,
  { text }: AskOf<typeof promise>,
): Promise<ReplyOf<typeof promise>> {
  const { isCounty, town, village, grid } = reachOf(placeTree(ctx), ctx.caller, 'sensor.manage')
  const within = { county: ctx.caller.countyCode, isCounty, places: [...town, ...village, ...grid] }
  const found = await findBuildingsNamed(ctx.tx, within, text.trim().replace(asSaid, ''))
  return {
    buildings: found.map((b) => {
      const placeId = placeOf(b)
      return {
        id: b.id,
        name: `${b.estate ?? ''}${b.name}${/^\d+$/.test(b.name) ? '幢' : ''}`,
        placeName: placeId === null ? '' : fullName(ctx, placeId),
      }
    }),
  }
}
