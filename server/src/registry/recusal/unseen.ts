/** A caller with whom he may not see: what the one place that decides over reach (sight.ts, store/within.ts) goes by. */
import { dayOf } from '@fengge/domain/kernel/time'
import { findCaller } from '../../identity/door.ts'
import type { Asking, Caller } from '../../kernel/context.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import type { Sealer } from '../../kernel/seal.ts'
import { triedEntry } from '../../kernel/unseen.ts'
import type { SessionBook } from '../../kernel/sessions.ts'
import { numbersOf } from './numbers.ts'
import { listKept, listKeys, listSought, listUnseen } from './store.ts'

export async function withUnseen(reading: Reading, caller: Caller, now: number): Promise<Caller> {
  // Administrators reach no person by their posts; the auditor reads the journal whole, or a mark would hide what was done.
  if (caller.accountId === null || caller.isAdmin) return caller
  const ids = await listUnseen(reading, caller.countyCode, caller.accountId, dayOf(now))
  return ids.length === 0 ? caller : { ...caller, unseen: new Set(ids) }
}

/** Somebody for whom a job goes on: what he may at this moment, and whom he may not see. */
export async function callerOf(reading: Reading, accountId: string | null, now: number): Promise<Caller | undefined> {
  const caller = accountId === null ? undefined : await findCaller(reading, accountId, now)
  return caller && withUnseen(reading, caller, now)
}

/** Who is kept from anybody, each with whom he may not see and their numbers. */
export interface Kept {
  readonly county: string
  readonly accountId: string
  readonly people: readonly string[]
  readonly numbers: readonly string[]
}

export async function keptToday(reading: Reading, sealer: Sealer, now: number): Promise<Kept[]> {
  const kept: Kept[] = []
  for (const { county, accountId } of await listKept(reading, dayOf(now))) {
    const people = await listUnseen(reading, county, accountId, dayOf(now))
    kept.push({ county, accountId, people, numbers: await numbersOf(reading, sealer, county, people) })
  }
  return kept
}

/** What somebody is asked for by: a whole name, and all keyed digests that a number or phone may be kept under. */
export interface Sought {
  readonly name?: string
  readonly ids?: readonly string[]
  readonly phones?: readonly string[]
}
/**
 * Whoever names one whom he may not see, by name, number or phone, finds nobody, and that he tried is written down: by
 * whatever call, also where the call is refused.
 * @param call the endpoint that he asked
 */
export async function noteSought(
  ctx: Asking,
  call: string,
  { name = '', ids = [], phones = [] }: Sought,
): Promise<void> {
  const { unseen, countyCode } = ctx.caller
  if (!unseen || (name === '' && ids.length + phones.length === 0)) return
  const sought = await listSought(ctx.tx, countyCode, [...unseen], { name, ids, phones })
  ctx.entries.push(...sought.map((id) => triedEntry(ctx.now, call, id)))
}

/** Somebody as a file of others names him. */
interface Named {
  readonly name: string
  readonly idNo: string
  readonly phone: string
}
/** Whether somebody in a file is one whom the caller may not see, by his name, number or phone: then a namesake goes too. */
export async function unseenIn(ctx: Asking): Promise<(named: Named | null | undefined) => boolean> {
  const { unseen, unseenNumbers, countyCode } = ctx.caller
  if (!unseen) return () => false
  const keys = await listKeys(ctx.tx, countyCode, [...unseen])
  const names = new Set(keys.map((k) => k.name))
  const digests = new Set([...keys.flatMap((k) => [k.id_index, k.phone_index]), ...(unseenNumbers ?? [])])
  const isTheirs = (text: string) => ctx.sealer.indexes(text).some((digest) => digests.has(digest))
  return (named) =>
    !!named &&
    (names.has(named.name) ||
      (named.idNo !== '' && isTheirs(`id:${named.idNo}`)) ||
      (named.phone !== '' && (isTheirs(named.phone) || isTheirs(`phone:${named.phone}`))))
}

/** What else is of people whom an account may not see, as handles. */
export type FindTheirs = (
  reading: Reading,
  of: Pick<Kept, 'county' | 'people' | 'numbers'>,
) => Promise<readonly string[]>

/** The sessions of a book, each with whom its holder may not see, and what is theirs. */
export function unseeing(book: SessionBook, sealer: Sealer, theirs: readonly FindTheirs[]): SessionBook {
  const withTheirs = async (reading: Reading, caller: Caller): Promise<Caller> => {
    if (!caller.unseen) return caller
    const [county, people] = [caller.countyCode, [...caller.unseen]]
    const numbers = await numbersOf(reading, sealer, county, people)
    const found = await Promise.all(theirs.map((find) => find(reading, { county, people, numbers })))
    const unseen = new Set([...people, ...found.flat()])
    return { ...caller, unseen, unseenPeople: people, unseenNumbers: numbers }
  }
  return {
    touch: book.touch,
    find: async (reading, hash, now) => {
      const found = await book.find(reading, hash, now)
      return found && { ...found, caller: await withTheirs(reading, await withUnseen(reading, found.caller, now)) }
    },
  }
}
