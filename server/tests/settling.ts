/** Households for tests of the net: a building on a point, a house, whoever rents it, and something reported there. */
import { dayOf } from '@fengge/domain/kernel/time'
import { getRecord, linkPerson, placeBuilding, saveRecord } from '@fengge/domain/registry/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import type { AskedOf, Login, World } from './world.ts'

export interface Household {
  readonly building: string
  readonly house: string
  readonly person: string
  readonly event: string
}
interface Where {
  readonly point: { readonly lng: number; readonly lat: number }
  /** An estate that is there; otherwise one is opened in the place. */
  readonly estate?: string
  readonly placeId?: string
  readonly no?: string
  readonly kind?: string
}

export const saving =
  (world: World, login: Login) =>
  async (kind: 'estate' | 'building' | 'house' | 'person', values: object, more: object = {}): Promise<string> => {
    const id = freshId()
    await world.ask(saveRecord, login, { id, kind, version: 0, values, ...more } as AskedOf<typeof saveRecord>)
    return id
  }

export async function settleHousehold(world: World, login: Login, where: Where): Promise<Household> {
  const { point, placeId, no = '1', kind = 'floating' } = where
  const save = saving(world, login)
  const name = `苑${freshId().slice(-6)}`
  const estate = where.estate ?? (await save('estate', { name, kind: 'estate' }, { placeId }))
  const building = await save('building', { no }, { parentId: estate })
  await world.ask(placeBuilding, login, { id: building, ...point })
  const house = await save('house', { roomNo: '101', floor: 1, use: 'rental' }, { parentId: building })
  const { gridId } = (await world.ask(getRecord, login, { id: house })).record
  const person = await save('person', { name: `住户${no}`, kind }, { placeId: placeId ?? gridId })
  await world.ask(linkPerson, login, {
    id: freshId(),
    personId: person,
    houseId: house,
    role: 'tenant',
    fromOn: dayOf(world.clock.now()),
    basis: '自述',
    isLead: true,
  })
  const event = await world.report(login, { point, gridId: placeId === undefined ? (gridId ?? undefined) : undefined })
  return { building, house, person, event }
}
