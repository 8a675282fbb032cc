import * as p from '@fengge/domain/identity/contract'
import { sessionHeld } from '@fengge/domain/identity/facts'
import type { FastifyReply } from 'fastify'
import type { Ctx } from '../kernel/context.ts'
import type { Engine } from '../kernel/engine.ts'
import { writeJournal } from '../kernel/journal.ts'
import { sessionCookie, tokenOf, type Serve } from '../kernel/serve.ts'
import { hashToken } from '../kernel/sessions.ts'
import * as accounts from './commands/keep-accounts.ts'
import * as postings from './commands/keep-postings.ts'
import { signIn } from './commands/sign-in.ts'
import * as q from './queries.ts'
import { dropSession } from './store.ts'

type CookieReply = FastifyReply & {
  readonly setCookie: (name: string, value: string, options: object) => FastifyReply
  readonly clearCookie: (name: string, options: object) => FastifyReply
}

export function identityRoutes(serve: Serve, engine: Engine): void {
  const forgetting =
    <A, R>(command: (ctx: Ctx, ask: A) => Promise<R>) =>
    async (ctx: Ctx, ask: A) => {
      ctx.afterCommit.push(() => engine.sessions.forget())
      return command(ctx, ask)
    }
  serve.stream(p.signIn, async (ctx, ask, reply, request) => {
    const { token, accountId } = await signIn(engine, ctx, ask)
    const caller = await engine.sessions.find(token, engine.clock.now())
    const isSecure = request.protocol === 'https'
    void (reply as CookieReply).setCookie(sessionCookie, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure,
      ...(ask.device === 'field' ? { maxAge: 14 * 86_400 } : {}),
    })
    return q.describeMe(engine.database.read, accountId, ctx.now, [
      ...new Set((caller?.posts ?? []).flatMap((post) => [...post.duties])),
    ])
  })
  serve.stream(p.signOut, async (_ctx, _ask, reply, request) => {
    const token = tokenOf(request)
    if (token !== undefined) await engine.database.write((tx) => dropSession(tx, hashToken(token)))
    engine.sessions.forget()
    void (reply as CookieReply).clearCookie(sessionCookie, { path: '/' })
    return { done: true }
  })
  serve.stream(p.holdSession, async (ctx, _ask, reply, request) => {
    ctx.tell(sessionHeld)
    await engine.database.write((tx) => writeJournal(tx, ctx, engine.journalKey))
    void (reply as CookieReply).clearCookie(sessionCookie, { path: '/' })
    return reply.header('cache-control', 'no-store').send({ token: tokenOf(request)! })
  })
  serve.read(p.whoAmI, q.whoAmI)
  serve.write(p.changePassword, forgetting(accounts.changePassword))
  serve.write(p.prepareSecondFactor, accounts.prepareSecondFactor)
  serve.write(p.confirmSecondFactor, forgetting(accounts.confirmSecondFactor))
  serve.read(p.listAccounts, q.listAccounts)
  serve.write(p.openAccount, accounts.openAccount)
  serve.write(p.closeAccount, forgetting(accounts.closeAccount))
  serve.write(p.resetPassword, forgetting(accounts.resetPassword))
  serve.write(p.unlockAccount, accounts.unlockAccount)
  serve.write(p.givePosting, forgetting(postings.givePosting))
  serve.write(p.endPosting, forgetting(postings.endPosting))
  serve.read(p.listDepartments, q.listDepartments)
  serve.write(p.saveDepartment, postings.saveDepartment)
  serve.read(p.listRoles, q.listRoles)
}
