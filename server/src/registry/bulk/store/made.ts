/** What an import made, taken out again: from the inside out, so that nothing is left without its parent. */
import type { RecordKind } from '@fengge/domain/registry/terms'
import { rowsOf, run, sql, type RawBuilder } from '../../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../../kernel/db/tx.ts'
import { findChanges, type ChangeRow } from '../../store/changes.ts'
import { hasLiveChild } from '../../store/children.ts'

export const madeKinds = [
  'person',
  'unit',
  'facility',
  'house',
  'building',
  'estate',
] as const satisfies readonly RecordKind[]
export type MadeKind = (typeof madeKinds)[number]

interface BatchKey {
  readonly county_code: string
  readonly id: string
}

const isEmpty = sql`not ${hasLiveChild(sql`r.county_code`, sql`r.id`)}`

/** Nobody lives there, or stands in it, by now. */
const isFree: Readonly<Record<MadeKind, RawBuilder<unknown>>> = {
  person: sql`
    not exists (select 1 from registry.link l where l.county_code = r.county_code and l.person_id = r.id)
  `,
  unit: sql`true`,
  facility: sql`true`,
  house: sql`
    not exists (select 1 from registry.link l where l.county_code = r.county_code and l.house_id = r.id)
    and ${isEmpty}
  `,
  building: isEmpty,
  estate: isEmpty,
}

/** Ids of what a batch has made so far. */
export async function listMade(reading: Reading, kind: MadeKind, batch: BatchKey): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reading,
    sql`
      select id
      from ${sql.table(`registry.${kind}`)}
      where county_code = ${batch.county_code} and batch_id = ${batch.id}
    `,
  )
  return rows.map((r) => r.id)
}

interface Piece<After> {
  readonly after: After
  readonly most: number
}

/**
 * Removes a piece of what a batch made and nobody has changed or moved into since.
 * @returns how many went and how many stay, and the last one looked at where there may be more
 */
export async function removeMade(
  tx: Tx,
  kind: MadeKind,
  batch: BatchKey,
  { after, most }: Piece<string | null>,
): Promise<{ removed: number; left: number; last: string | undefined }> {
  const table = sql.table(`registry.${kind}`)
  const found = await rowsOf<{ id: string }>(
    tx,
    sql`
      select id
      from ${table}
      where county_code = ${batch.county_code}
        and batch_id = ${batch.id}
        ${after === null ? sql`` : sql`and id > ${after}::uuid`}
      order by id
      limit ${most}
    `,
  )
  const ids = found.map((r) => r.id)
  const removed = await run(
    tx,
    sql`
      delete from ${table} r
      where r.county_code = ${batch.county_code}
        and r.id = any(${ids}::uuid[])
        and not exists (
          select 1
          from registry.change c
          where c.county_code = r.county_code and c.record_id = r.id and c.undone_by is null and c.what <> 'undo'
        )
        and ${isFree[kind]}
    `,
  )
  return { removed, left: ids.length - removed, last: ids.length < most ? undefined : ids.at(-1) }
}

/** A piece of what a batch changed on records that were there before, newest first, as far as it still stands. */
export function listChangesOf(
  reading: Reading,
  batch: BatchKey,
  { after, most }: Piece<{ readonly version: number; readonly id: string } | undefined>,
): Promise<ChangeRow[]> {
  const behind = after ? sql`and (version, id) < (${after.version}::int, ${after.id}::uuid)` : sql``
  return findChanges(
    reading,
    batch.county_code,
    sql`batch_id = ${batch.id} and undone_by is null ${behind} order by version desc, id desc limit ${most}`,
  )
}
