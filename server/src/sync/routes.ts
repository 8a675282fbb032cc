import * as c from '@fengge/domain/sync/contract'
import type { Engine } from '../kernel/engine.ts'
import type { Serve } from '../kernel/serve.ts'
import * as devices from './devices.ts'
import { decideWith, listInbox } from './inbox.ts'
import { nothing, pull } from './pull.ts'
import { pushWith } from './push.ts'

export function syncRoutes(serve: Serve, engine: Engine): void {
  serve.write(c.enrolDevice, devices.enrolDevice)
  serve.write(c.recoverKey, devices.recoverKey)
  serve.act(c.pull, async (ctx, ask) => {
    const wipe = await devices.noteContact(engine, ctx, ask)
    // What waits on a phone to be wiped comes first.
    if (wipe) return nothing(ask.part, ctx.now)
    return pull(ctx, ask)
  })
  serve.act(c.push, pushWith(engine, serve))
  serve.act(c.handIn, devices.handInWith(engine))
  serve.read(c.listDevices, devices.listDevices)
  serve.write(c.wipeDevice, devices.wipeDevice)
  serve.read(c.listInbox, listInbox)
  serve.write(c.decideInbox, decideWith(serve))
}
