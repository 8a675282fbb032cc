import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { saveRule as promise } from '@fengge/domain/visits/contract/rules'
import { ruleSaved } from '@fengge/domain/visits/facts'
import { kindOfForm } from '@fengge/domain/visits/forms'
import type { Rule } from '@fengge/domain/visits/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { admitOrder } from '../../matters/door.ts'
import { mayForCounty } from '../../places/door.ts'
import { formFor } from '../form-for.ts'
import { runRule } from '../run-rules.ts'
import { findRule, saveRuleRow } from '../store/rules.ts'

/** A rule that is switched on makes its tasks at once. */
export async function saveRule(ctx: Ctx, ask: AskOf<typeof promise>): Promise<Rule> {
  mayForCounty(ctx, 'visit.rules')
  const { rule } = ask
  const known = await findRule(ctx.tx, ctx.caller.countyCode, rule.id)
  if ((known?.version ?? 0) !== rule.version) refuse('rule.stale', 409, { version: known?.version ?? 0 })
  const { matterId, selector, minutes } = rule
  const form = await formFor(ctx, rule.formCode, selector)
  await admitOrder(ctx, { door: 'rule', matterId, taskKind: kindOfForm(form), object: selector, minutes })
  const saved = { ...rule, version: rule.version + 1 }
  await saveRuleRow(ctx.tx, ctx.caller.countyCode, saved)
  if (saved.isOn) await runRule(ctx, saved)
  ctx.tell(ruleSaved, { selector: rule.selector, periodDays: rule.periodDays, isOn: rule.isOn }, rule.id)
  return saved
}
