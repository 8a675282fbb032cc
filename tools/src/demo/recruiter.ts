/** Opens accounts, posts and departments of the demo: collected, and written at once. */
import type { Ctx } from '@fengge/server/kernel/context'
import { roles } from '@fengge/domain/identity/roles'
import { demoLogins } from './logins.ts'
import { inventName } from './people.ts'
import type { Dice } from './random.ts'
import { addStaff, type FreshAccount, type FreshDepartment, type FreshPosting } from './net/store-net.ts'

export interface Post {
  readonly role: string
  readonly placeId: string
  readonly departmentId?: string
}
export interface Hire extends Post {
  readonly login: string
  /** Where somebody comes from (W1). */
  readonly origin?: string
}

const withPassword = new Set<string>(demoLogins.map(([login]) => login))
const kindOf = new Map(roles.map((r) => [r.code, r.kind]))

export class Recruiter {
  readonly accounts: FreshAccount[] = []
  readonly departments: FreshDepartment[] = []
  readonly postings: FreshPosting[] = []
  private readonly ctx: Ctx
  private readonly dice: Dice
  private readonly from: string
  private readonly password: string
  constructor(ctx: Ctx, dice: Dice, from: string, password: string) {
    this.ctx = ctx
    this.dice = dice
    this.from = from
    this.password = password
  }

  hire(h: Hire): string {
    const id = this.dice.id(this.ctx.now)
    this.accounts.push({
      id,
      county_code: this.ctx.caller.countyCode,
      login: h.login,
      name: inventName(this.dice),
      password_hash: withPassword.has(h.login) ? this.password : null,
      origin: h.origin ?? null,
    })
    this.post(id, h)
    return id
  }

  post(accountId: string, p: Post): void {
    this.postings.push({
      id: this.dice.id(this.ctx.now),
      account_id: accountId,
      role_code: p.role,
      role_kind: kindOf.get(p.role)!,
      place_id: p.placeId,
      department_id: p.departmentId ?? null,
      from_on: this.from,
    })
  }

  open(placeId: string, kind: string, name: string): string {
    const id = this.dice.id(this.ctx.now)
    this.departments.push({
      id,
      county_code: this.ctx.caller.countyCode,
      place_id: placeId,
      name,
      kind,
      status: 'active',
    })
    return id
  }

  write(): Promise<void> {
    return addStaff(this.ctx.tx, this, new Date(this.ctx.now))
  }
}
