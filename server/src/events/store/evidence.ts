/** Evidence in the database: whose an upload is, what was kept, which event it belongs to. */
import type { KeptFile } from '../../kernel/files.ts'
import { makeSink } from '../../kernel/db/sink.ts'
import { rowOf, rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

/** Evidence that comes with a report: sent before by who reports, and still free. */
export const evidenceSink = makeSink<{ county_code: string; id: string; event_id: string; account_id: string | null }>(
  `
    update events.evidence e
    set event_id = r.event_id, phase = 'before'
    from unnest($$1::char(6)[], $$2::uuid[], $$3::uuid[], $$4::uuid[]) as r(county_code, id, event_id, account_id)
    where e.county_code = r.county_code and e.id = r.id and e.event_id is null and e.uploaded_by = r.account_id
  `,
  ['county_code', 'id', 'event_id', 'account_id'],
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
  /** A file that was sent for a phase of its own keeps it. */
  readonly isPhaseSent?: boolean
  readonly accountId: string | null
}

/** A file by what it holds. */
export type Digested = Pick<Row<'events.evidence'>, 'id' | 'sha256'>

/**
 * Ties uploaded files to an event. What is tied already stays what it was said to be.
 * @returns those that were the uploader's own and still free, or already here
 */
export function attachEvidence(tx: Tx, county: string, attachment: Attachment): Promise<Digested[]> {
  const { eventId, evidenceIds, phase, accountId, isPhaseSent = false } = attachment
  return rowsWritten<Digested>(
    tx,
    sql`
      update events.evidence
      set
        event_id = ${eventId}, phase = case
          when event_id is not null then phase
          when ${isPhaseSent}
          and phase <> 'during' then phase
          else ${phase}
        end
      where county_code = ${county}
        and id = any(${evidenceIds}::uuid[])
        and uploaded_by = ${accountId}
        and (event_id is null or event_id = ${eventId})
      returning id, sha256
    `,
  )
}

/** How many of these files an account has sent and tied to this event. */
export async function countTied(
  tx: Reading,
  county: string,
  { eventId, evidenceIds, accountId }: Pick<Attachment, 'eventId' | 'evidenceIds' | 'accountId'>,
): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from events.evidence
      where county_code = ${county}
        and id = any(${evidenceIds}::uuid[])
        and uploaded_by = ${accountId}
        and event_id = ${eventId}
    `,
  )
  return row?.n ?? 0
}

/** Those of these files that an account has sent and not tied to an event yet. */
export function listFreeEvidence(
  tx: Reading,
  county: string,
  accountId: string | null,
  ids: readonly string[],
): Promise<Digested[]> {
  return rowsOf<Digested>(
    tx,
    sql`
      select id, sha256
      from events.evidence
      where county_code = ${county}
        and id = any(${ids}::uuid[])
        and uploaded_by = ${accountId}
        and event_id is null
    `,
  )
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

/** A row for a file that is about to be written. @returns whether the id was free */
export async function saveEvidence(tx: Tx, county: string, e: Evidence): Promise<boolean> {
  const written = await run(
    tx,
    sql`
      insert into events.evidence (
          county_code, id, event_id, uploaded_by, kind, phase, name, mime, size, sha256, path, thumbnail_path,
          thumbnail_sha256, at
        )
      values
        (
          ${county}, ${e.id}, ${e.eventId}, ${e.uploadedBy}, ${e.kind}, ${e.phase}, ${e.name}, ${e.mime}, ${e.size},
          ${e.sha256}, ${e.path}, ${e.thumbnailPath}, ${e.thumbnailSha256}, ${new Date(e.at)}
        )
      on conflict do nothing
    `,
  )
  return written > 0
}

/** What a row says of its file. */
export type FileRow = Pick<
  Row<'events.evidence'>,
  'county_code' | 'id' | 'path' | 'sha256' | 'thumbnail_path' | 'thumbnail_sha256'
>

/** Every row of evidence, a page at a time by key. */
export function listFileRows(
  tx: Reading,
  after: { readonly county: string; readonly id: string },
  most: number,
): Promise<FileRow[]> {
  return rowsOf<FileRow>(
    tx,
    sql`
      select county_code, id, path, sha256, thumbnail_path, thumbnail_sha256
      from events.evidence
      where (county_code, id) > (${after.county}::char(6), ${after.id}::uuid)
      order by county_code, id
      limit ${most}
    `,
  )
}

/** Those of these paths that no row names. */
export async function listUnnamed(tx: Reading, paths: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ path: string }>(
    tx,
    sql`
      select p.path
      from unnest(${paths}::text[]) as p (path)
      where not exists (select 1 from events.evidence e where e.path = p.path or e.thumbnail_path = p.path)
    `,
  )
  return rows.map((r) => r.path)
}

/** Evidence by its id, tied to an event or not yet. */
export function findEvidence(
  tx: Reading,
  county: string,
  id: string,
): Promise<Pick<Row<'events.evidence'>, 'id'> | undefined> {
  return rowOf(tx, sql`select id from events.evidence where county_code = ${county} and id = ${id}`)
}

export interface Begun {
  readonly id: string
  readonly accountId: string
  readonly at: number
  readonly size: number
}

/**
 * Takes an id for an upload of an account; taking one's own again is allowed, and weighs again: what came before it
 * came all the same.
 * @returns whether it is the account's: another may have begun one, or sent evidence, under this id
 */
export async function claimUpload(tx: Tx, county: string, { id, accountId, at, size }: Begun): Promise<boolean> {
  const changed = await run(
    tx,
    sql`
      insert into events.upload (county_code, id, account_id, begun_at, size)
      select ${county}, ${id}, ${accountId}, ${new Date(at)}, ${size}
      where not exists (
          select 1
          from events.evidence
          where county_code = ${county} and id = ${id} and uploaded_by is distinct from ${accountId}
        )
      on conflict (id) do update
      set begun_at = excluded.begun_at, size = upload.size + excluded.size
      where upload.account_id = excluded.account_id
    `,
  )
  return changed > 0
}

/** What an account has begun to send since a moment, while nobody else of it begins anything. */
export async function weighUploads(
  tx: Tx,
  accountId: string,
  since: number,
): Promise<{ readonly files: number; readonly bytes: number }> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 20261127))`)
  const row = await rowOf<{ files: number; bytes: number }>(
    tx,
    sql`
      select count(*)::int as files, coalesce(sum(size), 0)::double precision as bytes
      from events.upload
      where account_id = ${accountId} and begun_at > ${new Date(since)}
    `,
  )
  return row ?? { files: 0, bytes: 0 }
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
