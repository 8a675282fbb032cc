/** What PostgreSQL itself says of a statement without running it: parameters, columns, where they come from, the plan. */
import pg from 'pg'
import { readCatalogue, type Catalogue, type Relation, type TableColumn } from './catalogue.ts'
import { parse } from './wire.ts'

export interface Column {
  readonly name: string
  /** Name of the type as `pg_type` has it. */
  readonly type: string
  /** The table's column it is, when it is one as it stands. */
  readonly of: TableColumn | undefined
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

export interface Live {
  readonly describe: (text: string) => Promise<Described | Refused>
  readonly relations: ReadonlyMap<string, Relation>
  readonly close: () => Promise<void>
}

export async function openLive(url: string): Promise<Live> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const catalogue = await readCatalogue(client)
  return {
    describe: (text) => describe(client, catalogue, text),
    relations: catalogue.relations,
    close: () => client.end(),
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
        of: catalogue.numbered.get(`${f.tableID}.${f.columnID}`),
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
