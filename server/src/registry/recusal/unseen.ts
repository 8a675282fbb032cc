/** A caller with whom he may not see: what the one place that decides over reach (sight.ts, store/within.ts) goes by. */
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asking, Caller } from '../../kernel/context.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { triedEntry } from '../../kernel/unseen.ts'
import type { SessionBook } from '../../kernel/sessions.ts'
import { hasPhone, listSought, listUnseen } from './store.ts'

export async function withUnseen(reading: Reading, caller: Caller, now: number): Promise<Caller> {
  // Administrators reach no person by their posts; the auditor reads the journal whole, or a mark would hide what was done.
  if (caller.accountId === null || caller.isAdmin) return caller
  const ids = await listUnseen(reading, caller.countyCode, caller.accountId, dayOf(now))
  return ids.length === 0 ? caller : { ...caller, unseen: new Set(ids) }
}

/** Whether a phone that somebody left with what he told is of one whom the caller may not see. */
export async function isPhoneUnseen(ctx: Asking, phones: readonly string[]): Promise<boolean> {
  const { unseen, countyCode } = ctx.caller
  if (!unseen || phones.length === 0) return false
  return hasPhone(
    ctx.tx,
    countyCode,
    [...unseen],
    phones.map((phone) => ctx.sealer.index(`phone:${phone}`)),
  )
}

/** A search by the name or number of one whom the caller may not see finds nobody, and is written down. */
export async function noteSought(ctx: Asking, name: string, text: string): Promise<void> {
  const { unseen, countyCode } = ctx.caller
  if (!unseen) return
  const keys = {
    name: text,
    number: ctx.sealer.index(`id:${text.toUpperCase()}`),
    phone: ctx.sealer.index(`phone:${text}`),
  }
  const sought = await listSought(ctx.tx, countyCode, [...unseen], keys)
  ctx.entries.push(...sought.map((id) => triedEntry(ctx.now, name, id)))
}

/** The sessions of a book, each with whom its holder may not see. */
export const unseeing = (book: SessionBook): SessionBook => ({
  touch: book.touch,
  find: async (reading, hash, now) => {
    const found = await book.find(reading, hash, now)
    return found && { ...found, caller: await withUnseen(reading, found.caller, now) }
  },
})
