/** Accounts that sign in by themselves, beside those whose sessions stand in the template. */
import { hash } from '@node-rs/argon2'
import { roles } from '@fengge/domain/identity/roles'
import { saveAccount } from '../src/identity/store/accounts.ts'
import { savePosting } from '../src/identity/store/postings.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { county, type World } from './world.ts'

export const goodPassword = 'Quiet-river-27'
let goodHash: Promise<string> | undefined

export interface Hire {
  readonly role?: string
  readonly place?: string
  readonly isInvented?: boolean
}

/** Opens an account whose password is the good one. @returns its id */
export async function hire(
  world: Pick<World, 'engine' | 'at'> & { readonly clock: Pick<World['clock'], 'now'> },
  login: string,
  { role, place, isInvented = false }: Hire = {},
): Promise<string> {
  const id = freshId()
  const passwordHash = await (goodHash ??= hash(goodPassword))
  await world.engine.database.write(async (tx) => {
    await saveAccount(tx, {
      id,
      county,
      login,
      name: `新人${login}`,
      kind: 'person',
      hash: passwordHash,
      mustChange: false,
      isInvented,
      now: world.clock.now(),
    })
    if (role !== undefined)
      await savePosting(tx, {
        id: freshId(),
        accountId: id,
        roleCode: role,
        roleKind: roles.find((r) => r.code === role)!.kind,
        placeId: world.at[place ?? 'county']!,
        departmentId: null,
        fromOn: '2026-01-01',
        toOn: null,
      })
  })
  return id
}

export interface Tried {
  readonly status: number
  readonly problem: string | undefined
  readonly body: Record<string, unknown>
  /** The cookie that was set, as it was set. */
  readonly cookie: string
  readonly token: string
  /** What the browser sends from now on, by which it is known. */
  readonly known: Record<string, string>
}

export interface From {
  readonly address?: string
  readonly headers?: Record<string, string>
  readonly code?: string
  readonly device?: 'desk' | 'field'
}

/** Tries to sign in from an address. */
export async function trySignIn(world: World, login: string, password: string, from: From = {}): Promise<Tried> {
  const { address = '127.0.0.1', headers = {}, ...more } = from
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/session/sign-in',
    remoteAddress: address,
    headers,
    payload: { login, password, ...more },
  })
  const body = response.json<Record<string, unknown>>()
  const set = [response.headers['set-cookie'] ?? ''].flat()
  const cookie = set.find((one) => one.includes('fengge_session=')) ?? ''
  const known = set.find((one) => one.includes('fengge_known_'))?.split(';')[0] ?? ''
  return {
    status: response.statusCode,
    problem: body['problem'] as string | undefined,
    body,
    cookie,
    known: { cookie: known },
    token: /fengge_session=([^;]+)/.exec(cookie)?.[1] ?? '',
  }
}

/** Asks with a token of one's own. */
export async function askWith(world: World, token: string, url: string, payload?: object) {
  const response = await world.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(payload === undefined ? {} : { payload }),
  })
  const body = response.json<Record<string, unknown>>()
  return { status: response.statusCode, problem: body['problem'] as string | undefined, body }
}
