/** Campaigns in the database. */
import type { Selector } from '@fengge/domain/visits/terms'
import { rowsOf, sql, run, rowWritten } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

/** An open campaign of a grid that ended goes on in what follows it; its tasks were given out when it began. */
export async function followCampaigns(tx: Tx, county: string, endedId: string, heir: string): Promise<void> {
  await run(
    tx,
    sql`
      update visits.campaign
      set place_id = ${heir}
      where county_code = ${county} and place_id = ${endedId} and is_open
    `,
  )
}

export interface FreshCampaign {
  readonly id: string
  readonly matterId: string
  readonly name: string
  readonly placeId: string
  readonly selector: Selector
  readonly formCode: string
  readonly fromOn: string
  readonly toOn: string
  readonly note: string
}

export async function insertCampaign(
  tx: Tx,
  county: string,
  c: FreshCampaign,
  made: { readonly by: string | null; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.campaign (
          county_code, id, matter_id, name, place_id, selector, form_code, from_on, to_on, note, made_by, made_at
        )
      values
        (
          ${county}, ${c.id}, ${c.matterId}, ${c.name}, ${c.placeId}, ${c.selector}, ${c.formCode}, ${c.fromOn},
          ${c.toOn}, ${c.note}, ${made.by}, ${made.at}
        )
    `,
  )
}

/** The place of a campaign that is under way. */
export async function lockOpenCampaign(tx: Tx, county: string, id: string): Promise<string | undefined> {
  const row = await rowWritten<Pick<Row<'visits.campaign'>, 'place_id'>>(
    tx,
    sql`
      select place_id
      from visits.campaign
      where county_code = ${county} and id = ${id} and is_open
      for update
    `,
  )
  return row?.place_id
}

export async function closeCampaign(tx: Tx, county: string, id: string): Promise<void> {
  await run(tx, sql`update visits.campaign set is_open = false where county_code = ${county} and id = ${id}`)
}

export type CampaignRow = Pick<
  Row<'visits.campaign'>,
  'id' | 'name' | 'matter_id' | 'place_id' | 'from_on' | 'to_on' | 'is_open'
>

/** The newest first. */
export function listCampaignRows(tx: Reading, county: string): Promise<CampaignRow[]> {
  return rowsOf<CampaignRow>(
    tx,
    sql`
      select id, name, matter_id, place_id, from_on, to_on, is_open
      from visits.campaign
      where county_code = ${county}
      order by from_on desc
      limit 100
    `,
  )
}
