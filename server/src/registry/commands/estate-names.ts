/**
 * What an estate is called, as it is written down. By its names reports, movers and rows of files are sent to a place, so a
 * desk says them: what whoever goes from door to door writes is kept for the desk as words, and finds nobody till then.
 */
import { isPartOfAddress, mostAliases, namesBeyond, readAliases } from '@fengge/domain/registry/addresses/aliases'
import { estateName } from '@fengge/domain/registry/addresses/estate-name'
import { mostEstates } from '@fengge/domain/registry/addresses/estate-names'
import type { Values } from '@fengge/domain/registry/terms'
import { postsWith, type Asking, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { listCalledLike, namesOf } from '../bulk/store/records.ts'
import { estateBook } from '../estate-book.ts'

/** Whether the caller answers for the names of a place. */
export const deskAt = (ctx: Asking, placeId: string): boolean =>
  postsWith(ctx.caller, 'registry.correct').some(
    (p) => p.departmentId === null && placeTree(ctx).contains(p.placeId, placeId),
  )

const namesIn = (values: Values, code: string): string[] => readAliases(String(values[code] ?? ''))
const listOf = (names: readonly string[]): string | null => (names.length === 0 ? null : names.join('、'))

/** Values as they are kept: other names that no desk wrote stand beside the aliases, and go when a desk takes them up. */
export function withNamesSaid(values: Values, before: Values, isDesk: boolean): Values {
  if (!('aliases' in values)) return values
  const said = namesIn({ ...before, ...values }, 'aliasesSaid')
  if (isDesk) {
    if ('aliasesSaid' in values || said.length === 0) return values
    return { ...values, aliasesSaid: listOf(namesBeyond(said, namesIn(values, 'aliases'))) }
  }
  const { aliases: _, ...others } = values
  const known = [String(before['name'] ?? ''), ...namesIn(before, 'aliases')]
  const fresh = namesBeyond(namesIn(values, 'aliases'), [...known, ...said])
  return fresh.length === 0 ? others : { ...others, aliasesSaid: listOf([...said, ...fresh]) }
}

/** Whether another estate of the county is called so, however it is written. */
async function isTaken(ctx: Ctx, alias: string, id: string): Promise<boolean> {
  const name = estateName(alias)
  const near = await listCalledLike(ctx.tx, ctx.caller.countyCode, [alias, name])
  return near.some((estate) => estate.id !== id && namesOf(estate).some((other) => estateName(other) === name))
}

interface Written {
  readonly id: string
  readonly villageId: string | null
  readonly before: Values
  readonly values: Values
}

/** New aliases name this estate alone, and are no addresses; a village has so many names, however they came. */
export async function checkAliases(ctx: Ctx, { id, villageId, before, values }: Written): Promise<void> {
  const all = namesIn(values, 'aliases')
  const fresh = namesBeyond(all, namesIn(before, 'aliases'))
  if (fresh.length > 0 && all.length > mostAliases) refuse('estate.aliases-many', 422, { most: mostAliases })
  for (const alias of fresh) {
    if (isPartOfAddress(alias)) refuse('estate.alias-part', 422, { alias })
    if (await isTaken(ctx, alias, id)) refuse('estate.alias-taken', 409, { alias })
  }
  const isRenamed = estateName(String(before['name'] ?? '')) !== estateName(String(values['name'] ?? ''))
  const more = fresh.length + (isRenamed ? 1 : 0)
  if (more === 0 || villageId === null || before['name'] === undefined) return
  const { names } = await estateBook(ctx, ctx.tx, ctx.caller.countyCode, [villageId])
  if (names.size + more > 2 * mostEstates.village) refuse('estate.too-many', 409)
}
