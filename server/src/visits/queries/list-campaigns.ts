/** Campaigns and how far each has come, area by area. How many visits were made is told, never how much was found. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listCampaigns as promise } from '@fengge/domain/visits/contract/desk'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { matterNames } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { listCampaignRows, type CampaignRow } from '../store/campaigns.ts'
import { apartFrom, inReach } from '../store/reach.ts'
import { placeName } from './place-name.ts'

type Ask = AskOf<typeof promise>
type Campaign = ReplyOf<typeof promise>['campaigns'][number]

export async function listCampaigns(ctx: Asking, ask: Ask): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const campaigns = (await listCampaignRows(ctx.tx, county)).filter((c) => touches(ctx, c.place_id, ask.placeId))
  const tallies = await countTasks(
    ctx,
    ask,
    campaigns.map((c) => c.id),
  )
  const matters = await matterNames(ctx.tx, county)
  return {
    campaigns: campaigns.map((c) => ({
      id: c.id,
      name: c.name,
      matterName: matters.get(c.matter_id)?.name ?? '',
      placeName: placeName(ctx, c.place_id) ?? '',
      fromOn: c.from_on,
      toOn: c.to_on,
      isOpen: c.is_open,
      ...progressOf(
        ctx,
        c,
        tallies.filter((t) => t.origin_id === c.id),
      ),
    })),
  }
}

/** Whether the place of a campaign holds or lies in a place of the caller's, and in the place that was asked for. */
function touches(ctx: Asking, placeId: string, asked: string | undefined): boolean {
  const tree = placeTree(ctx)
  const meets = (other: string) => tree.contains(other, placeId) || tree.contains(placeId, other)
  return postsWith(ctx.caller, 'visit.read').some((p) => meets(p.placeId)) && (asked === undefined || meets(asked))
}

type Tally = Pick<Row<'visits.task'>, 'origin_id' | 'town_id' | 'village_id' | 'grid_id'> & {
  readonly total: number
  readonly done: number
}

function countTasks(ctx: Asking, ask: Ask, campaignIds: readonly string[]): Promise<Tally[]> {
  return rowsOf<Tally>(
    ctx.tx,
    sql`
      select
        t.origin_id, t.town_id, t.village_id, t.grid_id, count(*) as total,
        count(*) filter (where t.state = 'done') as done
      from visits.task t
      where ${inReach(ctx, 'visit.read', ask.placeId)}
        and t.origin_id = any(${campaignIds}::uuid[])
        and t.state <> 'dropped'
        and ${apartFrom(ctx)}
      group by 1, 2, 3, 4
    `,
  )
}

/** The areas of a campaign are the tier below its place. */
const areaColumns = { county: 'town_id', town: 'village_id' } as const

function progressOf(
  ctx: Asking,
  campaign: CampaignRow,
  tallies: readonly Tally[],
): Pick<Campaign, 'total' | 'done' | 'areas'> {
  const tier = placeTree(ctx).get(campaign.place_id)?.tier
  const column = tier === 'county' || tier === 'town' ? areaColumns[tier] : 'grid_id'
  const areas = [...Map.groupBy(tallies, (t) => t[column])].flatMap(([id, rows]) =>
    id === null ? [] : [{ id, name: placeName(ctx, id) ?? '', ...sumOf(rows) }],
  )
  return { ...sumOf(tallies), areas: areas.toSorted((a, b) => a.name.localeCompare(b.name, 'zh')) }
}

const sumOf = (rows: readonly Pick<Tally, 'total' | 'done'>[]) => ({
  total: rows.reduce((n, r) => n + r.total, 0),
  done: rows.reduce((n, r) => n + r.done, 0),
})
