/**
 * First accounts of a real county: three administrators with first passwords, and the codes by which each enrols a
 * second factor; and accounts of other systems.
 */
import {
  accountOpened,
  enrolCodeGiven,
  passwordReset,
  postingGiven,
  secondFactorDropped,
} from '@fengge/domain/identity/facts'
import { isAdminKind } from '@fengge/domain/identity/roles'
import { hash } from '@node-rs/argon2'
import { dayOf } from '@fengge/domain/kernel/time'
import { randomBytes } from 'node:crypto'
import { showHalf, twoStepRule } from '@fengge/domain/identity/two-step'
import { digestCode, makeHalf } from '@fengge/server/identity/one-time-codes'
import { findSide } from '@fengge/server/identity/queries/two-steps'
import {
  dropSecondFactor,
  findByLogin,
  saveAccount,
  saveEnrolCode,
  savePassword,
} from '@fengge/server/identity/store/accounts'
import { savePosting } from '@fengge/server/identity/store/postings'
import { dropSessionsOf, saveSession } from '@fengge/server/identity/store/sessions'
import { actAs } from '@fengge/server/kernel/act-as'
import { systemCaller } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { hashToken, makeSessionToken } from '@fengge/server/kernel/sessions'
import { placeTree } from '@fengge/server/places/door'

/** A first password that keeps the rules and is changed at first sign-in. */
const makePassword = () => `Fg-${randomBytes(9).toString('base64url')}7`

export async function openAdministrators(engine: Engine, county: string): Promise<string[]> {
  const place = placeTree(engine).byCode(`${county}000000`)!
  return actAs(engine, systemCaller(county), 'cli:init', async (ctx) => {
    const lines: string[] = []
    for (const [login, name, roleCode, roleKind] of [
      [`sysadmin-${county}`, '系统管理员', 'system-admin', 'system'],
      [`secadmin-${county}`, '安全管理员', 'security-admin', 'security'],
      [`auditor-${county}`, '审计管理员', 'audit-admin', 'audit'],
    ] as const) {
      const id = freshId(ctx.now)
      const password = makePassword()
      await saveAccount(ctx.tx, {
        id,
        county,
        login,
        name,
        kind: 'person',
        hash: await hash(password),
        mustChange: true,
        isInvented: false,
        now: ctx.now,
      })
      await savePosting(ctx.tx, {
        id: freshId(ctx.now),
        accountId: id,
        roleCode,
        roleKind,
        placeId: place.id,
        departmentId: null,
        fromOn: dayOf(ctx.now),
        toOn: null,
      })
      ctx.tell(accountOpened, { kind: 'person' }, id)
      ctx.tell(postingGiven, { role: roleCode, place: place.id, from: dayOf(ctx.now), to: null }, id)
      const code = makeHalf()
      await saveEnrolCode(ctx.tx, id, { digest: digestCode(ctx.sealer, code), until: ctx.now + twoStepRule.codeForMs })
      lines.push(`${login}  ${password}  ${showHalf(code)}`)
    }
    return lines
  })
}

/** An account another system calls with; the token is shown once. */
export async function openMachine(engine: Engine, county: string, login: string): Promise<string> {
  const place = placeTree(engine).byCode(`${county}000000`)!
  const token = makeSessionToken(engine.sealer)
  await actAs(engine, systemCaller(county), 'cli:token', async (ctx) => {
    const id = freshId(ctx.now)
    await saveAccount(ctx.tx, {
      id,
      county,
      login,
      name: login,
      kind: 'machine',
      hash: null,
      mustChange: false,
      isInvented: false,
      now: ctx.now,
    })
    await savePosting(ctx.tx, {
      id: freshId(ctx.now),
      accountId: id,
      roleCode: 'hotline-machine',
      roleKind: 'machine',
      placeId: place.id,
      departmentId: null,
      fromOn: dayOf(ctx.now),
      toOn: null,
    })
    await saveSession(ctx.tx, {
      hash: hashToken(token),
      accountId: id,
      device: 'machine',
      hasSecondFactor: false,
      now: ctx.now,
      expiresAt: ctx.now + 365 * 86_400_000,
    })
    ctx.tell(accountOpened, { kind: 'machine' }, id)
  })
  return token
}

/**
 * The way back where no two administrators are left: whoever holds the machine gives one of them a new first password
 * and a code for a new second factor. It stands in the journal.
 */
export async function letIn(engine: Engine, county: string, login: string): Promise<string> {
  return actAs(engine, systemCaller(county), 'cli:let-in', async (ctx) => {
    const account = await findByLogin(ctx.tx, login)
    if (!account || account.county_code !== county) throw new Error(`no account ${login} in ${county}`)
    if (!(await findSide(ctx, account.id)).kinds.some(isAdminKind)) throw new Error(`${login} is no administrator`)
    const [password, code] = [makePassword(), makeHalf()]
    await savePassword(ctx.tx, account.id, await hash(password), { at: ctx.now, mustChange: true })
    await dropSecondFactor(ctx.tx, account.id)
    const digest = digestCode(ctx.sealer, code)
    await saveEnrolCode(ctx.tx, account.id, { digest, until: ctx.now + twoStepRule.codeForMs })
    await dropSessionsOf(ctx.tx, account.id)
    for (const fact of [passwordReset, secondFactorDropped, enrolCodeGiven]) ctx.tell(fact, {}, account.id)
    return `${login}  ${password}  ${showHalf(code)}`
  })
}
