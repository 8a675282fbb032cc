/** Phones: enrolling, the key kept for a forgotten PIN, who is behind and why, wiping, handing in. Never used to judge anybody. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { minute } from '@fengge/domain/kernel/time'
import type * as c from '@fengge/domain/sync/contract'
import { Act } from '@fengge/domain/sync/terms'
import { createDecipheriv } from 'node:crypto'
import { postsWith, type Ctx, type Asking } from '../kernel/context.ts'
import { rowOf, rowsOf, sql, rowsWritten, run } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import type { Engine } from '../kernel/engine.ts'
import { refuse } from '../kernel/problems.ts'
import { findCaller } from '../identity/door.ts'
import { hashToken, makeToken } from '../kernel/sessions.ts'
import { placeTree } from '../places/door.ts'
import { keepAct } from './inbox.ts'

type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>
type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>
interface DeviceRow {
  id: string
  county_code: string
  account_id: string
  name: string
  token_hash: string
  key_sealed: string
  version: string
  pulled_at: Date | null
  pushed_at: Date | null
  waiting: number
  oldest_at: Date | null
  skew_ms: number
  fault: string
  wipe: '' | 'asked' | 'done'
  holder: string
  login: string
  status: string
}

export async function enrolDevice(ctx: Ctx, ask: Ask<'enrolDevice'>): Reply<'enrolDevice'> {
  const token = makeToken()
  const rows = await rowsWritten(
    ctx.tx,
    sql`
      insert into sync.device (county_code, id, account_id, name, token_hash, key_sealed, enrolled_at)
      values
        (${ctx.caller.countyCode}, ${ask.id}, ${ctx.caller.accountId}, ${ask.name}, ${hashToken(token)}, ${ctx.sealer.seal(ask.dataKey)}, ${new Date(ctx.now)})
      on conflict do nothing
      returning 1
    `,
  )
  if (rows.length === 0) refuse('device.taken', 409)
  ctx.tell('device.enrolled', { name: ask.name }, ask.id)
  return { id: ask.id, token }
}

const findOwn = (tx: Reading, ctx: Asking, id: string) =>
  rowOf<DeviceRow>(
    tx,
    sql`
      select *
      from sync.device
      where county_code = ${ctx.caller.countyCode} and id = ${id} and account_id = ${ctx.caller.accountId}
    `,
  )

export async function recoverKey(ctx: Asking, ask: Ask<'recoverKey'>): Reply<'recoverKey'> {
  const device = (await findOwn(ctx.tx, ctx, ask.id)) ?? refuse('device.unknown', 404)
  if (device.wipe !== '') refuse('device.wiped', 409)
  ctx.tell('device.key-recovered', {}, ask.id)
  return { dataKey: ctx.sealer.open(device.key_sealed) }
}

/** Notes a contact; says whether the phone is to be wiped. One small write, left out when nothing is new within a minute. */
export async function noteContact(engine: Engine, ctx: Asking, ask: Ask<'pull'>): Promise<boolean> {
  if (ask.device === '') return false
  const skew = ask.clock === 0 ? 0 : Math.round(ask.clock - ctx.now)
  const fault = ask.fault.replaceAll(/[^\w.-]/g, '').slice(0, 60)
  const oldest =
    ask.oldest === '' || Number.isNaN(Date.parse(ask.oldest))
      ? null
      : new Date(Math.min(Date.parse(ask.oldest), ctx.now))
  const device = await findOwn(engine.database.read, ctx, ask.device)
  if (!device) return false
  const isNews =
    device.pulled_at === null ||
    ctx.now - device.pulled_at.getTime() > minute ||
    device.waiting !== ask.waiting ||
    device.fault !== fault ||
    device.version !== ask.version ||
    Math.abs(device.skew_ms - skew) > minute ||
    device.wipe === 'asked'
  if (isNews)
    await engine.database.write((tx) =>
      run(
        tx,
        sql`
          update sync.device
          set
            pulled_at = ${new Date(ctx.now)}, waiting = ${ask.waiting}, oldest_at = ${oldest}, skew_ms = ${skew},
            version = ${ask.version}, fault = ${fault},
            wipe = case when wipe = 'asked' and ${ask.waiting}::int = 0 then 'done' else wipe
            end
          where county_code = ${ctx.caller.countyCode} and id = ${ask.device}
        `,
      ),
    )
  return device.wipe !== ''
}

/** The phone of somebody who may sign in no more: what waits on it is opened here and kept for the desk, then it is wiped. */
export function handInWith(engine: Engine) {
  return async (ctx: Asking, ask: Ask<'handIn'>): Reply<'handIn'> => {
    const device = await rowOf<DeviceRow>(
      ctx.tx,
      sql`
        select d.*, a.status
        from sync.device d join identity.account a on a.id = d.account_id
        where d.id = ${ask.device}
      `,
    )
    if (!device || device.token_hash !== hashToken(ask.token)) return refuse('device.unknown', 404)
    const caller = await findCaller(ctx.tx, device.account_id, ctx.now)
    const serves = caller?.posts.some((p) => p.duties.has('event.report') || p.duties.has('registry.read')) ?? false
    const wipe = device.wipe !== '' || !serves || ask.isLeaving
    let kept = 0
    if (wipe) {
      const holder = caller ?? {
        kind: 'person' as const,
        accountId: device.account_id,
        name: await nameOf(ctx.tx, device.account_id),
        countyCode: device.county_code,
        posts: [],
        mustChangePassword: false,
        isAdmin: false,
      }
      for (const text of ask.sealed) {
        const act = openAct(text, engine.sealer.open(device.key_sealed))
        if (!act) continue
        await keepAct(engine, holder, act, 'device.wiped', device.id)
        kept++
      }
      await engine.database.write((tx) =>
        run(
          tx,
          sql`
            update sync.device
            set wipe = 'done', waiting = 0, pulled_at = ${new Date(ctx.now)}
            where county_code = ${device.county_code} and id = ${device.id}
          `,
        ),
      )
    }
    return { wipe, kept }
  }
}
const nameOf = async (tx: Reading, id: string) =>
  (await rowOf<{ name: string }>(tx, sql`select name from identity.account where id = ${id}`))?.name ?? ''

