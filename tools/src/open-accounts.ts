/**
 * First accounts of a real county: three administrators with first passwords, and the codes by which each enrols a
 * second factor; and accounts of other systems.
 */
import { accountOpened, postingGiven } from '@fengge/domain/identity/facts'
import { hash } from '@node-rs/argon2'
import { dayOf } from '@fengge/domain/kernel/time'
import { randomBytes } from 'node:crypto'
import { showHalf, twoStepRule } from '@fengge/domain/identity/two-step'
import { digestCode, makeHalf } from '@fengge/server/identity/one-time-codes'
import { saveAccount, saveEnrolCode } from '@fengge/server/identity/store/accounts'
import { savePosting } from '@fengge/server/identity/store/postings'
import { saveSession } from '@fengge/server/identity/store/sessions'
import { actAs } from '@fengge/server/kernel/act-as'
import { systemCaller } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { hashToken, makeToken } from '@fengge/server/kernel/sessions'
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
  const token = makeToken()
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
