/**
 * A row as it travels between database, server and phone: an array without names, since the names of three thousand
 * rows would be half of what goes over a slow line. One definition gives the columns for the statement, the packer, the
 * unpacker and the schema of the reply, so that the places cannot be counted in two ways.
 * Left out: which rows a phone holds at all (docs/decisions/0006-a-day-on-the-phone.md).
 */
import { z } from 'zod'

type Schemas = Readonly<Record<string, z.ZodType>>
declare const packed: unique symbol

/** The values by name, as code reads them. */
export type FieldsOf<C extends Schemas> = { readonly [N in keyof C]: z.output<C[N]> }
/** The values by place, as they travel. Only `pack` makes one, so that no column leaves that is not defined. */
export type Wire<Fields> = readonly unknown[] & { readonly [packed]: Fields }

export interface Row<C extends Schemas> {
  readonly kind: string
  readonly columns: readonly (keyof C & string)[]
  /** The schema of a row as it travels: what tests hold the feeds against. */
  readonly wire: z.ZodType<Wire<FieldsOf<C>>>
  /**
   * The schema of many rows in a reply. Only `pack` makes them, so their length is all that is looked at: judging
   * each value of eight thousand rows again would be a fifth of the work of a first sync.
   */
  readonly list: z.ZodType<Wire<FieldsOf<C>>[]>
  readonly pack: (fields: FieldsOf<C>) => Wire<FieldsOf<C>>
  /** What its sender did not know yet is null: a column added later may be null. */
  readonly unpack: (wire: readonly unknown[]) => FieldsOf<C>
}
/** A row as it travels, of a definition. */
export type WireOf<R> = Wire<RowOf<R>>
/** A row that is no longer to be held: its kind, its id, why. */
export type Left<Kind extends string, Why extends string> = [kind: Kind, id: string, why: Why]
/** What a row holds: `RowOf<typeof house>`. */
export type RowOf<R> = R extends Row<infer C> ? FieldsOf<C> : never

/**
 * Defines a row by its columns, in the order in which they travel, and a schema for each. The order is what phones in
 * the field read: a column is added at the end, and none is ever moved (domain/src/sync/rows.test.ts holds it still).
 * @example const link = row('link', { id: Id, role: LinkRole })
 */
export function row<const C extends Schemas>(kind: string, schemas: C): Row<C> {
  const columns: readonly (keyof C & string)[] = Object.keys(schemas)
  const places = Object.values(schemas) as [z.ZodType, ...z.ZodType[]]
  const isPacked = (value: unknown) => Array.isArray(value) && value.length === columns.length
  return {
    kind,
    columns,
    wire: z.tuple(places) as unknown as z.ZodType<Wire<FieldsOf<C>>>,
    list: z.array(
      z.custom<Wire<FieldsOf<C>>>(isPacked).meta({ type: 'array', description: `by place: ${columns.join(', ')}` }),
    ),
    pack: (fields) => columns.map((name) => fields[name]) as unknown as Wire<FieldsOf<C>>,
    unpack: (wire) => {
      const fields: Record<string, unknown> = {}
      for (let i = 0; i < columns.length; i++) fields[columns[i]!] = wire[i] === undefined ? null : wire[i]
      return fields as FieldsOf<C>
    },
  }
}
