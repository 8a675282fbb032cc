import { z } from 'zod'

/**
 * A fact: what happened, in the past tense, with the shape of what the journal keeps of it. Each slice lists its
 * facts in `facts.ts`. A recorded fact is only written down; an announced one also reaches the slices above,
 * which do their part in the same transaction (server/src/kernel/reactions.ts).
 */
export interface Recorded<Detail extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly detail: Detail
  readonly isAnnounced: false
}

/** `News` is what the reactions are handed: the facts themselves, and what they need to find their own part. */
export interface Announced<Detail extends z.ZodType = z.ZodType, News = unknown> {
  readonly name: string
  readonly detail: Detail
  readonly isAnnounced: true
  readonly news?: News
}

export type Fact = Recorded | Announced
export type DetailOf<F> = F extends { readonly detail: infer D extends z.ZodType } ? z.input<D> : never
export type NewsOf<F> = F extends Announced<z.ZodType, infer N> ? N : never

const nothing = z.strictObject({})

/** @example const accountOpened = recorded('account.opened', z.strictObject({ kind: z.string() })) */
export function recorded(name: string): Recorded<typeof nothing>
export function recorded<D extends z.ZodType>(name: string, detail: D): Recorded<D>
export function recorded(name: string, detail: z.ZodType = nothing): Recorded {
  return { name, detail, isAnnounced: false }
}

/** @example const netChanged = announced<NetChange>()('net.changed', z.strictObject({ on: z.string() })) */
export function announced<News>() {
  return <D extends z.ZodType>(name: string, detail: D): Announced<D, News> => ({ name, detail, isAnnounced: true })
}

/** What a lower slice asks those above without anything being written; each that knows something answers. */
export interface Question<Asked = unknown, Answer = unknown> {
  readonly name: string
  readonly asked?: Asked
  readonly answer?: Answer
}
/** @example const netForeseen = question<NetChange, NetForesight>('net.foreseen') */
export const question = <Asked, Answer>(name: string): Question<Asked, Answer> => ({ name })
