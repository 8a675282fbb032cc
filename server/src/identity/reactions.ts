/** Staff follow their grids (G5): to the one that takes its place, and where several do, to those that a person said. */
import { dayOf } from '@fengge/domain/kernel/time'
import {
  areaFolded,
  areaUnfolded,
  giverAsked,
  netChanged,
  netForeseen,
  orderRefused,
  staffOfDepartments,
  type NetChange,
  type NetForesight,
  type OrderRefused,
} from '@fengge/domain/places/facts'
import { heirOf } from '@fengge/domain/places/rehoming'
import { postsWith, type Asking, type Ctx } from '../kernel/context.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { answers, on } from '../kernel/reactions.ts'
import { placeTree } from '../places/door.ts'
import { askPosts, dropPosts } from './commands/asked-posts.ts'
import { findCaller } from './queries/callers.ts'
import { carryCard } from './store/grid-cards.ts'
import { listHolding, saveMessages } from './store/messages.ts'
import { dropStepsAt } from './store/two-steps.ts'
import { followAsked, listDepartmentStaff } from './store/asked-posts.ts'
import { endPostingsAt, followDepartments, listPostingsAt, nameHolders, savePosting } from './store/postings.ts'

export function identityReactions(): void {
  answers(netForeseen, foreseeNet)
  answers(giverAsked, mayStillEdit)
  answers(staffOfDepartments, (asking) => listDepartmentStaff(asking.tx, asking.caller.countyCode, dayOf(asking.now)))
  on(netChanged, followNet)
  on(orderRefused, tellRefused)
  on(areaFolded, askPosts)
  on(areaUnfolded, (ctx, { foldingId }) => dropPosts(ctx, foldingId))
}

/** Who gave the order, whoever else edits the net there, and the desks of its grids. */
async function tellRefused(ctx: Ctx, news: OrderRefused): Promise<void> {
  const editors = await listHolding(ctx.tx, { duty: 'net.edit', placeIds: news.placeIds }, ctx.now)
  const desks = await listHolding(ctx.tx, { duty: 'event.dispatch', placeIds: news.deskIds }, ctx.now)
  const { about, kind: change, on: day, problem, accountId } = news
  const said = { kind: 'net-refused', about, change, on: day, problem, at: ctx.now } as const
  const hearers = new Set([...(accountId === null ? [] : [accountId]), ...editors, ...desks])
  await saveMessages(ctx.tx, [...hearers], { county: ctx.caller.countyCode, ...said })
}

async function mayStillEdit(
  asking: Asking,
  { accountId, gridIds }: { readonly accountId: string; readonly gridIds: readonly string[] },
): Promise<boolean> {
  const caller = await findCaller(asking.tx, accountId, asking.now)
  const posts = caller ? postsWith(caller, 'net.edit').filter((p) => p.departmentId === null) : []
  const tree = placeTree(asking)
  return gridIds.every((id) => posts.some((p) => tree.contains(p.placeId, id)))
}

/** Where a post goes on; nobody serves twice because a grid became two, unless somebody said so. */
function courseOf(
  change: NetChange,
  post: { readonly id: string; readonly place_id: string },
): readonly string[] | null {
  const followers = change.followersOf(post.place_id)
  const said = change.staff.get(post.id)?.filter((to) => followers.includes(to))
  return said ?? (followers.length > 1 ? null : followers)
}

async function foreseeNet(asking: Asking, change: NetChange): Promise<NetForesight> {
  const posts = await listPostingsAt(asking.tx, change.ended, change.on)
  const names = new Map(
    (
      await nameHolders(
        asking.tx,
        posts.map((p) => p.id),
      )
    ).map((n) => [n.id, n]),
  )
  return {
    posts: posts.map((p) => ({
      postingId: p.id,
      holder: names.get(p.id)?.holder ?? '',
      role: names.get(p.id)?.role ?? '',
      placeId: p.place_id,
      followers: [...change.followersOf(p.place_id)],
      to: courseOf(change, p)?.slice() ?? null,
    })),
  }
}

/** Whoever served in a grid that was split, merged or closed serves on where he goes; old posts keep their dates. */
async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  await change.step('posts')
  if (change.ended.length === 0) return
  const given = new Set<string>()
  for (const p of await listPostingsAt(ctx.tx, change.ended, change.on))
    for (const placeId of courseOf(change, p) ?? []) {
      // Who held the same post in two grids that became one holds it once.
      const post = [p.account_id, p.role_code, p.department_id, p.to_on, placeId].join(' ')
      if (given.has(post)) continue
      given.add(post)
      await savePosting(ctx.tx, {
        id: freshId(ctx.now),
        accountId: p.account_id,
        roleCode: p.role_code,
        roleKind: p.role_kind,
        placeId,
        departmentId: p.department_id,
        fromOn: p.from_on > change.on ? p.from_on : change.on,
        toOn: p.to_on,
      })
    }
  await endPostingsAt(ctx.tx, change.ended, change.on)
  await dropStepsAt(ctx.tx, change.ended)
  for (const id of change.ended) {
    const heir = heirOf(change, id)
    if (heir !== null) await followDepartments(ctx.tx, id, heir)
  }
  for (const id of change.ended) await carryCard(ctx.tx, id, change.followersOf(id))
  for (const id of change.ended) await followAsked(ctx.tx, id, change.followersOf(id)[0] ?? null)
}
