/** A department is opened or changed: by one, or, where its work changes, when the second one has agreed. */
import { departmentClosed, departmentSaved } from '@fengge/domain/identity/facts'
import type { Ctx } from '../kernel/context.ts'
import { announce } from '../kernel/reactions.ts'
import * as store from './store/postings.ts'
import type { AskedDepartment } from './store/two-steps.ts'

export async function openDepartment(ctx: Ctx, to: AskedDepartment & { readonly placeId: string }): Promise<void> {
  await store.saveDepartmentRow(ctx.tx, { ...to, county: ctx.caller.countyCode })
  tellSaved(ctx, to)
}

export async function changeDepartment(ctx: Ctx, to: AskedDepartment): Promise<void> {
  await store.changeDepartmentRow(ctx.tx, to)
  tellSaved(ctx, to)
  const { id, name, status } = to
  if (status === 'closed')
    await announce(ctx, departmentClosed, { departmentId: id }, { detail: { name }, subject: id })
}

const tellSaved = (ctx: Ctx, { id, name, kind, status }: AskedDepartment): void =>
  ctx.tell(departmentSaved, { name, kind, status: status === 'closed' ? 'closed' : 'active' }, id)
