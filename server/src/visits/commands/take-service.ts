import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { takeService as promise } from '@fengge/domain/visits/contract/worker'
import { serviceTaken } from '@fengge/domain/visits/facts'
import { serviceNumber } from '@fengge/domain/visits/services'
import { accountOf, postsWith, type Ctx, type Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { matterInForce } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { nameRecords } from '../../registry/door.ts'
import { lineOf } from '../make-tasks.ts'
import { refuseServicesBeyond } from '../most-a-day.ts'
import { serves } from '../serves.ts'
import { askedByAt, insertService, phoneAt } from '../store/services.ts'

/** Takes a request at the door (V5). Its number is made of the id: whoever took it without signal has told it already. */
export async function takeService(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const takenAt = Math.min(Date.parse(ask.madeAt), ctx.now)
  const day = dayOf(takenAt)
  await matterInForce(ctx, ask.matterId, day)
  const post = postServing(ctx, ask.gridId) ?? refuse('place.unknown', 422)
  await refuseServicesBeyond(ctx, ask.gridId)
  const no = serviceNumber(ask.id, day)
  // By his handle alone nobody of another place is brought before one's colleagues.
  const [known] = ask.personId === null ? [] : await nameRecords(ctx, [ask.personId])
  const step = { state: 'taken', at: new Date(takenAt).toISOString(), byName: ctx.caller.name, note: '' } as const
  await insertService(ctx.tx, ctx.caller.countyCode, {
    ...ask,
    personId: known?.id ?? null,
    no,
    askedBySealed: ctx.sealer.seal(ask.askedBy, askedByAt(ask.id)),
    phoneSealed: ask.phone === '' ? null : ctx.sealer.seal(ask.phone, phoneAt(ask.id)),
    line: lineOf(ctx, ask.gridId),
    accountId: accountOf(ctx.caller),
    takenBy: ctx.caller.name,
    steps: [step],
  })
  ctx.tell(serviceTaken, { no }, ask.id, post)
  return { id: ask.id, no }
}

const postServing = (ctx: Ctx, gridId: string): Post | undefined =>
  placeTree(ctx).get(gridId)?.tier === 'grid'
    ? postsWith(ctx.caller, 'visit.write').find((post) => serves(ctx, post, gridId))
    : undefined
