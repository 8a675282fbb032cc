/** Every promise of the product in one list. */
import { auditContract } from './audit/contract.ts'
import { deskContract } from './events/contract/desk.ts'
import { spokenContract } from './events/contract/spoken.ts'
import { stepsContract } from './events/contract/steps.ts'
import { mergingContract } from './events/contract/merging.ts'
import { weighingContract } from './events/contract/weighing.ts'
import { exportsContract } from './events/contract/exports.ts'
import { rulesContract } from './events/contract/rules.ts'
import { eventDaysContract } from './events/contract/days.ts'
import { eventGridsContract } from './events/contract/grids.ts'
import { sharesContract } from './events/contract/shares.ts'
import { badgePhotoContract } from './identity/contract/badge-photo.ts'
import { cardsContract } from './identity/contract/cards.ts'
import { accountsContract } from './identity/contract/accounts.ts'
import { askedPostsContract } from './identity/contract/asked-posts.ts'
import { labelsContract } from './identity/contract/labels.ts'
import { identityContract } from './identity/contract.ts'
import { kernelContract } from './kernel/contract.ts'
import type { Endpoint } from './kernel/endpoint.ts'
import { placesContract } from './places/contract.ts'
import { registryBulkContract } from './registry/bulk-contract.ts'
import { registryEstatesContract } from './registry/estates-contract.ts'
import { registryTraceContract } from './registry/trace-contract.ts'
import { careContract } from './registry/care/contract.ts'
import { registersContract } from './registry/registers/contract.ts'
import { registryLedgerContract } from './registry/ledger-contract.ts'
import { libraryContract } from './library/contract.ts'
import { mattersContract } from './matters/contract.ts'
import { sensorsContract } from './sensors/contract.ts'
import { syncContract } from './sync/contract.ts'
import { visitsDeskContract } from './visits/contract/desk.ts'
import { visitsRulesContract } from './visits/contract/rules.ts'
import { visitsWorkerContract } from './visits/contract/worker.ts'
import { worklogContract } from './worklog/contract.ts'
import { registryContract } from './registry/contract.ts'
import { linkContract } from './registry/link-contract.ts'
import { doublesContract } from './registry/doubles-contract.ts'
import { daysContract } from './registry/days/contract.ts'
import { arrivingContract } from './registry/arriving/contract.ts'
import { closingContract } from './registry/closing/contract.ts'
import { leavingContract } from './registry/leaving/contract.ts'
import { recusalContract } from './registry/recusal/contract.ts'
import { fieldsContract } from './registry/fields-contract.ts'

export const contract = [
  ...kernelContract,
  ...identityContract,
  ...labelsContract,
  ...cardsContract,
  ...badgePhotoContract,
  ...accountsContract,
  ...askedPostsContract,
  ...placesContract,
  ...registryContract,
  ...doublesContract,
  ...linkContract,
  ...fieldsContract,
  ...leavingContract,
  ...closingContract,
  ...recusalContract,
  ...arrivingContract,
  ...daysContract,
  ...registryBulkContract,
  ...registryEstatesContract,
  ...registryTraceContract,
  ...careContract,
  ...registersContract,
  ...registryLedgerContract,
  ...deskContract,
  ...exportsContract,
  ...mergingContract,
  ...stepsContract,
  ...weighingContract,
  ...spokenContract,
  ...rulesContract,
  ...sharesContract,
  ...eventDaysContract,
  ...eventGridsContract,
  ...mattersContract,
  ...visitsRulesContract,
  ...visitsDeskContract,
  ...visitsWorkerContract,
  ...libraryContract,
  ...worklogContract,
  ...sensorsContract,
  ...syncContract,
  ...auditContract,
] as readonly Endpoint[]