/** An act as it lies on a phone: AES-256-GCM, twelve bytes of nonce first, the tag last. What cannot be opened is nobody's act. */
function openAct(sealed: string, dataKey: string): Act | undefined {
  try {
    const raw = Buffer.from(sealed, 'base64url')
    const cipher = createDecipheriv('aes-256-gcm', Buffer.from(dataKey, 'base64url'), raw.subarray(0, 12)).setAuthTag(
      raw.subarray(-16),
    )
    const text = Buffer.concat([cipher.update(raw.subarray(12, -16)), cipher.final()]).toString('utf8')
    const act = (JSON.parse(text) as { act?: unknown }).act
    return Act.parse(act)
  } catch {
    return undefined
  }
}

const behindAfter = 24 * 60 * minute
/** Why a phone is behind, in codes that the screen words. */
function causesOf(d: DeviceRow, now: number): string[] {
  return [
    ...(d.wipe === 'asked' ? ['to-wipe'] : []),
    ...(d.status !== 'active' ? ['left'] : []),
    ...(d.pulled_at === null || now - d.pulled_at.getTime() > behindAfter ? ['no-contact'] : []),
    ...(d.waiting > 0 && d.oldest_at !== null && now - d.oldest_at.getTime() > 60 * minute ? ['waiting'] : []),
    ...(Math.abs(d.skew_ms) > 10 * minute ? ['clock'] : []),
    ...(d.fault !== '' ? [d.fault] : []),
  ]
}

export async function listDevices(ctx: Asking, ask: Ask<'listDevices'>): Reply<'listDevices'> {
  const county = ctx.caller.countyCode,
    tree = placeTree()
  const places = postsWith(ctx.caller, 'sync.watch').map((p) => p.placeId)
  const holders = await rowsOf<{ account_id: string; place_id: string; name: string }>(
    ctx.tx,
    sql`
      select p.account_id, p.place_id, a.name
      from identity.posting p
        join identity.account a on a.id = p.account_id
        join identity.role_duty d on d.role_code = p.role_code
        and d.duty = 'visit.write'
        join identity.role r on r.code = p.role_code
      where a.county_code = ${county}
        and a.status = 'active'
        and (p.to_on is null or p.to_on >= ${new Date(ctx.now)}::date)
        and p.role_code in ('grid-worker', 'part-time-worker', 'liaison')
    `,
  )
  const mine = new Map(
    holders.filter((h) => places.some((p) => tree.contains(p, h.place_id))).map((h) => [h.account_id, h]),
  )
  const rows = await rowsOf<DeviceRow & { inbox: number; last_place: string | null }>(
    ctx.tx,
    sql`
      select
        d.*, a.name as holder, a.login, a.status,
        (
          select count(*)
          from sync.inbox i
          where i.county_code = d.county_code and i.account_id = d.account_id and i.state = 'open'
        ) as inbox,
        (
          select p.place_id
          from identity.posting p
          where p.account_id = d.account_id and p.department_id is null
          order by p.from_on desc
          limit 1
        ) as last_place
      from sync.device d join identity.account a on a.id = d.account_id
      where d.county_code = ${county} and d.wipe <> 'done'
      order by d.pulled_at nulls first
      limit 5000
    `,
  )
  const devices = rows
    .filter(
      (d) => mine.has(d.account_id) || (d.last_place !== null && places.some((p) => tree.contains(p, d.last_place!))),
    )
    .map((d) => ({
      id: d.id,
      name: d.name,
      holder: d.holder,
      login: d.login,
      placeName: tree.get(mine.get(d.account_id)?.place_id ?? d.last_place ?? '')?.name ?? '',
      phone: null,
      version: d.version,
      lastPullAt: d.pulled_at?.toISOString() ?? null,
      lastPushAt: d.pushed_at?.toISOString() ?? null,
      waiting: d.waiting,
      oldestAt: d.oldest_at?.toISOString() ?? null,
      skewMinutes: Math.round(Number(d.skew_ms) / minute),
      fault: d.fault,
      causes: causesOf(d, ctx.now),
      wipe: d.wipe,
      inbox: Number(d.inbox),
    }))
    .filter((d) => ask.only === 'all' || d.causes.length > 0 || d.inbox > 0)
  const enrolled = new Set(rows.map((d) => d.account_id))
  return {
    devices: devices.slice(0, 1000),
    never: [...mine.values()]
      .filter((h) => !enrolled.has(h.account_id))
      .slice(0, 200)
      .map((h) => ({ holder: h.name, placeName: tree.get(h.place_id)?.name ?? '' })),
  }
}

export async function wipeDevice(ctx: Ctx, ask: Ask<'wipeDevice'>): Reply<'wipeDevice'> {
  const done = await run(
    ctx.tx,
    sql`
      update sync.device
      set wipe = 'asked', wipe_reason = ${ask.reason}
      where county_code = ${ctx.caller.countyCode} and id = ${ask.id} and wipe = ''
    `,
  )
  if (done === 0) refuse('device.unknown', 404)
  ctx.tell('device.wipe-asked', { reason: ask.reason }, ask.id)
  return { done: true }
}
