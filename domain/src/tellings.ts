/** What every endpoint tells about a person, in one table; a test finds one that says nothing of itself. */
import { auditTells } from './audit/tells.ts'
import { eventTells } from './events/tells.ts'
import { identityTells } from './identity/tells.ts'
import { dutiesOf, type Admission, type Duty } from './kernel/duty.ts'
import type { Endpoint } from './kernel/endpoint.ts'
import { tellNothing, type Move, type Tells } from './kernel/tells.ts'
import { placeTells } from './places/tells.ts'
import { registryTells } from './registry/tells.ts'
import { sensorTells } from './sensors/tells.ts'
import { syncTells } from './sync/tells.ts'
import { visitTells } from './visits/tells.ts'
import { worklogTells } from './worklog/tells.ts'

export const tellings: Tells = {
  ...tellNothing(
    'getPublicSettings',
    'listMatters',
    'saveMatter',
    'switchMatterSet',
    'listRefusedOrders',
    'searchLibrary',
    'saveArticle',
  ),
  ...identityTells,
  ...placeTells,
  ...registryTells,
  ...eventTells,
  ...visitTells,
  ...sensorTells,
  ...syncTells,
  ...worklogTells,
  ...auditTells,
}

/** What a post with some duties may call, and what each call tells it. */
export function movesOf(
  duties: ReadonlySet<Duty>,
  endpoints: readonly Pick<Endpoint, 'name' | 'duty'>[],
  tells: Tells = tellings,
): Move[] {
  const admits = (admission: Admission) =>
    admission === 'public' || admission === 'signed-in' || dutiesOf(admission).some((duty) => duties.has(duty))
  return endpoints
    .filter(({ duty }) => admits(duty))
    .flatMap(({ name }) =>
      (tells[name] ?? [])
        .filter((telling) => admits(telling.with ?? 'signed-in'))
        .map((telling) => ({ call: name, telling })),
    )
}
