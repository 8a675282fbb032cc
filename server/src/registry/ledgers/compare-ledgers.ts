/** Two ledgers sent, compared beside the server's own thread, and what came of it kept. */
import type { FastifyRequest } from 'fastify'
import { Id } from '@fengge/domain/kernel/id'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { ledgersCompared } from '@fengge/domain/registry/facts'
import type { LedgerRow as LedgerView, sendLedgers } from '@fengge/domain/registry/ledger-contract'
import { findColumns, findHeader, isNamesOnly, rowReader } from '@fengge/domain/registry/files/ledger-columns'
import type { LedgerRow } from '@fengge/domain/registry/linkage/records'
import { actAs } from '../../kernel/act-as.ts'
import { codesOfFiles, openCrew } from '../../kernel/beside.ts'
import { accountOf, postsWith, type Asking } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { refuse } from '../../kernel/problems.ts'
import { readTable } from '../../kernel/workbooks/read-table.ts'
import { inSlices } from '../../kernel/turns.ts'
import { slicesOf, type Compared, type CompareSaid, type CompareTask } from './compared.ts'
import { countQuestion } from '../questions.ts'
import { resultRows } from './result-rows.ts'
import { addRows, addRun } from './store.ts'

const mostBytes = 20_000_000
/** Rows of a turn. */
const slice = 1000

interface SentFile {
  readonly name: string
  readonly bytes: Buffer
}

type Counts = Omit<ReplyOf<typeof sendLedgers>, 'id' | 'namesOnly'>
const countNames: Readonly<Record<LedgerView['state'], keyof Counts>> = {
  linked: 'linked',
  doubtful: 'doubtful',
  'employer-only': 'employerOnly',
  'rental-only': 'rentalOnly',
  'many-rooms': 'manyRooms',
}

export async function compareLedgers(
  engine: Ground,
  ctx: Asking,
  request: FastifyRequest,
): Promise<ReplyOf<typeof sendLedgers>> {
  const sent = await receive(request)
  // Where somebody else reads the results, each of his files tells what one question would.
  await countQuestion(ctx, [`ledgers:${sent.id}`])
  const employers = await readLedger(sent.employers),
    rentals = await readLedger(sent.rentals)
  const found = await compareBeside(ctx, employers, rentals)
  const counts: Counts = { linked: 0, doubtful: 0, employerOnly: 0, rentalOnly: 0, manyRooms: 0 }
  await actAs(engine, ctx.caller, 'registry:ledgers', async (inner) => {
    const post = postsWith(ctx.caller, 'registry.import')[0]!
    const isNew = await addRun(inner.tx, {
      county_code: ctx.caller.countyCode,
      id: sent.id,
      place_id: post.placeId,
      employer_file: sent.employers.name.slice(0, 200),
      rental_file: sent.rentals.name.slice(0, 200),
      account_id: accountOf(ctx.caller),
      at: new Date(ctx.now),
      employers: employers.length,
      rentals: rentals.length,
    })
    const compared = { runId: sent.id, placeId: post.placeId, employers, rentals, found }
    const rows = await resultRows(inner, compared)
    for (const r of rows) counts[countNames[r.state]]++
    if (!isNew) return
    await addRows(inner.tx, rows)
    inner.tell(ledgersCompared, counts, sent.id, post)
  })
  const namesOnly = [
    ...(isNamesOnly(employers) ? (['employers'] as const) : []),
    ...(isNamesOnly(rentals) ? (['rentals'] as const) : []),
  ]
  return { id: sent.id, ...counts, namesOnly }
}

async function receive(request: FastifyRequest): Promise<{ id: string; employers: SentFile; rentals: SentFile }> {
  if (!request.isMultipart()) refuse('file.broken', 422)
  const files = new Map<string, SentFile>()
  let sentId: unknown = ''
  for await (const part of request.parts({ limits: { fileSize: mostBytes, files: 2 } })) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer().catch(() => refuse('file.too-large', 413, { most: mostBytes }))
      files.set(part.fieldname, { name: part.filename, bytes })
    } else if (part.fieldname === 'id') sentId = part.value
  }
  const employers = files.get('employers'),
    rentals = files.get('rentals'),
    id = Id.safeParse(sentId)
  if (!employers || !rentals || !id.success)
    return refuse('ask.invalid', 400, { fields: [{ field: 'id, employers, rentals', fault: 'invalid' }] })
  return { id: id.data, employers, rentals }
}

async function readLedger({ name, bytes }: SentFile): Promise<LedgerRow[]> {
  const { header, rows } = await readTable(name, bytes)
  const cells = [header, ...rows]
  const at = findHeader(cells)
  const heads = cells[at] ?? refuse('import.no-header', 422, { file: name })
  return inSlices(cells.slice(at + 1), slice, rowReader(findColumns(heads)))
}

const crew = openCrew(new URL('./compare-worker.ts', import.meta.url), {
  threads: 1,
  longest: 60_000,
  patience: 120_000,
  memory: 400,
  line: { own: 1, all: 12 },
  codes: codesOfFiles,
})

/** Both ledgers go over in slices, and so does what comes of them: a message is never more than a turn's work. */
async function compareBeside(ctx: Asking, employers: readonly LedgerRow[], rentals: readonly LedgerRow[]) {
  const found: { [K in keyof Compared]: Compared[K][number][] } = { links: [], doubtful: [], clusters: [] }
  await crew.lend(accountOf(ctx.caller), async (send) => {
    const tell = (task: CompareTask) => send({ task: 'compare', given: task }, []) as Promise<CompareSaid>
    await tell({ begin: true })
    for (const rows of slicesOf(employers)) await tell({ side: 'employers', rows })
    for (const rows of slicesOf(rentals)) await tell({ side: 'rentals', rows })
    for (let said = await tell({ next: true }); 'what' in said; said = await tell({ next: true }))
      (found[said.what] as unknown[]).push(...said.found)
  })
  return found
}
