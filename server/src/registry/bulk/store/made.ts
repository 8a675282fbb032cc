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

/** What only people write down of somebody: who has such a row is no slip of a file any more. */
const ownTables = ['overlay', 'leaving', 'erasure', 'arrival', 'recusal', 'link_request'] as const
const nothingKnown = ({ county, person }: { county: RawBuilder<unknown>; person: RawBuilder<unknown> }) =>
  sql.join(
    ownTables.map(
      (name) => sql`
        not exists (
          select 1
          from ${sql.table(`registry.${name}`)} o
          where o.county_code = ${county} and o.person_id = ${person}
        )
      `,
    ),
    sql` and `,
  )
/** Nobody found that a record and another are of one person. */
const neverMerged = ({ county, person }: { county: RawBuilder<unknown>; person: RawBuilder<unknown> }) => sql`
  not exists (
    select 1
    from registry.person m
    where m.county_code = ${county}
      and (m.merged_into = ${person} or (m.id = ${person} and m.merged_into is not null))
  )
  and not exists (
    select 1
    from registry.merge_request q
    where q.county_code = ${county} and (q.keep_id = ${person} or q.drop_id = ${person})
  )
`

/** Nobody lives there, or stands in it, by now. */
const isFree: Readonly<Record<MadeKind, RawBuilder<unknown>>> = {
  person: sql`
    not exists (select 1 from registry.link l where l.county_code = r.county_code and l.person_id = r.id)
    and ${nothingKnown({ county: sql`r.county_code`, person: sql`r.id` })}
    and ${neverMerged({ county: sql`r.county_code`, person: sql`r.id` })}
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

/** A piece of what a batch made, in the order of ids. */
export async function listMadeBehind(
  reading: Reading,
  kind: MadeKind,
  batch: BatchKey,
  { after, most }: Piece<string | null>,
): Promise<string[]> {
  const found = await rowsOf<{ id: string }>(
    reading,
    sql`
      select id
      from ${sql.table(`registry.${kind}`)}
      where county_code = ${batch.county_code} and batch_id = ${batch.id} ${behindId(after)}
      order by id
      limit ${most}
    `,
  )
  return found.map((r) => r.id)
}

const behindId = (after: string | null) => (after === null ? sql`` : sql`and id > ${after}::uuid`)

/** Removes what nobody has changed, moved into or built on since. @returns how many went */
export function removeMade(tx: Tx, kind: MadeKind, county: string, ids: readonly string[]): Promise<number> {
  return run(
    tx,
    sql`
      delete from ${sql.table(`registry.${kind}`)} r
      where r.county_code = ${county}
        and r.id = any(${ids}::uuid[])
        and not exists (
          select 1
          from registry.change c
          where c.county_code = r.county_code and c.record_id = r.id and c.undone_by is null and c.what <> 'undo'
        )
        and ${isFree[kind]}
    `,
  )
}

/** Homes that a batch gave, a piece. */
export function listLinksOf(
  reading: Reading,
  batch: BatchKey,
  { after, most }: Piece<string | null>,
): Promise<{ id: string; person_id: string; house_id: string }[]> {
  return rowsOf(
    reading,
    sql`
      select id, person_id, house_id
      from registry.link
      where county_code = ${batch.county_code} and batch_id = ${batch.id} ${behindId(after)}
      order by id
      limit ${most}
    `,
  )
}

/** Takes homes away that nobody has ended since, of people about whom nothing was done. @returns how many went */
export function dropLinks(tx: Tx, county: string, ids: readonly string[]): Promise<number> {
  return run(
    tx,
    sql`
      delete from registry.link l
      where l.county_code = ${county}
        and l.id = any(${ids}::uuid[])
        and l.to_on is null
        and ${nothingKnown({ county: sql`l.county_code`, person: sql`l.person_id` })}
        and ${neverMerged({ county: sql`l.county_code`, person: sql`l.person_id` })}
    `,
  )
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
