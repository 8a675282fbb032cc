import type { saveLabel as promise } from '@fengge/domain/identity/contract/labels'
import { labelSaved } from '@fengge/domain/identity/facts'
import { officeLevels } from '@fengge/domain/identity/labels'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { dropLabelRow, saveLabelRow } from '../store/labels.ts'
import { findRole } from '../store/postings.ts'

/** Without a word of its own a county goes back to the ready one. */
export async function saveLabel(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  mayForCounty(ctx, 'catalogue.edit')
  const { kind, code, name, nameEn } = ask
  const isKnown = kind === 'role' ? await findRole(ctx.tx, code) : (officeLevels as readonly string[]).includes(code)
  if (!isKnown) refuse('label.unknown', 404)
  const county = ctx.caller.countyCode
  if (name === '') await dropLabelRow(ctx.tx, county, kind, code)
  else await saveLabelRow(ctx.tx, county, { kind, code, name, name_en: nameEn === '' ? name : nameEn })
  ctx.tell(labelSaved, { kind, code, name })
  return { done: true }
}
