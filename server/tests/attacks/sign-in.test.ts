/** Guessing passwords, and keeping people out by it. Source: the security review of 2026-11-21, findings 9 and 10. */
import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { after, before, test } from 'node:test'
import { closeAccount, unlockAccount, listAccounts } from '@fengge/domain/identity/contract/accounts'
import { paces } from '@fengge/domain/kernel/pace'
import { knownRule, strangersRule } from '@fengge/domain/identity/tries'
import { createApp } from '../../src/app.ts'
import { rowsOf, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { inTurn } from '../../src/identity/hashing.ts'
import { wrongFrom } from '../../src/identity/wrong-tries.ts'
import { strangerAt } from '../../src/kernel/door-line.ts'
import { createLimiter } from '../../src/kernel/limiter.ts'
import { openShelf } from '../../src/kernel/shelf.ts'
import { askWith, goodPassword, hire, trySignIn } from '../people.ts'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld({ FENGGE_RATE_LIMIT: '600' })
})
after(() => world.close())

const minute = 60_000
const statuses = (tries: readonly { readonly status: number }[]) => tries.map((t) => t.status)
const repeat = async <T>(times: number, work: (i: number) => Promise<T>): Promise<T[]> => {
  const done: T[] = []
  for (let i = 0; i < times; i++) done.push(await work(i))
  return done
}

test('nobody is kept out by what others try from elsewhere, whether by hand or by the thousand', async () => {
  await hire(world, 'wanted')
  const tries = await repeat(40, () => trySignIn(world, 'wanted', 'wrong', { address: '203.0.113.7' }))
  assert.ok(statuses(tries).includes(429), 'the one who guesses is held up')
  assert.equal((await trySignIn(world, 'wanted', goodPassword, { address: '10.0.0.5' })).status, 200)
})

test('whoever guesses from one address waits longer and longer, even with the right password; then it lets him in', async () => {
  await hire(world, 'slow.one')
  const from = { address: '203.0.113.8' }
  const tries = await repeat(5, () => trySignIn(world, 'slow.one', 'wrong', from))
  assert.deepEqual(statuses(tries), [401, 401, 401, 401, 401])
  const held = await trySignIn(world, 'slow.one', goodPassword, from)
  assert.deepEqual([held.status, held.problem], [429, 'sign-in.wait'])
  assert.deepEqual(held.body['details'], { retryAfter: 30 })
  world.clock.pass(30_000)
  assert.equal((await trySignIn(world, 'slow.one', 'wrong', from)).status, 401)
  assert.deepEqual((await trySignIn(world, 'slow.one', goodPassword, from)).body['details'], { retryAfter: 60 })
  world.clock.pass(60_000)
  assert.equal((await trySignIn(world, 'slow.one', goodPassword, from)).status, 200)
  assert.equal((await trySignIn(world, 'slow.one', 'wrong', from)).status, 401, 'it begins anew')
})

test('the security administrator sees who is made to wait, and ends it', async () => {
  const id = await hire(world, 'waits.here')
  await repeat(5, () => trySignIn(world, 'waits.here', 'wrong', { address: '203.0.113.9' }))
  const find = async () => (await world.ask(listAccounts, 'secadmin', { text: 'waits.here' })).accounts[0]!
  assert.equal((await find()).isLocked, true)
  await world.ask(unlockAccount, 'secadmin', { id })
  assert.equal((await find()).isLocked, false)
  assert.equal((await trySignIn(world, 'waits.here', goodPassword, { address: '203.0.113.9' })).status, 200)
})

test('an address that tries one password on many logins is stopped, and lets people in again after a while', async () => {
  await hire(world, 'same.office')
  const from = { address: '203.0.113.10' }
  const tries = await repeat(300, (i) => trySignIn(world, `login${i}`, 'Summer-2026!', from))
  assert.ok(
    statuses(tries).filter((s) => s === 401).length <= 31,
    String(statuses(tries).filter((s) => s === 401).length),
  )
  assert.equal(statuses(tries).at(-1), 429)
  world.clock.pass(minute)
  assert.equal((await trySignIn(world, 'same.office', goodPassword, from)).status, 200)
})

