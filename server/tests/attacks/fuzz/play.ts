/** Sends hostile requests to a world, one after the other, and says which answers tell what they should not. */
import type { LightMyRequestResponse } from 'fastify'
import { whoAmI } from '@fengge/domain/identity/contract'
import { rowsOf, run, sql } from '../../../src/kernel/db/sql.ts'
import { saveSession } from '../../../src/identity/store/sessions.ts'
import { hashToken } from '../../../src/kernel/sessions.ts'
import type { Played } from '../../rich-play.ts'
import { idOf, logins, type World } from '../../world.ts'
import { diceOf } from './dice.ts'
import type { Known } from './draw-ask.ts'
import { hostileRequest, type Hostile } from './requests.ts'

export interface Fuzzed {
  readonly asked: number
  /** How often each status was answered. */
  readonly statuses: Record<string, number>
  readonly faults: string[]
}

const telling: readonly RegExp[] = [
  /\bat .{1,80}\.(ts|js|mjs|cjs):\d+/,
  /node_modules|node:internal/,
  /syntax error at or near|invalid input syntax|violates (unique|foreign|check|not-null)|duplicate key value/i,
  /out of range for type|invalid byte sequence|unsupported Unicode escape|relation ".{1,60}" does not exist/i,
  /\b(select|insert into|delete from)\s+[a-z_]+\.[a-z_]+/i,
  /TypeError|ReferenceError|RangeError|ZodError/,
  /ENOENT|EACCES|EISDIR|EINVAL/,
]

/** What is wrong with an answer, or nothing. */
function faultOf(world: World, answer: LightMyRequestResponse): string | undefined {
  if (answer.statusCode >= 500) return `answered ${answer.statusCode}`
  const type = String(answer.headers['content-type'] ?? '')
  if (!/json|html|text/.test(type)) return undefined
  const text = answer.body.length > 300_000 ? answer.body.slice(0, 300_000) : answer.body
  const said = telling.find((t) => t.test(text))
  if (said) return `tells ${String(said)}`
  return [world.engine.settings.dataDir, process.cwd()].some((path) => text.includes(path)) ? 'tells a path' : undefined
}

const describe = ({ name, request }: Hostile): string => {
  const { method, url, headers, payload } = request as {
    method: string
    url: string
    headers: object
    payload?: Buffer | string
  }
  const body = payload === undefined ? '' : String(payload).slice(0, 600)
  return `${name}: ${method} ${String(url).slice(0, 600)} ${JSON.stringify(headers)} ${JSON.stringify(body)}`
}

async function knownIn(played: Played): Promise<Known> {
  const read = played.world.engine.database.read
  const idsOf = async (query: ReturnType<typeof sql<{ id: string }>>) => (await rowsOf(read, query)).map((r) => r.id)
  return {
    place: Object.values(played.world.at),
    event: await idsOf(sql<{ id: string }>`select id from events.event limit 20`),
    person: await idsOf(sql<{ id: string }>`select id from registry.person limit 20`),
    house: await idsOf(sql<{ id: string }>`select id from registry.house limit 20`),
    building: await idsOf(sql<{ id: string }>`select id from registry.building limit 20`),
    account: logins.map(idOf),
    department: await idsOf(sql<{ id: string }>`select id from identity.department limit 20`),
    matter: await idsOf(sql<{ id: string }>`select id from matters.matter limit 20`),
    task: await idsOf(sql<{ id: string }>`select id from visits.task limit 20`),
    run: [played.runId, played.batchId],
    device: [played.device],
  }
}

/** The tokens of those who hold each duty. */
async function holdersIn(world: World): Promise<Map<string, string[]>> {
  const holders = new Map<string, string[]>()
  for (const login of logins)
    for (const duty of (await world.ask(whoAmI, login, {})).duties)
      holders.set(duty, [...(holders.get(duty) ?? []), `token-${login}`])
  return holders
}

/** Everybody may come in again: among so many requests some close accounts and end sessions. */
async function letIn(world: World): Promise<void> {
  const now = world.clock.now()
  await world.engine.database.write(async (tx) => {
    await run(tx, sql`update identity.account set status = 'active', must_change = false`)
    for (const login of logins) {
      const hash = hashToken(`token-${login}`)
      await run(tx, sql`delete from identity.session where token_hash = ${hash}`)
      await saveSession(tx, {
        hash,
        accountId: idOf(login),
        device: 'field',
        hasSecondFactor: true,
        now,
        expiresAt: now + 3000 * 86_400_000,
      })
    }
  })
  world.engine.sessions.forget()
}

export async function fuzz(
  played: Played,
  { seed, count, say }: { readonly seed: number; readonly count: number; readonly say?: (line: string) => void },
): Promise<Fuzzed> {
  const { world } = played
  const tokens = logins.map((l) => `token-${l}`)
  await letIn(world)
  const given = { dice: diceOf(seed), known: await knownIn(played), tokens, holders: await holdersIn(world) }
  const statuses: Record<string, number> = {}
  const faults: string[] = []
  for (let asked = 0; asked < count; asked++) {
    if (asked % 200 === 0) await letIn(world)
    const hostile = hostileRequest(given)
    const fault = await world.app.inject(hostile.request).then(
      (answer) => {
        statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1
        return faultOf(world, answer)
      },
      (error: unknown) => `gave no answer: ${String(error)}`,
    )
    if (fault !== undefined) {
      faults.push(`${fault}, request ${asked} of seed ${seed}, ${describe(hostile)}`)
      say?.(faults.at(-1)!)
    }
    if (asked % 1000 === 999) say?.(`${asked + 1} asked, ${faults.length} faults, ${JSON.stringify(statuses)}`)
  }
  return { asked: count, statuses, faults }
}
