import * as a from '@fengge/domain/identity/contract/accounts'
import * as p from '@fengge/domain/identity/contract'
import * as k from '@fengge/domain/identity/contract/asked-posts'
import { triesRule } from '@fengge/domain/identity/tries'
import * as c from '@fengge/domain/identity/contract/cards'
import * as f from '@fengge/domain/identity/contract/badge-photo'
import * as l from '@fengge/domain/identity/contract/labels'
import { dutiesHeld, type Ctx } from '../kernel/context.ts'
import { isFromHere } from '../kernel/from-here.ts'
import type { Ground } from '../kernel/ground.ts'
import type { Prepared } from '../kernel/run-call.ts'
import type { Serve } from '../kernel/serve.ts'
import {
  clearSessionCookie,
  deviceCookieOf,
  setDeviceCookie,
  setSessionCookie,
  tokenOf,
} from '../kernel/session-cookie.ts'
import { answerBadgePhoto, dropBadgePhoto, myBadgePhoto, offerBadgePhoto, saveBadgePhoto } from './badge-photos.ts'
import * as accounts from './commands/keep-accounts.ts'
import { issueBadge, revokeBadge } from './commands/keep-badges.ts'
import * as own from './commands/own-account.ts'
import * as postings from './commands/keep-postings.ts'
import { decideAskedPost, listAskedPosts } from './commands/asked-posts.ts'
import { redeemCode } from './commands/redeem-code.ts'
import { signIn } from './commands/sign-in.ts'
import { signOut } from './commands/sign-out.ts'
import * as twoSteps from './commands/two-steps.ts'
import { getGridCard, saveGridCard } from './grid-cards.ts'
import { printBadge } from './print-badge.ts'
import { describeMe, listAccounts, whoAmI } from './queries/accounts.ts'
import { listBadges, myBadge } from './queries/badges.ts'
import { listDepartments, listRoles } from './queries/departments.ts'
import { listLabels } from './queries/labels.ts'
import { saveLabel } from './commands/save-label.ts'
import { listTwoSteps } from './queries/two-steps.ts'

export function identityRoutes(serve: Serve, ground: Ground): void {
  serveSessions(serve, ground)
  const forget = (ctx: Ctx) => ctx.afterCommit.push(() => ground.sessions.forget())
  const forgetting =
    <A, R>(command: (ctx: Ctx, ask: A) => Promise<R>) =>
    async (ctx: Ctx, ask: A) => {
      forget(ctx)
      return command(ctx, ask)
    }
  const forgettingAfter = <E, P>({ prepare, command }: Prepared<E, P>): Prepared<E, P> => ({
    prepare,
    command: async (ctx, ask, prepared) => {
      forget(ctx)
      return command(ctx, ask, prepared)
    },
  })
  serve.read(p.whoAmI, whoAmI)
  serve.write(p.readMessages, own.readMessages)
  serve.prepared(p.changePassword, forgettingAfter(own.changePassword))
  serve.write(p.prepareSecondFactor, own.prepareSecondFactor)
  serve.prepared(p.confirmSecondFactor, forgettingAfter(own.confirmSecondFactor))
  serve.read(a.listAccounts, listAccounts)
  serve.write(a.openAccount, accounts.openAccount)
  serve.write(a.closeAccount, forgetting(twoSteps.closeAccount))
  serve.write(a.reopenAccount, forgetting(twoSteps.reopenAccount))
  serve.write(a.resetPassword, twoSteps.resetPassword)
  serve.write(a.renewSecondFactor, twoSteps.renewSecondFactor)
  serve.read(k.listAskedPosts, listAskedPosts)
  serve.write(k.decideAskedPost, forgetting(decideAskedPost))
  serve.read(a.listTwoSteps, listTwoSteps)
  serve.write(a.decideTwoStep, forgetting(twoSteps.decideTwoStep))
  serve.write(a.giveEnrolCode, twoSteps.giveEnrolCode)
  serve.stream(a.redeemCode, async (ctx, ask) => {
    await redeemCode(ground, ctx, ask)
    ground.sessions.forget()
    return { done: true }
  })
  serve.write(a.unlockAccount, accounts.unlockAccount)
  serve.write(p.givePosting, forgetting(postings.givePosting))
  serve.write(p.endPosting, forgetting(postings.endPosting))
  serve.read(p.listDepartments, listDepartments)
  serve.write(p.saveDepartment, postings.saveDepartment)
  serve.read(p.listRoles, listRoles)
  serve.read(l.listLabels, listLabels)
  serve.write(l.saveLabel, forgetting(saveLabel))
  serveBadges(serve, ground)
}

function serveSessions(serve: Serve, ground: Ground): void {
  serve.stream(p.signIn, async (ctx, ask, reply, request) => {
    const known = deviceCookieOf(request, ask.login)
    const opened = await signIn(ground, ctx, { ...ask, known, isFromHere: isFromHere(request, ground.settings) })
    const { token, accountId } = opened
    setDeviceCookie({ request, reply }, ground.settings, {
      login: ask.login,
      value: opened.device,
      maxAge: triesRule.knownForMs / 1000,
    })
    const caller = await ground.sessions.find(token, ground.clock.now())
    const maxAge = ask.device === 'field' ? { maxAge: 14 * 86_400 } : {}
    setSessionCookie({ request, reply }, ground.settings, { token, ...maxAge })
    return describeMe(ctx.tx, accountId, ctx.now, caller ? dutiesHeld(caller) : [])
  })
  serve.stream(p.signOut, async (ctx, _ask, reply, request) => {
    await signOut(ctx, tokenOf(request, ground.settings))
    ground.sessions.forget()
    clearSessionCookie(reply)
    return { done: true }
  })
}

function serveBadges(serve: Serve, { settings }: Ground): void {
  serve.read(p.myBadge, (ctx) => myBadge(ctx, settings))
  serve.write(p.issueBadge, issueBadge)
  serve.write(p.revokeBadge, revokeBadge)
  serve.read(p.listBadges, listBadges)
  serve.read(c.getGridCard, getGridCard)
  serve.write(c.saveGridCard, saveGridCard)
  serve.read(f.myBadgePhoto, myBadgePhoto)
  serve.prepared(f.saveBadgePhoto, saveBadgePhoto)
  serve.prepared(f.offerBadgePhoto, offerBadgePhoto)
  serve.write(f.answerBadgePhoto, answerBadgePhoto)
  serve.write(f.dropBadgePhoto, dropBadgePhoto)
  serve.stream(p.printBadge, async (ctx, ask, reply) => {
    const pdf = await printBadge(ctx, ask, settings)
    await ctx.note()
    return reply.type('application/pdf').header('content-disposition', `inline; filename="${ask.what}.pdf"`).send(pdf)
  })
}