test('in a browser in which he signed in before nobody is kept out by those who try from the same address', async () => {
  await hire(world, 'our.clerk')
  await hire(world, 'our.guest')
  const from = { address: '203.0.113.11' }
  const first = await trySignIn(world, 'our.clerk', goodPassword, from)
  assert.equal(first.status, 200)
  assert.ok(first.cookie.includes('HttpOnly') && !first.known['cookie']!.includes('our.clerk'))
  await repeat(60, (i) => trySignIn(world, `nobody${i}`, 'Summer-2026!', from))
  assert.equal((await trySignIn(world, 'our.guest', goodPassword, from)).status, 429)
  assert.equal((await trySignIn(world, 'our.clerk', goodPassword, from)).status, 429, 'the address alone proves nobody')
  await repeat(6, () => trySignIn(world, 'our.clerk', 'wrong', from))
  const again = await trySignIn(world, 'our.clerk', goodPassword, { ...from, headers: first.known })
  assert.equal(again.status, 200)
  const other = { ...from, headers: { cookie: again.known['cookie']!.replace(/=.*/, '=guessed') } }
  assert.equal((await trySignIn(world, 'our.clerk', goodPassword, other)).status, 429, 'nobody makes one')
  assert.equal((await trySignIn(world, 'our.guest', goodPassword, { ...from, headers: again.known })).status, 429)
  const guesses = await repeat(8, () => trySignIn(world, 'our.clerk', 'wrong', { ...from, headers: again.known }))
  assert.equal(statuses(guesses).at(-1), 429, 'his own password is guessed no faster for it')
})

test('the answers tell nobody whether a login exists, is closed, or is made to wait', async () => {
  const closed = await hire(world, 'gone.one')
  await hire(world, 'here.one')
  await world.ask(closeAccount, 'sysadmin', { id: closed })
  const seen = new Map<string, string>()
  for (const [i, login] of ['nobody.ever', 'here.one', 'gone.one'].entries()) {
    const from = { address: `203.0.113.${20 + i}` }
    const tries = await repeat(8, () => trySignIn(world, login, 'wrong', from))
    seen.set(login, JSON.stringify(tries.map(({ status, problem, body }) => [status, problem, body['details']])))
  }
  assert.equal(new Set(seen.values()).size, 1, JSON.stringify([...seen]))
  const told = await trySignIn(world, 'gone.one', goodPassword, { address: '203.0.113.30' })
  assert.equal(told.problem, 'sign-in.closed', 'whoever has the password may know')
})

test('sixty sign-ins at once from one office all succeed, and hold no connection while they are computed', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, i) => hire(world, `early${i}`)))
  const pool = world.engine.database.writePool
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, pool.totalCount - pool.idleCount)
  }, 1)
  const from = { address: '10.0.0.9' }
  const tries = await Promise.all(
    Array.from({ length: 60 }, (_, i) => trySignIn(world, `early${i}`, goodPassword, from)),
  )
  clearInterval(watch)
  assert.deepEqual([...new Set(statuses(tries))], [200])
  assert.ok(most <= Math.max(1, availableParallelism() / 2), `${most} connections at once`)
})

test('a session ends with the password it was opened by; the one that changes it goes on', async () => {
  await hire(world, 'two.places')
  const from = { address: '10.0.0.11' }
  const [own, other] = [
    await trySignIn(world, 'two.places', goodPassword, from),
    await trySignIn(world, 'two.places', goodPassword, from),
  ]
  const changed = await askWith(world, own.token, '/api/session/password', {
    requestId: freshId(),
    old: goodPassword,
    fresh: 'Still-water-88',
  })
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  assert.equal((await askWith(world, other.token, '/api/session/me')).status, 401)
  assert.equal((await askWith(world, own.token, '/api/session/me')).status, 200)
  assert.equal((await trySignIn(world, 'two.places', goodPassword, from)).status, 401)
  assert.equal((await trySignIn(world, 'two.places', 'Still-water-88', from)).status, 200)
})

test('who sits at somebody’s open session cannot try out his password', async () => {
  await hire(world, 'left.open')
  const { token } = await trySignIn(world, 'left.open', goodPassword, { address: '10.0.0.12' })
  const guess = (old: string) =>
    askWith(world, token, '/api/session/password', { requestId: freshId(), old, fresh: 'Still-water-88' })
  const tries = await repeat(30, () => guess('wrong'))
  assert.deepEqual(statuses(tries).slice(0, 6), [401, 401, 401, 401, 401, 429])
  assert.equal(tries.at(-1)!.problem, 'sign-in.wait')
  assert.equal((await guess(goodPassword)).status, 429, 'the right one included')
})

/** The same installation after its server was started anew: what it kept in memory is gone. */
async function restarted(): Promise<World> {
  const { engine } = world
  const limiter = createLimiter(engine.settings, engine.clock)
  const { app } = await createApp({ ...engine, shelf: openShelf(), limiter })
  return { ...world, app }
}

