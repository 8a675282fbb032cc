import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { saveMatter as promise } from '@fengge/domain/matters/contract'
import { matterSaved } from '@fengge/domain/matters/facts'
import { judgeMatter, type Matter } from '@fengge/domain/matters/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { findMatter, insertMatter, updateMatter } from '../store/matters.ts'

/** Two matters of one code never hold on the same day: the constraint `matter_once_a_day` refuses the second. */
export async function saveMatter(ctx: Ctx, ask: AskOf<typeof promise>): Promise<Matter> {
  mayForCounty(ctx, 'matter.edit')
  const { requestId: _requestId, version, ...fields } = ask
  const known = await findMatter(ctx.tx, ctx.caller.countyCode, ask.id)
  if ((known?.version ?? 0) !== version) refuse('matter.stale', 409, { version: known?.version ?? 0 })
  const matter: Matter = {
    ...fields,
    taskKinds: ask.taskKinds ?? known?.taskKinds ?? [],
    objects: ask.objects ?? known?.objects ?? [],
    steps: ask.steps ?? known?.steps ?? '',
    effort: ask.effort ?? known?.effort ?? '',
    funding: ask.funding ?? known?.funding ?? '',
    setCode: known?.setCode ?? '',
    isReconstructed: known?.isReconstructed ?? false,
    version: version + 1,
  }
  const fault = judgeMatter(matter)
  if (fault) refuse(fault, 422)
  await (known ? updateMatter : insertMatter)(ctx.tx, ctx.caller.countyCode, matter)
  ctx.tell(matterSaved, { code: matter.code, validFrom: matter.validFrom, validTo: matter.validTo }, matter.id)
  return matter
}
