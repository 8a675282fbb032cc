import type { Ctx } from '../kernel/context.ts'
import { sql, run } from '../kernel/db/sql.ts'
import { freshId } from '../kernel/fresh-id.ts'
import type { KeptFile } from '../kernel/files.ts'

/** Ties a resident's photo to the event it came with. */
export async function keepResidentPhoto(ctx: Ctx, eventId: string, kept: KeptFile): Promise<void> {
  await run(
    ctx.tx,
    sql`
      insert into events.evidence (
          county_code, id, event_id, uploaded_by, kind, phase, name, mime, size, sha256, path, thumbnail_path, at
        )
      values
        (
          ${ctx.caller.countyCode}, ${freshId(ctx.now)}, ${eventId}, null, ${kept.kind}, 'before', 'photo',
          ${kept.mime}, ${kept.size}, ${kept.sha256}, ${kept.path}, ${kept.thumbnailPath}, ${new Date(ctx.now)}
        )
    `,
  )
}
