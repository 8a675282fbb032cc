/** Endpoints of the two-ledger comparison (R5): upload, results for the owning grid, a person's decision. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { ExportPurpose, listExport } from '../kernel/list-export.ts'

const Done = z.strictObject({ done: z.literal(true) })
export const ledgerStates = ['doubtful', 'linked', 'employer-only', 'rental-only', 'many-rooms'] as const
export const LedgerState = z.enum(ledgerStates)
const Side = z.strictObject({
  row: z.int(),
  name: z.string(),
  idNo: z.string(),
  phone: z.string(),
  born: z.string(),
  address: z.string(),
})
export const LedgerRow = z.strictObject({
  id: Id,
  state: LedgerState,
  probability: z.number(),
  agreement: z.array(z.int()),
  employer: Side.nullable(),
  rental: Side.nullable(),
  cluster: z.int().nullable(),
  gridName: z.string().nullable(),
  decision: z.enum(['same', 'other']).nullable(),
})
export type LedgerRow = z.infer<typeof LedgerRow>

export const sendLedgers = endpoint({
  name: 'sendLedgers',
  method: 'POST',
  path: '/api/registry/ledgers',
  duty: 'registry.import',
  summary: '两本台账比对（multipart：id、employers、rentals） Compare two ledgers',
  ask: z.strictObject({}),
  reply: z.strictObject({
    id: Id,
    linked: z.int(),
    doubtful: z.int(),
    employerOnly: z.int(),
    rentalOnly: z.int(),
    manyRooms: z.int(),
    /** Ledgers that hold nothing beside names to tell people by, so that nobody of theirs can be linked. */
    namesOnly: z.array(z.enum(['employers', 'rentals'])),
  }),
  refusals: [
    'file.type',
    'file.broken',
    'file.empty',
    'file.encoding',
    'file.too-large',
    'file.too-much',
    'file.busy',
    'import.no-header',
    'search.quota',
  ],
  isStream: true,
  isForm: true,
  pace: 'heavy',
  bodyLimit: 60_000_000,
})
export const listLedgerRuns = endpoint({
  name: 'listLedgerRuns',
  method: 'GET',
  path: '/api/registry/ledger-runs',
  duty: 'registry.read',
  summary: '比对记录 Comparisons',
  ask: z.strictObject({}),
  reply: z.strictObject({
    runs: z.array(
      z.strictObject({
        id: Id,
        at: z.string(),
        employerFile: z.string(),
        rentalFile: z.string(),
        employers: z.int(),
        rentals: z.int(),
        counts: z.record(z.string(), z.int()),
      }),
    ),
  }),
  refusals: [],
})
export const listLedgerRows = endpoint({
  name: 'listLedgerRows',
  method: 'GET',
  path: '/api/registry/ledger-rows',
  duty: 'registry.read',
  summary: '比对结果 Results for one’s own grids',
  ask: z.strictObject({ runId: Id, state: LedgerState }),
  reply: z.strictObject({ rows: z.array(LedgerRow) }),
  refusals: [],
})
export const decideLedger = endpoint({
  name: 'decideLedger',
  method: 'POST',
  path: '/api/registry/ledger-decide',
  duty: 'registry.write',
  summary: '认定是否同一人 Decide whether it is one person',
  ask: z.strictObject({ requestId: RequestId, id: Id, isSame: z.boolean() }),
  reply: Done,
  refusals: ['record.unknown'],
})
export const exportLedger = listExport({
  name: 'exportLedger',
  path: '/api/registry/ledger-export',
  duty: 'registry.export',
  summary: '导出比对结果（带水印） Results of a comparison as a workbook',
  ask: z.strictObject({ runId: Id, state: LedgerState.optional(), purpose: ExportPurpose }),
})
export const registryLedgerContract = [sendLedgers, listLedgerRuns, listLedgerRows, exportLedger, decideLedger]
