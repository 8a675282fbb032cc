/** Every role and centre with the county's word for it, and the ready one. */
import type { Label, listLabels as promise } from '@fengge/domain/identity/contract/labels'
import { officeLevels, readyOffices } from '@fengge/domain/identity/labels'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { holdsForCounty } from '../../places/door.ts'
import { listLabelRows } from '../store/labels.ts'

export async function listLabels(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const own = new Map((await listLabelRows(ctx.tx, ctx.caller.countyCode)).map((l) => [`${l.kind} ${l.code}`, l]))
  const roles = await rowsOf<Pick<Row<'identity.role'>, 'code' | 'name' | 'name_en'>>(
    ctx.tx,
    sql`select code, name, name_en from identity.role order by kind, code`,
  )
  const label = (kind: Label['kind'], code: string, [ready, readyEn]: readonly [string, string]): Label => {
    const found = own.get(`${kind} ${code}`)
    return { kind, code, name: found?.name ?? ready, nameEn: found?.name_en ?? readyEn, ready, readyEn }
  }
  return {
    labels: [
      ...officeLevels.map((level) => label('office', level, readyOffices[level])),
      ...roles.map((r) => label('role', r.code, [r.name, r.name_en])),
    ],
    mayEdit: holdsForCounty(ctx, 'catalogue.edit'),
  }
}
