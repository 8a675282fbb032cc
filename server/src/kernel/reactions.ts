/**
 * How news travels up: a slice announces a fact, slices above do their part in the same transaction. A reaction
 * may record, move and notify; it may not refuse. Each slice names its reactions once, in `reactions.ts`.
 */
import type { Announced, DetailOf, NewsOf, Question } from '@fengge/domain/kernel/fact'
import { factEntry, type Asking, type Capacity, type Ctx } from './context.ts'

/** Does a slice's part; may give the number of things that followed. */
export type Reaction<News> = (ctx: Ctx, news: News) => Promise<number | void>

const reactions = new Map<string, Set<Reaction<never>>>()

/** Names a reaction. Naming the same one again changes nothing. */
export function on<F extends Announced>(fact: F, reaction: Reaction<NewsOf<F>>): void {
  const known = reactions.get(fact.name) ?? new Set()
  known.add(reaction)
  reactions.set(fact.name, known)
}

/** Facts that somebody reacts to, by name. */
export const heardFacts = (): string[] => [...reactions.keys()]

/** What the journal keeps of an announced fact. */
export interface Told<F> {
  readonly detail: DetailOf<F>
  readonly subject?: string
  readonly post?: Capacity | null
}

/** Tells a fact and runs every reaction to it. @returns how many things followed, all reactions together */
export async function announce<F extends Announced>(
  ctx: Ctx,
  fact: F,
  news: NewsOf<F>,
  told: Told<F>,
): Promise<number> {
  ctx.entries.push(factEntry(ctx.now, fact.name, { ...told, detail: told.detail as object }))
  let followed = 0
  for (const react of reactions.get(fact.name) ?? []) followed += (await react(ctx, news as never)) ?? 0
  return followed
}

type Answering = (asking: Asking, asked: never) => Promise<unknown>
const answerers = new Map<string, Set<Answering>>()

/** Names who answers a question of a slice below. Naming the same one again changes nothing. */
export function answers<Q, A>(asked: Question<Q, A>, answer: (asking: Asking, about: Q) => Promise<A>): void {
  const known = answerers.get(asked.name) ?? new Set()
  known.add(answer)
  answerers.set(asked.name, known)
}

/** Asks the slices above, one after the other. @returns what each of them answered */
export async function askAbove<Q, A>(asking: Asking, asked: Question<Q, A>, about: Q): Promise<A[]> {
  const found: A[] = []
  for (const answer of answerers.get(asked.name) ?? []) found.push((await answer(asking, about as never)) as A)
  return found
}
