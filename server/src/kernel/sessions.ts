/**
 * Who is calling. A session is a random token in a cookie (or a bearer header for machines); only its digest
 * is stored. Callers are remembered for a few seconds so that a busy phone does not cost a query a call.
 */
import { isDuty } from '@fengge/domain/kernel/duty'
import { createHash, randomBytes } from 'node:crypto'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Caller, Post } from './context.ts'
import { rowOf, rowsOf, sql, run } from './db/sql.ts'
import type { Database } from './db/pool.ts'
import type { Reading } from './db/tx.ts'

export const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url')
export const makeToken = () => randomBytes(32).toString('base64url')

interface SessionRow {
  account_id: string
  name: string
  kind: 'person' | 'machine'
  county_code: string
  must_change: boolean
  expires_at: Date
  seen_at: Date
  device: string
  has_second_factor: boolean
}

export interface Sessions {
  readonly find: (token: string, now: number) => Promise<Caller | undefined>
  /** Forgets what is remembered: of one account, or of all. */
  readonly forget: (accountId?: string) => void
}

const rememberMs = 5000

export function createSessions(database: Database, idleMsFor: (device: string, isAdmin: boolean) => number): Sessions {
  const known = new Map<string, { caller: Caller; until: number }>()
  return {
    async find(token, now) {
      const hash = hashToken(token)
      const hit = known.get(hash)
      if (hit && hit.until > now && hit.until - now <= rememberMs) return hit.caller
      const row = await rowOf<SessionRow>(
        database.read,
        sql`
          select
            s.account_id, a.name, a.kind, a.county_code, a.must_change, s.expires_at, s.seen_at, s.device,
            s.has_second_factor
          from identity.session s join identity.account a on a.id = s.account_id
          where s.token_hash = ${hash} and a.status = 'active'
        `,
      )
      if (!row || row.expires_at.getTime() <= now) return undefined
      const caller = await loadCaller(database.read, row, now)
      const idle = idleMsFor(row.device, caller.isAdmin)
      if (now - row.seen_at.getTime() > idle) return undefined
      if (now - row.seen_at.getTime() > idle / 20)
        await database.write((tx) =>
          run(tx, sql`update identity.session set seen_at = ${new Date(now)} where token_hash = ${hash}`),
        )
      if (known.size > 20_000) known.clear()
      known.set(hash, { caller, until: now + rememberMs })
      return caller
    },
    forget(accountId) {
      for (const [hash, { caller }] of known)
        if (accountId === undefined || caller.accountId === accountId) known.delete(hash)
    },
  }
}

interface PostRow {
  id: string
  role_code: string
  role_name: string
  kind: string
  place_id: string
  department_id: string | null
  office_name: string
  duties: string[]
  needs_second_factor: boolean
}

async function loadCaller(tx: Reading, session: SessionRow, now: number): Promise<Caller> {
  const rows = await listPosts(tx, session.account_id, now)
  const usable = rows.filter((r) => !r.needs_second_factor || session.has_second_factor)
  const posts: Post[] = usable.map((r) => ({
    id: r.id,
    roleCode: r.role_code,
    roleName: r.role_name,
    placeId: r.place_id,
    departmentId: r.department_id,
    officeName: r.office_name,
    duties: new Set(r.duties.filter(isDuty)),
  }))
  return {
    kind: session.kind,
    accountId: session.account_id,
    name: session.name,
    countyCode: session.county_code,
    posts,
    mustChangePassword: session.must_change,
    isAdmin: rows.some((r) => ['system', 'security', 'audit'].includes(r.kind)),
  }
}

/** The postings of an account in force on the day of `now`, with the duties of their roles. */
export function listPosts(tx: Reading, accountId: string, now: number): Promise<PostRow[]> {
  const today = dayOf(now)
  return rowsOf<PostRow>(
    tx,
    sql`
      select
        p.id, p.role_code, r.name as role_name, r.kind, p.place_id, p.department_id,
        coalesce(d.name, l.name) as office_name, r.needs_second_factor,
        coalesce((select array_agg(duty) from identity.role_duty rd where rd.role_code = p.role_code), '{}') as duties
      from identity.posting p
        join identity.role r on r.code = p.role_code
        join places.place l on l.id = p.place_id
        left join identity.department d on d.id = p.department_id
      where p.account_id = ${accountId} and p.from_on <= ${today} and (p.to_on is null or p.to_on >= ${today})
      order by p.from_on, p.id
    `,
  )
}

/** A caller for work done in somebody's name outside a session (demo, import). */
export async function findCaller(tx: Reading, accountId: string, now: number): Promise<Caller | undefined> {
  const row = await rowOf<SessionRow>(
    tx,
    sql`
      select
        id as account_id, name, kind, county_code, false as must_change, now() as expires_at, now() as seen_at,
        'desk' as device, true as has_second_factor
      from identity.account
      where id = ${accountId} and status = 'active'
    `,
  )
  return row && loadCaller(tx, row, now)
}
