/** The table of contents of the server: every slice, its routes, reactions and jobs. */
import type { Ground } from './kernel/ground.ts'
import { forgetRequestsJob } from './kernel/forget-requests.ts'
import type { Job } from './kernel/jobs.ts'
import { journalBook, sealJournal, verifyNightly } from './kernel/journal-chain.ts'
import type { Figure } from './kernel/seen/figures.ts'
import type { Serve } from './kernel/serve.ts'
import { auditRoutes } from './audit/routes.ts'
import { visibleAmong } from './events/door.ts'
import { eventFigures } from './events/seen/figures.ts'
import { eventJobs } from './events/jobs.ts'
import { keepFromJob } from './events/keeping/keep-from.ts'
import { eventReactions } from './events/reactions.ts'
import { eventsRoutes } from './events/routes.ts'
import { identityJob } from './identity/jobs.ts'
import { identityReactions } from './identity/reactions.ts'
import { identityRoutes } from './identity/routes.ts'
import { refreshTree } from './places/door.ts'
import { netOrderJob, placesRoutes } from './places/routes.ts'
import { arrivingRoutes } from './registry/arriving/routes.ts'
import { forgetFaultsJob } from './registry/bulk/forget-faults.ts'
import { importFigures } from './registry/bulk/seen/figures.ts'
import { sweepImportsJob } from './registry/bulk/receive-file.ts'
import { bulkRoutes, importJob } from './registry/bulk/routes.ts'
import { ledgerRoutes } from './registry/ledgers/routes.ts'
import { followMicrosJob } from './registry/homes/follow-micros.ts'
import { forgetDeparturesJob } from './registry/forget-departures.ts'
import { forgetLedgersJob } from './registry/ledgers/forget-ledgers.ts'
import { deleteLeftJob } from './registry/leaving/delete-left.ts'
import { passLateJob } from './registry/arriving/pass-late.ts'
import { leaveAsPlannedJob } from './registry/leaving/plan-leaving.ts'
import { leavingRoutes } from './registry/leaving/routes.ts'
import { registryReactions } from './registry/reactions.ts'
import { registryRoutes } from './registry/routes.ts'
import { libraryRoutes } from './library/routes.ts'
import { mattersRoutes } from './matters/routes.ts'
import { sensorReactions } from './sensors/reactions.ts'
import { sensorsRoutes } from './sensors/routes.ts'
import { phoneFigures } from './sync/figures.ts'
import { forgetDecidedJob } from './sync/forget-decided.ts'
import { syncReactions } from './sync/reactions.ts'
import { syncRoutes } from './sync/routes.ts'
import { eventsMetAt, runRules, subjectsInUse } from './visits/door.ts'
import { visitReactions } from './visits/reactions.ts'
import { visitsRoutes } from './visits/routes.ts'
import { worklogReactions } from './worklog/reactions.ts'
import { worklogRoutes } from './worklog/routes.ts'

export function registerSlices(serve: Serve, ground: Ground): void {
  identityRoutes(serve, ground)
  placesRoutes(serve, ground)
  registryRoutes(serve)
  leavingRoutes(serve, ground)
  arrivingRoutes(serve)
  bulkRoutes(serve, ground, subjectsInUse)
  ledgerRoutes(serve, ground)
  eventsRoutes(serve, ground)
  mattersRoutes(serve)
  visitsRoutes(serve, visibleAmong)
  libraryRoutes(serve)
  worklogRoutes(serve)
  sensorsRoutes(serve, ground)
  syncRoutes(serve, ground)
  auditRoutes(serve, ground)
}

/** Who reacts to whose news; registered once a process. */
export function registerReactions(): void {
  identityReactions()
  registryReactions()
  visitReactions()
  eventReactions()
  sensorReactions()
  worklogReactions()
  syncReactions()
}

export const figures: readonly Figure[] = [...eventFigures, ...importFigures, ...phoneFigures]

export const jobs: readonly Job[] = [
  ...eventJobs,
  keepFromJob(eventsMetAt),
  importJob(subjectsInUse),
  sweepImportsJob,
  forgetFaultsJob,
  netOrderJob,
  forgetDeparturesJob,
  followMicrosJob,
  forgetLedgersJob,
  deleteLeftJob,
  leaveAsPlannedJob,
  passLateJob,
  forgetRequestsJob,
  forgetDecidedJob,
  identityJob,
  { name: 'visits.run-rules', cron: '10 * * * *', run: runRules },
  {
    name: 'audit.seal',
    isTimeless: true,
    cron: '* * * * *',
    everyMs: 2000,
    run: async (engine) => {
      await sealJournal(engine.database, journalBook(engine))
    },
  },
  { name: 'audit.verify', cron: '40 2 * * *', run: verifyNightly },
  {
    name: 'places.refresh',
    isTimeless: true,
    everyMs: 10_000,
    run: async (engine) => {
      await refreshTree(engine)
    },
  },
]
