/** Devices of the invented county, as tests register them and let them speak. */
import { listEventReadings, registerSensor, takeReading } from '@fengge/domain/sensors/contract'
import type { ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import { freshId } from '../src/kernel/fresh-id.ts'
import type { Answer, AskedOf, Login, World } from './world.ts'

export interface TestDevice {
  readonly id: string
  readonly key: string
}
type Reading = SentOf<typeof takeReading>

export const inGrid1 = { lng: 120.2101, lat: 31.6102 }

/** Registers a device at a point of the first grid, unless told otherwise. */
export async function register(
  world: World,
  more: Partial<AskedOf<typeof registerSensor>> = {},
  by: Login = 'net',
): Promise<TestDevice> {
  const id = freshId()
  const usual = {
    kind: 'manhole',
    name: `井盖${id.slice(-4)}`,
    spot: '惠山大道与政和大道路口东南角',
    point: inGrid1,
  } as const
  const { key } = await world.ask(registerSensor, by, { id, ...usual, ...more })
  return { id, key }
}

/** What a device is answered; the server may be another one over the same database. */
export async function say(
  app: World['app'],
  key: string | null,
  reading: Partial<Reading> & Record<string, unknown>,
): Promise<Answer> {
  const answer = await app.inject({
    method: 'POST',
    url: takeReading.path,
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    payload: { message: freshId(), reading: 'alarm', ...reading },
  })
  return { status: answer.statusCode, body: answer.json(), raw: answer.rawPayload, headers: answer.headers }
}

export const readingsOf = (
  world: World,
  eventId: string,
  by: Login = 'county',
): Promise<ReplyOf<typeof listEventReadings>> => world.ask(listEventReadings, by, { eventId })
