/** Layers beside the net, in the database. */
import { rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Row, Tx } from '../../kernel/db/tx.ts'
import type { AreaRow } from './foldings.ts'

export type FeatureRow = Pick<Row<'places.feature'>, 'id' | 'name'> & Pick<AreaRow, 'geometry'>

/** Those of a layer and its owner that are there already, held until what they become is written. */
export function lockFeatures(
  tx: Tx,
  { county, layer, owner }: { readonly county: string; readonly layer: string; readonly owner: string },
  features: readonly { readonly id: string }[],
): Promise<FeatureRow[]> {
  return rowsWritten<FeatureRow>(
    tx,
    sql`
      select id, name, geometry
      from places.feature
      where
        id = any(${features.map((f) => f.id)}::uuid[]) and county_code = ${county} and layer = ${layer}
        and owner = ${owner}
      order by id
      for update
    `,
  )
}

/** @returns whether it was kept: an id of another layer, department or county stays as it is */
export async function saveFeature(
  tx: Tx,
  county: string,
  f: { id: string; layer: string; owner: string; name: string; geometry: unknown },
): Promise<boolean> {
  const saved = await run(
    tx,
    sql`
      insert into places.feature (id, county_code, layer, owner, name, geometry)
      values (${f.id}, ${county}, ${f.layer}, ${f.owner}, ${f.name}, ${JSON.stringify(f.geometry)}::jsonb)
      on conflict (id) do update
      set name = excluded.name, geometry = excluded.geometry
      where
        places.feature.county_code = excluded.county_code and places.feature.layer = excluded.layer
        and places.feature.owner = excluded.owner
    `,
  )
  return saved > 0
}
