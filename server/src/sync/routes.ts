import { holdSession as holdingPromise } from '@fengge/domain/identity/contract'
import * as c from '@fengge/domain/sync/contract'
import type { Ctx } from '../kernel/context.ts'
import type { Ground } from '../kernel/ground.ts'
import type { Serve } from '../kernel/serve.ts'
import { clearSessionCookie, tokenOf } from '../kernel/session-cookie.ts'
import { decideInboxWith } from './commands/decide-inbox.ts'
import { enrolDevice } from './commands/enrol-device.ts'
import { handInWith } from './commands/hand-in.ts'
import { holdSession } from './commands/hold-session.ts'
import { noteContact } from './commands/note-contact.ts'
import { pushWith } from './commands/push.ts'
import { recoverKey } from './commands/recover-key.ts'
import { wipeDevice } from './commands/wipe-device.ts'
import { proveDevice } from './prove-device.ts'
import { nothing, pull } from './pull.ts'
import { listDevices } from './queries/list-devices.ts'
import { listInbox } from './queries/list-inbox.ts'
import { openHandedPhoto } from './queries/open-photo.ts'

export function syncRoutes(serve: Serve, ground: Ground): void {
  serve.stream(holdingPromise, async (ctx, ask, reply, request) => {
    await holdSession(ctx, ask)
    clearSessionCookie(reply)
    return { token: tokenOf(request, ground.settings)! }
  })
  const forgetting =
    <A, R>(command: (ctx: Ctx, ask: A) => Promise<R>) =>
    (ctx: Ctx, ask: A) => {
      ctx.afterCommit.push(() => ground.sessions.forget())
      return command(ctx, ask)
    }
  serve.write(c.enrolDevice, forgetting(enrolDevice))
  serve.write(c.recoverKey, recoverKey)
  // What waits on a phone to be wiped comes first; it gets nothing more.
  serve.act(c.pull, async (ctx, ask) => ((await noteContact(ctx, ask)) ? nothing(ask.part, ctx.now) : pull(ctx, ask)))
  serve.act(c.push, pushWith(ground, serve))
  serve.act(c.handIn, handInWith(ground), proveDevice(ground))
  serve.read(c.listDevices, listDevices)
  serve.write(c.wipeDevice, forgetting(wipeDevice))
  serve.read(c.listInbox, listInbox)
  serve.write(c.decideInbox, decideInboxWith(ground, serve))
  serve.stream(c.readHandedPhoto, async (ctx, ask, reply) => {
    const picture = await openHandedPhoto(ctx, ask.id)
    ctx.look('sync.photo-looked', ask.id)
    await ctx.note()
    void reply.type('image/jpeg').header('content-security-policy', "default-src 'none'; sandbox")
    return reply.send(picture)
  })
}
