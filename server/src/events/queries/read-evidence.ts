/** A file of evidence, for its uploader until it is tied to an event, and then for everybody within reach of that. */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { readEvidence as promise } from '@fengge/domain/events/contract/desk'
import type { Asking } from '../../kernel/context.ts'
import { rowOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { reachOf } from '../reach.ts'
import { within } from './conditions.ts'

/** A file with what it must hold; a small picture without a digest is drawn from the photo. */
export type EvidenceFile = Pick<
  Row<'events.evidence'>,
  'id' | 'path' | 'sha256' | 'thumbnail_path' | 'thumbnail_sha256' | 'mime' | 'name'
> & {
  /** Of a matter that is told in confidence: a small picture of it is a look too. */
  readonly is_confided: boolean
}

export async function findEvidenceFile(ctx: Asking, ask: AskOf<typeof promise>): Promise<EvidenceFile> {
  const row = await rowOf<EvidenceFile>(
    ctx.tx,
    sql`
      select v.id, v.path, v.sha256, v.thumbnail_path, v.thumbnail_sha256, v.mime, v.name,
        coalesce(e.is_sensitive, false) as is_confided
      from events.evidence v left join events.event e on e.county_code = v.county_code and e.id = v.event_id
      where v.county_code = ${ctx.caller.countyCode}
        and v.id = ${ask.id}
        and ((v.event_id is null and v.uploaded_by = ${ctx.caller.accountId}) or (${within(reachOf(ctx))}))
    `,
  )
  if (!row || (ask.size === 'small' && row.thumbnail_path === null)) return refuse('evidence.unknown', 404)
  return row
}
