/** Two ledgers sent, compared beside the server's own thread, and what came of it kept. */
import { Worker } from 'node:worker_threads'
import type { FastifyRequest } from 'fastify'
import { Id } from '@fengge/domain/kernel/id'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { ledgersCompared } from '@fengge/domain/registry/facts'
import type { LedgerRow as LedgerView, sendLedgers } from '@fengge/domain/registry/ledger-contract'
import { findColumns, findHeader, rowReader } from '@fengge/domain/registry/ledger-columns'
import type { LedgerRow } from '@fengge/domain/registry/linkage/records'
import { actAs } from '../../kernel/act-as.ts'
import { accountOf, postsWith, type Asking } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { refuse } from '../../kernel/problems.ts'
import { readTable } from '../../kernel/read-table.ts'
import type { Compared } from './compare-worker.ts'
import { resultRows } from './result-rows.ts'
import { addRows, addRun } from './store.ts'

const mostBytes = 20_000_000

interface SentFile {
  readonly name: string
  readonly bytes: Buffer
}

type Counts = Omit<ReplyOf<typeof sendLedgers>, 'id'>
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
  const employers = readLedger(sent.employers),
    rentals = readLedger(sent.rentals)
  const found = await compareBeside(employers, rentals)
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
  return { id: sent.id, ...counts }
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

function readLedger({ name, bytes }: SentFile): LedgerRow[] {
  const { header, rows } = readTable(name, bytes)
  const cells = [header, ...rows]
  const at = findHeader(cells)
  const heads = cells[at] ?? refuse('import.no-header', 422, { file: name })
  return cells.slice(at + 1).map(rowReader(findColumns(heads)))
}

function compareBeside(employers: LedgerRow[], rentals: LedgerRow[]): Promise<Compared> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./compare-worker.ts', import.meta.url), { workerData: { employers, rentals } })
    worker.once('message', (m: Compared) => {
      resolve(m)
      void worker.terminate()
    })
    worker.once('error', reject)
  })
}
