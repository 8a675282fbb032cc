/** What PostgreSQL itself says of a statement without running it: parameters, columns, where they come from, the plan. */
import pg from 'pg'

export interface Column {
  readonly name: string
  /** Name of the type as `pg_type` has it. */
  readonly type: string
  /** The table's column it is, when it is one as it stands. */
  readonly of: { readonly table: string; readonly column: string; readonly isNullable: boolean } | undefined
}
export interface PlanNode {
  readonly 'Node Type': string
  readonly 'Join Type'?: string
  readonly 'Parent Relationship'?: string
  readonly Alias?: string
  readonly Output?: readonly string[]
  readonly Plans?: readonly PlanNode[]
  readonly [other: string]: unknown
}
export interface Described {
  readonly columns: readonly Column[]
  readonly parameters: readonly string[]
  readonly plan: PlanNode | undefined
}
export interface Refused {
  readonly error: string
}

/** A table or view of the live schema. */
export interface Relation {
  readonly kind: 'table' | 'view'
}
export interface Live {
  readonly describe: (text: string) => Promise<Described | Refused>
  readonly relations: ReadonlyMap<string, Relation>
  /** The words that a column may hold by its check, when it has one of the kind `column in ('a', 'b')`. */
  readonly words: ReadonlyMap<string, readonly string[]>
  readonly close: () => Promise<void>
}

interface RawField {
  readonly name: string
  readonly tableID: number
  readonly columnID: number
  readonly dataTypeID: number
}

export async function openLive(url: string): Promise<Live> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const catalogue = await readCatalogue(client)
  await learnViews(client, catalogue)
  return {
    describe: (text) => describe(client, catalogue, text),
    relations: catalogue.relations,
    words: catalogue.words,
    close: () => client.end(),
  }
}

interface Catalogue {
  readonly types: ReadonlyMap<number, string>
  readonly columns: Map<string, NonNullable<Column['of']>>
  readonly relations: ReadonlyMap<string, Relation>
  readonly words: ReadonlyMap<string, readonly string[]>
}

async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const types = await client.query<{ oid: number; typname: string }>('select oid::int, typname from pg_type')
  const columns = await client.query<{
    key: string
    name: string
    attname: string
    attnotnull: boolean
    relkind: string
  }>(
    `select c.oid || '.' || a.attnum as key, n.nspname || '.' || c.relname as name, a.attname, a.attnotnull, c.relkind
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
       and a.attnum > 0 and not a.attisdropped`,
  )
  const checks = await client.query<{ key: string; definition: string }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as key, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
     where k.contype = 'c' and cardinality(k.conkey) = 1`,
  )
  return {
    types: new Map(types.rows.map((r) => [r.oid, r.typname])),
    columns: new Map(
      columns.rows.map((r) => [
        r.key,
        { table: r.name, column: r.attname, isNullable: !r.attnotnull && r.relkind !== 'v' },
      ]),
    ),
    relations: new Map(
      columns.rows.map((r) => [r.name, { kind: r.relkind === 'v' || r.relkind === 'm' ? 'view' : 'table' }]),
    ),
    words: new Map(
      checks.rows.flatMap((r): [string, string[]][] => {
        const list = /= ANY \(\(?ARRAY\[((?:'[^']*'::[a-z ()0-9]+(?:, )?)+)\]/.exec(r.definition)?.[1]
        return list === undefined ? [] : [[r.key, [...list.matchAll(/'([^']*)'/g)].map((m) => m[1]!)]]
      }),
    ),
  }
}

/** A column of a view may be null where the column it shows may. */
async function learnViews(client: pg.Client, catalogue: Catalogue): Promise<void> {
  const views = await client.query<{ oid: number; definition: string }>(
    `select c.oid::int, pg_get_viewdef(c.oid) as definition
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema') order by c.oid`,
  )
  for (const { oid, definition } of views.rows) {
    const { fields } = await parse(client, definition.replace(/;\s*$/, ''))
    fields.forEach((field, i) => {
      const shown = catalogue.columns.get(`${field.tableID}.${field.columnID}`)
      const own = catalogue.columns.get(`${oid}.${i + 1}`)
      if (own) catalogue.columns.set(`${oid}.${i + 1}`, { ...own, isNullable: shown?.isNullable ?? false })
    })
  }
}

async function describe(client: pg.Client, catalogue: Catalogue, text: string): Promise<Described | Refused> {
  try {
    const { parameters, fields } = await parse(client, text)
    const type = (oid: number) => catalogue.types.get(oid) ?? `type ${oid}`
    return {
      parameters: parameters.map(type),
      columns: fields.map((f) => ({
        name: f.name,
        type: type(f.dataTypeID),
        of: catalogue.columns.get(`${f.tableID}.${f.columnID}`),
      })),
      plan: await explain(client, text),
    }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

/** Plans for parameters not yet known; statements that are not planned have none. */
async function explain(client: pg.Client, text: string): Promise<PlanNode | undefined> {
  try {
    const done = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `explain (generic_plan, verbose, costs off, format json) ${text}`,
    )
    return done.rows[0]?.['QUERY PLAN'][0]?.Plan
  } catch {
    return undefined
  }
}

/** The part of pg's connection that is used here: messages of the protocol by name. */
interface Connection {
  readonly parse: (message: { name: string; text: string; types: number[] }) => void
  readonly describe: (message: { type: 'S'; name: string }) => void
  readonly sync: () => void
  readonly on: (event: string, listener: (message: { dataTypeIDs: number[] }) => void) => void
  readonly off: (event: string, listener: (message: { dataTypeIDs: number[] }) => void) => void
}

/** Parse and Describe of the protocol, without Bind and Execute. */
function parse(
  client: pg.Client,
  text: string,
): Promise<{ parameters: readonly number[]; fields: readonly RawField[] }> {
  const { connection } = client as unknown as { connection: Connection }
  return new Promise((resolve, reject) => {
    let parameters: readonly number[] = []
    let fields: readonly RawField[] = []
    const keep = (message: { dataTypeIDs: number[] }) => (parameters = message.dataTypeIDs)
    const end = (settle: () => void) => {
      connection.off('parameterDescription', keep)
      settle()
    }
    const nothing = () => undefined
    const question = {
      submit: () => {
        connection.on('parameterDescription', keep)
        connection.parse({ name: '', text, types: [] })
        connection.describe({ type: 'S', name: '' })
        connection.sync()
      },
      handleRowDescription: (message: { fields: RawField[] }) => (fields = message.fields),
      handleReadyForQuery: () => end(() => resolve({ parameters, fields })),
      handleError: (error: Error) => end(() => reject(error)),
      handleDataRow: nothing,
      handlePortalSuspended: nothing,
      handleCommandComplete: nothing,
      handleEmptyQuery: nothing,
      handleCopyInResponse: nothing,
      handleCopyData: nothing,
    }
    client.query(question as unknown as pg.Submittable)
  })
}
