/** Evidence in the database: whose an upload is, what was kept, which event it belongs to. */
import type { KeptFile } from '../../kernel/files.ts'
import { makeSink } from '../../kernel/db/sink.ts'
import { rowOf, rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

/** Evidence that comes with a report: uploaded before, tied to its event now. */
export const evidenceSink = makeSink<{ county_code: string; id: string; event_id: string }>(
  `
    update events.evidence e
    set event_id = r.event_id, phase = 'before'
    from unnest($$1::char(6)[], $$2::uuid[], $$3::uuid[]) as r(county_code, id, event_id)
    where e.county_code = r.county_code and e.id = r.id
  `,
  ['county_code', 'id', 'event_id'],
)

/** In which phases an event has evidence. */
export async function listPhases(tx: Reading, county: string, id: string): Promise<Set<string>> {
  const rows = await rowsOf<Pick<Row<'events.evidence'>, 'phase'>>(
    tx,
    sql`select distinct phase from events.evidence where county_code = ${county} and event_id = ${id}`,
  )
  return new Set(rows.map((r) => r.phase))
}

export interface Attachment {
  readonly eventId: string
  readonly evidenceIds: readonly string[]
  readonly phase: string
  readonly accountId: string | null
}

/** Ties uploaded files to an event. @returns whether all were the uploader's own and still free, or already here */
export async function attachEvidence(tx: Tx, county: string, attachment: Attachment): Promise<boolean> {
  const { eventId, evidenceIds, phase, accountId } = attachment
  const changed = await run(
    tx,
    sql`
      update events.evidence
      set event_id = ${eventId}, phase = ${phase}
      where county_code = ${county}
        and id = any(${evidenceIds}::uuid[])
        and uploaded_by is not distinct from ${accountId}
        and (event_id is null or event_id = ${eventId})
    `,
  )
  return changed === new Set(evidenceIds).size
}

/** How many of these files an account has sent and not tied to an event yet. */
export async function countFreeEvidence(
  tx: Reading,
  county: string,
  accountId: string | null,
  ids: readonly string[],
): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from events.evidence
      where county_code = ${county}
        and id = any(${ids}::uuid[])
        and uploaded_by = ${accountId}
        and event_id is null
    `,
  )
  return row?.n ?? 0
}

/** A kept file as evidence. */
export interface Evidence extends KeptFile {
  readonly id: string
  readonly eventId: string | null
  readonly uploadedBy: string | null
  readonly phase: string
  readonly name: string
  readonly at: number
}

export async function saveEvidence(tx: Tx, county: string, e: Evidence): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.evidence (
          county_code, id, event_id, uploaded_by, kind, phase, name, mime, size, sha256, path, thumbnail_path, at
        )
      values
        (
          ${county}, ${e.id}, ${e.eventId}, ${e.uploadedBy}, ${e.kind}, ${e.phase}, ${e.name}, ${e.mime}, ${e.size},
          ${e.sha256}, ${e.path}, ${e.thumbnailPath}, ${new Date(e.at)}
        )
      on conflict do nothing
    `,
  )
}

/** Evidence by its id, tied to an event or not yet. */
export function findEvidence(
  tx: Reading,
  county: string,
  id: string,
): Promise<Pick<Row<'events.evidence'>, 'id'> | undefined> {
  return rowOf(tx, sql`select id from events.evidence where county_code = ${county} and id = ${id}`)
}

/**
 * Takes an id for an upload of an account; taking one's own again is allowed.
 * @returns whether it is the account's: another may have begun one, or sent evidence, under this id
 */
export async function claimUpload(
  tx: Tx,
  county: string,
  upload: { id: string; accountId: string; at: number },
): Promise<boolean> {
  const { id, accountId, at } = upload
  const changed = await run(
    tx,
    sql`
      insert into events.upload (county_code, id, account_id, begun_at)
      select ${county}, ${id}, ${accountId}, ${new Date(at)}
      where not exists (
          select 1
          from events.evidence
          where county_code = ${county} and id = ${id} and uploaded_by is distinct from ${accountId}
        )
      on conflict (id) do update
      set begun_at = excluded.begun_at
      where upload.account_id = excluded.account_id
    `,
  )
  return changed > 0
}

export async function findUploader(tx: Reading, county: string, id: string): Promise<string | undefined> {
  const row = await rowOf<Pick<Row<'events.upload'>, 'account_id'>>(
    tx,
    sql`select account_id from events.upload where county_code = ${county} and id = ${id}`,
  )
  return row?.account_id
}

/** Forgets uploads begun before a moment. @returns their ids */
export async function forgetUploads(tx: Tx, before: number): Promise<string[]> {
  const rows = await rowsWritten<Pick<Row<'events.upload'>, 'id'>>(
    tx,
    sql`delete from events.upload where begun_at < ${new Date(before)} returning id`,
  )
  return rows.map((r) => r.id)
}
