/** One value in the clear, with a purpose, against a daily quota, in the journal before it leaves. domain.md B7. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { revealField as promise } from '@fengge/domain/registry/contract'
import { plainNumber } from '@fengge/domain/registry/documents/document-kinds'
import { wentField } from '@fengge/domain/registry/leaving/leaving'
import { mayReveal, revealQuota } from '@fengge/domain/registry/sight'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { fieldBook } from '../field-book.ts'
import { openValues } from '../record-columns.ts'
import { reachRecord } from '../sight.ts'
import { isErased, listLeavingsOf, wentAt } from '../leaving/store/leavings.ts'
import { countReveal } from '../store/fields.ts'

export async function revealField(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const { row, kind, duties } = await reachRecord(ctx, ask.id, 'registry.read')
  // What only waits to be deleted is shown to nobody any more.
  if (kind === 'person' && (await isErased(ctx.tx, county, row))) refuse('person.left', 409)
  const isWent = kind === 'person' && ask.field === wentField
  const spec = isWent ? undefined : (await fieldBook(ctx, county)).field(kind, ask.field)
  const may = isWent ? duties.has('registry.reveal') : spec?.isOn === true && mayReveal(spec, duties)
  if (!may) refuse('field.not-yours', 403, { field: ask.field })
  const account = accountOf(ctx.caller)
  const count = await countReveal(ctx.tx, { county_code: county, account_id: account, day: dayOf(ctx.now) })
  // The refusal is kept in the journal as one, and the audit page shows it as an alarm.
  if (count > revealQuota) refuse('reveal.quota', 403, { quota: revealQuota })
  const { field, purpose, note, eventId } = ask
  ctx.look(`registry.${kind}-revealed`, ask.id, { field, purpose, note, eventId })
  const kept = isWent ? await openWhereTo(ctx, county, row.id) : (openValues(row, ctx.sealer)[ask.field] ?? null)
  return {
    value: typeof kept === 'string' && spec?.type === 'identity' ? plainNumber(kept) : kept,
    left: revealQuota - count,
  }
}

/** Where he went when he left last, as far as anybody knows. */
async function openWhereTo(ctx: Ctx, county: string, personId: string): Promise<string | null> {
  const known = (await listLeavingsOf(ctx.tx, county, personId)).find(
    (l) => l.to_sealed !== null && l.state !== 'planned',
  )
  return known ? ctx.sealer.open(known.to_sealed!, wentAt(known.id)) : null
}
