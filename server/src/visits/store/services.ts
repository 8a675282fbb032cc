/** Services by proxy in the database; their steps as JSON, read by its shape. */
import type { ServiceState, ServiceStep } from '@fengge/domain/visits/services'
import { StoredSteps } from '@fengge/domain/visits/stored'
import type { Asker } from '../../kernel/context.ts'
import { sql, run, rowWritten } from '../../kernel/db/sql.ts'
import type { Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'
import { apartFrom, inReach } from './reach.ts'
import type { GridLine } from './visits.ts'

/** Where the name and the number of whoever asks stand. */
export const askedByAt = (id: string): SealedAt => `visits.service.asked_by_sealed:${id}`
export const phoneAt = (id: string): SealedAt => `visits.service.phone_sealed:${id}`

export interface FreshService {
  readonly id: string
  readonly no: string
  readonly matterId: string
  readonly what: string
  readonly personId: string | null
  readonly askedBySealed: string
  readonly phoneSealed: string | null
  readonly line: GridLine & { readonly gridId: string }
  readonly accountId: string
  readonly takenBy: string
  readonly dueOn: string
  readonly steps: readonly ServiceStep[]
}

export async function insertService(tx: Tx, county: string, s: FreshService): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.service (
          county_code, id, no, matter_id, what, person_id, asked_by_sealed, phone_sealed, grid_id, village_id,
          town_id, account_id, taken_by, due_on, steps, shape
        )
      values
        (
          ${county}, ${s.id}, ${s.no}, ${s.matterId}, ${s.what}, ${s.personId}, ${s.askedBySealed}, ${s.phoneSealed},
          ${s.line.gridId}, ${s.line.villageId}, ${s.line.townId}, ${s.accountId}, ${s.takenBy}, ${s.dueOn},
          ${JSON.stringify(s.steps)}::jsonb, ${StoredSteps.now}
        )
    `,
  )
}

export interface HeldService {
  readonly state: ServiceState
  readonly steps: readonly ServiceStep[]
}

export async function lockService(tx: Tx, asker: Asker, id: string): Promise<HeldService | undefined> {
  const row = await rowWritten<{ state: ServiceState } & Pick<Row<'visits.service'>, 'steps' | 'shape'>>(
    tx,
    sql`
      select t.state, t.steps, t.shape
      from visits.service t
      where t.id = ${id} and ${inReach(asker, 'visit.write')} and ${apartFrom(asker, 't.person_id')}
      for update
    `,
  )
  return row && { state: row.state, steps: StoredSteps.read(row.steps, row.shape) }
}

export async function saveService(tx: Tx, county: string, id: string, now: HeldService): Promise<void> {
  await run(
    tx,
    sql`
      update visits.service
      set
        state = ${now.state}, steps = ${JSON.stringify(now.steps)}::jsonb, shape = ${StoredSteps.now},
        version = version + 1, wrote_in = pg_current_xact_id()
      where county_code = ${county} and id = ${id}
    `,
  )
}
