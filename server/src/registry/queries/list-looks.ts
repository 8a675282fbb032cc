/**
 * Who looked at a person, from the journal, to tell him: the office and the purpose, not the name. That somebody is
 * looked after as one of a key population is told by none of it: a look by his keeper is a look at him from the
 * community, and of offices larger than a grid no role is named. Requirement C5.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listLooks as promise } from '@fengge/domain/registry/contract'
import { lookersTold } from '@fengge/domain/registry/facts'
import { listLooks as looksAt, type Look, type LookPost } from '../../audit/door.ts'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { placeTree } from '../../places/door.ts'
import { reachRecord } from '../sight.ts'
import { writersTold } from '../arriving/writers-told.ts'
import { listMergedInto } from '../leaving/store/erasures.ts'

export async function listLooks(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const { row } = await reachRecord(ctx, ask.id, 'registry.tell')
  const looks = await looksAt(ctx.tx, county, await listSubjects(ctx.tx, county, row.id))
  const isTold = await writersTold(ctx, [row.id])
  ctx.tell(lookersTold, {}, row.id)
  return { looks: foldLooks(looks.map((look) => tellLook(ctx, look, isTold(row.id, look.at)))) }
}

type Told = ReplyOf<typeof promise>['looks'][number]

const tellLook = (ctx: Asking, look: Look, isOfficeTold: boolean): Told => ({
  at: look.at.toISOString(),
  office: look.post && isOfficeTold ? officeOf(ctx, look.post) : '',
  what: look.fact === 'registry.overlay-looked' ? 'registry.person-looked' : look.fact,
  purpose: [look.detail.purpose, look.detail.note].filter(Boolean).join('：'),
})

function officeOf(ctx: Asking, { office, placeId, role, keepsCare }: LookPost): string {
  const tree = placeTree(ctx)
  const tier = tree.get(placeId)?.tier
  if (tier !== 'grid' && tier !== 'micro') return office
  return keepsCare ? (tree.ancestor(placeId, 'village')?.name ?? office) : `${office} ${role}`
}

/** A page that asks for two things at once is one look. */
function foldLooks(looks: readonly Told[]): Told[] {
  const known = new Set<string>()
  return looks.filter(({ at, office, what, purpose }) => {
    const key = JSON.stringify([at.slice(0, 'yyyy-mm-ddThh:mm'.length), office, what, purpose])
    return !known.has(key) && known.add(key)
  })
}

/** Himself, records of his that were merged into this one, and the houses he has lived in or owned. */
async function listSubjects(tx: Reading, county: string, personId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
      select unnest(${[personId, ...(await listMergedInto(tx, county, [personId]))]}::uuid[]) as id
      union
      select house_id
      from registry.link
      where county_code = ${county} and person_id = ${personId}
    `,
  )
  return rows.map((r) => r.id)
}