test('in a browser in which he signed in before he is let in after a restart too, until his password is another', async () => {
  await hire(world, 'home.again')
  await hire(world, 'new.guest')
  const from = { address: '203.0.113.41' }
  const { known: headers } = await trySignIn(world, 'home.again', goodPassword, from)
  const anew = await restarted()
  await repeat(60, (i) => trySignIn(anew, `nobody${i}`, 'Summer-2026!', from))
  assert.equal((await trySignIn(anew, 'new.guest', goodPassword, from)).status, 429)
  const there = await trySignIn(anew, 'home.again', goodPassword, { ...from, headers })
  assert.equal(there.status, 200)
  const rows = JSON.stringify(
    await rowsOf(world.engine.database.read, sql`select token_hash from identity.known_device`),
  )
  assert.ok(!rows.includes(there.known['cookie']!.split('=')[1]!))
  const fresh = 'Still-water-88'
  await askWith(anew, there.token, '/api/session/password', { requestId: freshId(), old: goodPassword, fresh })
  assert.equal((await trySignIn(anew, 'home.again', fresh, { ...from, headers: there.known })).status, 429)
  await anew.app.close()
})

test('an account that is guessed from many addresses is slow for strangers, and for its holder in a browser of before as ever', async () => {
  await hire(world, 'much.tried')
  const home = { address: '203.0.113.42' }
  const { known: headers } = await trySignIn(world, 'much.tried', goodPassword, home)
  const tries = await repeat(40, (i) => trySignIn(world, 'much.tried', 'wrong', { address: `198.51.100.${i}` }))
  assert.equal(statuses(tries).filter((s) => s === 401).length, strangersRule.free)
  const elsewhere = { address: '198.51.100.200' }
  assert.equal((await trySignIn(world, 'much.tried', goodPassword, elsewhere)).problem, 'sign-in.wait')
  const moved = { address: '198.51.100.201', headers }
  assert.equal((await trySignIn(world, 'much.tried', goodPassword, moved)).status, 200, 'wherever it is')
  world.clock.pass(strangersRule.longestWaitMs)
  assert.equal((await trySignIn(world, 'much.tried', goodPassword, elsewhere)).status, 200)
})

test('a flood of strangers delays its own network alone: who is known goes first, and another network has its turn', async () => {
  await hire(world, 'comes.daily')
  await hire(world, 'comes.new')
  const { known: headers } = await trySignIn(world, 'comes.daily', goodPassword, { address: '203.0.113.60' })
  const done: string[] = []
  const noted = async (who: string, tried: Promise<{ status: number }>) => done.push(`${who} ${(await tried).status}`)
  const flood = Array.from({ length: 24 }, (_, i) =>
    noted('flood', trySignIn(world, `nobody.${i}`, 'Summer-2026!', { address: `192.0.2.${i % 4}` })),
  )
  while (done.length === 0) await Promise.race(flood)
  const daily = noted('daily', trySignIn(world, 'comes.daily', goodPassword, { address: '203.0.113.60', headers }))
  const fresh = noted('new', trySignIn(world, 'comes.new', goodPassword, { address: '198.18.0.7' }))
  await Promise.all([daily, fresh, ...flood])
  const [first, second] = [done.indexOf('daily 200'), done.indexOf('new 200')]
  assert.ok(first >= 0 && first < 6 && second >= 0 && second < 8, done.join())
})

test('whoever has a thousand long addresses has no more tries than a subscriber has', () => {
  const limiter = createLimiter(world.engine.settings, world.engine.clock)
  const isLet = (address: string) => {
    try {
      wrongFrom(limiter.take, address)
      return true
    } catch {
      return false
    }
  }
  const count = (addresses: string[]) => addresses.filter(isLet).length
  assert.equal(count(Array.from({ length: 256 }, (_, i) => `2001:db8:7:${(0x100 + i).toString(16)}::1`)), 60)
  assert.equal(
    count(Array.from({ length: 999 }, (_, i) => `2001:db8:7:${(0x100 * (2 + (i % 200))).toString(16)}::1`)),
    240,
  )
  assert.ok(isLet('2001:db8:8:100::1') && isLet('203.0.113.99'))
})

test('eight of one office sign in in their own browsers while a machine beside them tries each, and empties the pace of the address', async () => {
  const from = { address: '10.9.9.9' }
  const logins = Array.from({ length: 8 }, (_, i) => `office.${i}`)
  const own = new Map<string, Record<string, string>>()
  for (const login of logins) {
    await hire(world, login)
    own.set(login, (await trySignIn(world, login, goodPassword, from)).known)
  }
  const flood = () =>
    Promise.all(
      Array.from({ length: 130 }, () =>
        world.app.inject({ method: 'POST', url: '/api/session/sign-in', remoteAddress: from.address, payload: {} }),
      ),
    )
  const answers: number[] = []
  for (let round = 0; round < 6; round++) {
    for (const login of logins) await trySignIn(world, login, 'wrong', from)
    if (round === 5) {
      const bodies = await flood()
      assert.equal(bodies.at(-1)!.statusCode, 429, 'the address has no pace left')
      for (const login of logins) {
        const tried = await trySignIn(world, login, goodPassword, { ...from, headers: own.get(login)! })
        answers.push(tried.status)
        own.set(login, tried.known)
      }
      const made = {
        cookie: own
          .get(logins[0]!)!
          ['cookie']!.replace(/=.*/, `=${'a'.repeat(43)}.${'c'.repeat(16)}.${'b'.repeat(32)}`),
      }
      assert.equal((await trySignIn(world, logins[0]!, goodPassword, { ...from, headers: made })).status, 429)
    }
    world.clock.pass(15_000)
  }
  assert.deepEqual(
    answers,
    logins.map(() => 200),
  )
})

