import * as c from '@fengge/domain/visits/contract'
import type { Serve } from '../kernel/serve.ts'
import * as orders from './commands/keep-orders.ts'
import * as services from './commands/keep-services.ts'
import { recordVisit } from './commands/record-visit.ts'
import * as lists from './queries/lists.ts'
import { getRota } from './queries/rota.ts'
import { listForms, listRules } from './store.ts'

export function visitsRoutes(serve: Serve): void {
  serve.read(c.listForms, async (ctx) => ({ forms: await listForms(ctx.tx, ctx.caller.countyCode) }))
  serve.write(c.saveForm, orders.saveForm)
  serve.read(c.listRules, async (ctx) => ({ rules: await listRules(ctx.tx, ctx.caller.countyCode) }))
  serve.write(c.saveRule, orders.saveRule)
  serve.read(c.getRota, getRota)
  serve.read(c.listTasks, lists.listTasks)
  serve.write(c.orderTask, orders.orderTask)
  serve.write(c.dropTask, orders.dropTask)
  serve.write(c.recordVisit, recordVisit)
  serve.read(c.listVisits, lists.listVisits)
  serve.read(c.listHazards, lists.listHazards)
  serve.write(c.saveCampaign, orders.saveCampaign)
  serve.write(c.endCampaign, orders.endCampaign)
  serve.read(c.listCampaigns, lists.listCampaigns)
  serve.write(c.takeService, services.takeService)
  serve.write(c.moveService, services.moveService)
  serve.read(c.listServices, lists.listServices)
  serve.write(c.shareSafety, services.shareSafety)
  serve.write(c.endSafety, services.endSafety)
  serve.read(c.listSafety, lists.listSafety)
}
