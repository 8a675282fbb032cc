/**
 * Seals everything anew under the data key in force, while the server runs: values under the former key are
 * opened and found all the time. Safe to stop and to run again.
 */
import { fieldSpecs, isSealed, specOf } from '@fengge/domain/registry/fields'
import type { FieldChanges } from '@fengge/domain/registry/editing'
import type { RecordKind, Value } from '@fengge/domain/registry/terms'
import { sql, rowsWritten, run } from './kernel/db/sql.ts'
import type { Engine } from './kernel/engine.ts'
import { indexColumns } from './registry/door.ts'

/** Tables whose sealed values are texts, with the columns that name a row. */
const texts: readonly (readonly [table: string, keys: readonly string[], columns: readonly string[]])[] = [
  ['identity.account', ['id'], ['totp_secret', 'totp_pending']],
  ['events.reporter', ['county_code', 'id'], ['name_sealed', 'phone_sealed']],
  ['registry.overlay', ['county_code', 'id'], ['sealed']],
  ['registry.batch_fault', ['county_code', 'batch_id', 'row_no'], ['cells_sealed']],
  ['registry.ledger_row', ['county_code', 'id'], ['sealed']],
]
const size = 1000

/** @returns how many rows were sealed anew, by table */
export async function rotateKeys(engine: Engine): Promise<Record<string, number>> {
  const done: Record<string, number> = {}
  for (const [table, keys, columns] of texts)
    done[table] = await walk(engine, table, keys, columns, (row) =>
      Object.fromEntries(columns.map((c) => [c, row[c] === null ? null : again(engine, row[c] as string)])),
    )
  for (const kind of Object.keys(fieldSpecs) as RecordKind[])
    if (fieldSpecs[kind].some(isSealed))
      done[`registry.${kind}`] = await walk(engine, `registry.${kind}`, ['county_code', 'id'], ['sealed'], (row) => {
        const open = Object.fromEntries(
          Object.entries(row['sealed'] as Record<string, string>).map(([code, v]) => [code, engine.sealer.open(v)]),
        )
        return {
          sealed: JSON.stringify(
            Object.fromEntries(Object.entries(open).map(([code, v]) => [code, engine.sealer.seal(v)])),
          ),
          ...(kind === 'person' ? indexColumns(open, engine.sealer) : {}),
        }
      })
  done['registry.change'] = await walk(engine, 'registry.change', ['county_code', 'id'], ['kind', 'fields'], (row) => ({
    fields: JSON.stringify(againChanges(engine, row['kind'] as RecordKind, row['fields'] as FieldChanges)),
  }))
  done['kernel.request'] = await walk(engine, 'kernel.request', ['county_code', 'request_id'], ['reply'], (row) => {
    const sealed = (row['reply'] as { sealed?: string } | null)?.sealed
    return sealed === undefined ? undefined : { reply: JSON.stringify({ sealed: again(engine, sealed) }) }
  })
  return done
}

const again = (engine: Engine, sealed: string) => engine.sealer.seal(engine.sealer.open(sealed))

function againChanges(engine: Engine, kind: RecordKind, fields: FieldChanges): FieldChanges {
  return Object.fromEntries(
    Object.entries(fields).map(([code, change]) => {
      const spec = specOf(kind, code)
      const turn = (v: Value) => (v === null || !spec || !isSealed(spec) ? v : again(engine, String(v)))
      return [code, { from: turn(change.from), to: turn(change.to) }]
    }),
  )
}

/** Goes through a table by its key, a page in one transaction; `turn` gives the columns to write, or nothing. */
async function walk(
  engine: Engine,
  table: string,
  keys: readonly string[],
  columns: readonly string[],
  turn: (row: Record<string, unknown>) => Record<string, string | null> | undefined,
): Promise<number> {
  const names = sql.join(keys.map((k) => sql.ref(k)))
  let after: unknown[] | undefined,
    count = 0
  for (;;) {
    const page: Record<string, unknown>[] = await engine.database.write(async (tx) => {
      const beyond = after === undefined ? sql`` : sql`where (${names}) > (${sql.join(after)})`
      const rows = await rowsWritten<Record<string, unknown>>(
        tx,
        sql`
          select ${sql.join([...keys, ...columns].map((c) => sql.ref(c)))}
          from ${sql.table(table)} ${beyond}
          order by ${names}
          limit ${size}
          for update
        `,
      )
      for (const row of rows) {
        const fresh = turn(row)
        if (!fresh) continue
        const sets = Object.entries(fresh).map(([c, v]) => sql`${sql.ref(c)} = ${v}`)
        await run(
          tx,
          sql`
            update ${sql.table(table)}
            set ${sql.join(sets)}
            where (${names}) = (${sql.join(keys.map((k) => row[k]))})
          `,
        )
        count++
      }
      return rows
    })
    const last = page.at(-1)
    if (!last || page.length < size) return count
    after = keys.map((k) => last[k])
  }
}
