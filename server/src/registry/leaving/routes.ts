import * as k from '@fengge/domain/registry/closing/contract'
import * as d from '@fengge/domain/registry/days/contract'
import * as c from '@fengge/domain/registry/leaving/contract'
import * as r from '@fengge/domain/registry/recusal/contract'
import type { Ground } from '../../kernel/ground.ts'
import type { Serve } from '../../kernel/serve.ts'
import { closeRecord } from '../closing/close-record.ts'
import { listClosings } from '../closing/list-closings.ts'
import { reopenRecord } from '../closing/reopen-record.ts'
import { listDays } from '../days/list-days.ts'
import { saveDays } from '../days/save-days.ts'
import { returnPerson, undoLeaving } from './come-back.ts'
import { askErasure, decideErasure, listErasures } from './erasures.ts'
import { leavePerson } from './leave-person.ts'
import { listLeavings } from './list-leavings.ts'
import { askLift, decideLiftWith } from '../recusal/lift.ts'
import { listRecusals } from '../recusal/list-recusals.ts'
import { askRecusal, decideRecusal } from '../recusal/recusals.ts'

export function leavingRoutes(serve: Serve, engine: Ground): void {
  serve.write(r.askRecusal, askRecusal)
  serve.write(r.decideRecusal, (ctx, ask) => decideRecusal(engine, ctx, ask))
  serve.write(r.askLift, askLift)
  serve.write(r.decideLift, decideLiftWith(engine))
  serve.read(r.listRecusals, listRecusals)
  serve.write(c.leavePerson, leavePerson)
  serve.write(c.undoLeaving, undoLeaving)
  serve.write(c.returnPerson, returnPerson)
  serve.read(c.listLeavings, listLeavings)
  serve.write(k.closeRecord, closeRecord)
  serve.write(k.reopenRecord, reopenRecord)
  serve.read(k.listClosings, listClosings)
  serve.write(c.askErasure, askErasure)
  serve.write(c.decideErasure, decideErasure)
  serve.read(c.listErasures, listErasures)
  serve.read(d.listDays, listDays)
  serve.write(d.saveDays, saveDays)
}
