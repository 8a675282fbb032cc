import * as desk from '@fengge/domain/visits/contract/desk'
import * as rules from '@fengge/domain/visits/contract/rules'
import * as today from '@fengge/domain/visits/contract/today'
import * as worker from '@fengge/domain/visits/contract/worker'
import type { Serve } from '../kernel/serve.ts'
import { sendList } from '../kernel/workbooks/send-list.ts'
import type { EventsSeen } from './events-seen.ts'
import { dropTask } from './commands/drop-task.ts'
import { endCampaign } from './commands/end-campaign.ts'
import { endHazard } from './commands/end-hazard.ts'
import { endSafety } from './commands/end-safety.ts'
import { moveService } from './commands/move-service.ts'
import { orderTask } from './commands/order-task.ts'
import { recordVisit } from './commands/record-visit.ts'
import { saveCampaign } from './commands/save-campaign.ts'
import { saveForm } from './commands/save-form.ts'
import { saveRule } from './commands/save-rule.ts'
import { shareSafety } from './commands/share-safety.ts'
import { takeService } from './commands/take-service.ts'
import { sheetOfCampaigns, sheetOfTasks } from './queries/export-lists.ts'
import { getRota } from './queries/get-rota.ts'
import { listCampaigns } from './queries/list-campaigns.ts'
import { listForms } from './queries/list-forms.ts'
import { listHazards } from './queries/list-hazards.ts'
import { listRules } from './queries/list-rules.ts'
import { listSafety } from './queries/list-safety.ts'
import { listServices } from './queries/list-services.ts'
import { countGridTasks } from './queries/count-grid-tasks.ts'
import { listTasks } from './queries/list-tasks.ts'
import { listVisits } from './queries/list-visits.ts'
import { weighOrder } from './queries/weigh-order.ts'

/** @param eventsSeen which events a caller may see: a visit names no other */
export function visitsRoutes(serve: Serve, eventsSeen: EventsSeen): void {
  serve.read(rules.listForms, listForms)
  serve.write(rules.saveForm, saveForm)
  serve.read(rules.listRules, listRules)
  serve.write(rules.saveRule, saveRule)
  serve.read(desk.getRota, getRota)
  serve.read(desk.listTasks, listTasks)
  serve.read(today.countGridTasks, countGridTasks)
  serve.stream(desk.exportTasks, async (ctx, ask, reply) => sendList(ctx, reply, await sheetOfTasks(ctx, ask)))
  serve.stream(desk.exportCampaigns, async (ctx, ask, reply) => sendList(ctx, reply, await sheetOfCampaigns(ctx, ask)))
  serve.write(desk.orderTask, orderTask)
  serve.read(desk.weighOrder, weighOrder)
  serve.write(desk.dropTask, dropTask)
  serve.read(desk.listHazards, (ctx, ask) => listHazards(ctx, ask, eventsSeen))
  serve.write(desk.endHazard, endHazard)
  serve.write(desk.saveCampaign, saveCampaign)
  serve.write(desk.endCampaign, endCampaign)
  serve.read(desk.listCampaigns, listCampaigns)
  serve.read(desk.listSafety, listSafety)
  serve.write(worker.recordVisit, recordVisit)
  serve.read(worker.listVisits, (ctx, ask) => listVisits(ctx, ask, eventsSeen))
  serve.write(worker.takeService, takeService)
  serve.write(worker.moveService, moveService)
  serve.read(worker.listServices, listServices)
  serve.write(worker.shareSafety, shareSafety)
  serve.write(worker.endSafety, endSafety)
}
