import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { saveMatter as promise } from '@fengge/domain/matters/contract'
import { matterSaved } from '@fengge/domain/matters/facts'
import { judgeMatter, type Matter } from '@fengge/domain/matters/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { findMatter, insertMatter, updateMatter } from '../store/matters.ts'

type Kept = Pick<Matter, 'taskKinds' | 'objects' | 'steps' | 'effort' | 'funding' | 'setCode' | 'isReconstructed'>

/** What a new matter has of what is left out. */
const unsaid: Kept = {
  taskKinds: [],
  objects: [],
  steps: '',
  effort: '',
  funding: '',
  setCode: '',
  isReconstructed: false,
}

/** The matter as it is to stand: what is left out stays as it was kept. */
function matterOf(fields: Omit<AskOf<typeof promise>, 'requestId' | 'version'>, kept: Kept, version: number): Matter {
  return {
    ...fields,
    taskKinds: fields.taskKinds ?? kept.taskKinds,
    objects: fields.objects ?? kept.objects,
    steps: fields.steps ?? kept.steps,
    effort: fields.effort ?? kept.effort,
    funding: fields.funding ?? kept.funding,
    setCode: kept.setCode,
    isReconstructed: kept.isReconstructed,
    version,
  }
}

/** Two matters of one code never hold on the same day: the constraint `matter_once_a_day` refuses the second. */
export async function saveMatter(ctx: Ctx, ask: AskOf<typeof promise>): Promise<Matter> {
  mayForCounty(ctx, 'matter.edit')
  const { requestId: _requestId, version, ...fields } = ask
  const known = await findMatter(ctx.tx, ctx.caller.countyCode, ask.id)
  const standing = known?.version ?? 0
  if (standing !== version) refuse('matter.stale', 409, { version: standing })
  const matter = matterOf(fields, known ?? unsaid, version + 1)
  const fault = judgeMatter(matter)
  if (fault) refuse(fault, 422)
  await (known ? updateMatter : insertMatter)(ctx.tx, ctx.caller.countyCode, matter)
  ctx.tell(matterSaved, { code: matter.code, validFrom: matter.validFrom, validTo: matter.validTo }, matter.id)
  return matter
}