/** Signs in so many times without a cookie, each from another network. @returns the browsers, the oldest first */
async function collectBrowsers(login: string, count: number): Promise<Record<string, string>[]> {
  return repeat(count, async (i) => {
    world.clock.pass(1000)
    return (await trySignIn(world, login, goodPassword, { address: `10.${100 + i}.0.1` })).known
  })
}

/** Takes all turns there are. @returns what lets them go */
async function holdDoor(): Promise<() => void> {
  let go: () => void = () => undefined
  const held = new Promise<void>((resolve) => (go = resolve))
  for (let i = 0; i < Math.max(1, Math.floor(availableParallelism() / 2)); i++)
    await new Promise<void>((entered) => {
      void inTurn(world.engine, strangerAt('198.19.0.1'), () => {
        entered()
        return held
      })
    })
  return go
}

test(
  'one account with many browsers has one line and one pace: four of its sign-ins wait at a time, and no other’s make room',
  { timeout: 60_000 },
  async () => {
    await hire(world, 'collects')
    await hire(world, 'every.day')
    const { known: headers } = await trySignIn(world, 'every.day', goodPassword, { address: '203.0.113.70' })
    const browsers = await collectBrowsers('collects', knownRule.mostBrowsers)
    const release = await holdDoor()
    let refused = 0
    const flood = browsers.flatMap((own, i) =>
      [0, 1].map(async () => {
        const from = { address: `10.${120 + i}.0.1`, headers: own }
        const { status } = await trySignIn(world, 'collects', goodPassword, from)
        if (status === 429 && ++refused === 2 * browsers.length - 4) release()
        return status
      }),
    )
    const daily = trySignIn(world, 'every.day', goodPassword, { address: '203.0.113.70', headers })
    assert.equal((await daily).status, 200)
    assert.equal((await Promise.all(flood)).filter((s) => s === 200).length, 4)
    const bare = (own: Record<string, string>, i: number) =>
      world.app.inject({
        method: 'POST',
        url: '/api/session/sign-in',
        remoteAddress: `10.${140 + (i % 100)}.0.1`,
        headers: own,
        payload: {},
      })
    const calls = Array.from({ length: paces['sign-in'].burst + 10 }, (_, i) => bare(browsers.at(-1 - (i % 3))!, i))
    assert.equal((await Promise.all(calls)).at(-1)!.statusCode, 429, 'three browsers are one pace')
  },
)

test('an account is known in its ten browsers of late, the one longest unused goes first', async () => {
  await hire(world, 'many.desks')
  const browsers = await collectBrowsers('many.desks', knownRule.mostBrowsers + 1)
  await repeat(40, (i) => trySignIn(world, 'many.desks', 'wrong', { address: `198.51.100.${i}` }))
  const from = (headers: Record<string, string>) => ({ address: '10.9.1.1', headers })
  const first = await trySignIn(world, 'many.desks', goodPassword, from(browsers[0]!))
  assert.equal(first.problem, 'sign-in.wait', 'the eleventh took its place')
  assert.equal((await trySignIn(world, 'many.desks', goodPassword, from(browsers[1]!))).status, 200)
})

test(
  'whoever signs in rightly more than twenty times an hour stands in the line of his network from then on, and is let in there',
  { timeout: 60_000 },
  async () => {
    await hire(world, 'over.and.over')
    await hire(world, 'steady.one')
    let { known: own } = await trySignIn(world, 'over.and.over', goodPassword, { address: '10.8.0.1' })
    const { known: steady } = await trySignIn(world, 'steady.one', goodPassword, { address: '10.8.1.1' })
    const again = async () => {
      const tried = await trySignIn(world, 'over.and.over', goodPassword, { address: '10.8.0.1', headers: own })
      if (tried.status === 200) own = tried.known
      return tried.status
    }
    assert.deepEqual(new Set(await repeat(paces['right-sign-in'].burst, again)), new Set([200]))
    const release = await holdDoor()
    const network = Array.from({ length: 100 }, () =>
      inTurn(world.engine, strangerAt('10.8.0.1'), () => Promise.resolve()),
    )
    assert.equal(await again(), 429, 'his network has no place left')
    const daily = trySignIn(world, 'steady.one', goodPassword, { address: '10.8.0.1', headers: steady })
    release()
    await Promise.all(network)
    assert.deepEqual([(await daily).status, await again()], [200, 200])
  },
)
