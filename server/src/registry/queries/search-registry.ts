/** One box: a phone, a number, four last digits, a name, its pinyin or initials, an address, a unit. */
import { normal } from '@fengge/domain/kernel/text'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { searchRegistry as promise } from '@fengge/domain/registry/contract'
import { documentOf, ownKinds, readDocument } from '@fengge/domain/registry/documents/document-kinds'
import { fullId, readIdNumber } from '@fengge/domain/registry/identity-number'
import { readPhone } from '@fengge/domain/registry/linkage/records'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { countQuestion } from '../questions.ts'
import { selectRecords, type RecordRow } from '../store/records.ts'
import { noteSought } from '../recusal/unseen.ts'
import { within } from '../store/within.ts'
import { briefsOf } from './briefs.ts'
import { findHouses } from './find-houses.ts'
import { startsWith } from './patterns.ts'

const most = 20
/** Estates are looked through by their sound only where fewer people than this sound like it. */
const fewPeople = 5

type Reply = ReplyOf<typeof promise>
interface Search {
  readonly ctx: Asking
  readonly text: string
  readonly placeId: string | undefined
  readonly scope: RawBuilder<unknown>
}

export async function searchRegistry(ctx: Asking, ask: AskOf<typeof promise>): Promise<Reply> {
  const text = normal(ask.text, 'NFKC').trim()
  if (text === '') return { records: [] }
  const [ids, phones] = [ctx.sealer.indexes(`id:${text.toUpperCase()}`), ctx.sealer.indexes(`phone:${text}`)]
  await noteSought(ctx, 'searchRegistry', { name: text, ids, phones })
  const search = { ctx, text, placeId: ask.placeId, scope: within(ctx, 'registry.read', ask.placeId) }
  const digits = readDigits(text)
  if (digits) return findByDigits(search, digits)
  const letters = text.toLowerCase().replaceAll(/\s/g, '')
  const reply = await (/^[a-z]+$/.test(letters) ? findBySound(search, letters) : findByWords(search))
  const people = reply.records.filter((r) => r.kind === 'person').length
  if (people > 0) ctx.look('registry.searched', ctx.caller.countyCode, { people })
  return reply
}

const persons = (s: Search, where: RawBuilder<unknown>, order = sql``): Promise<RecordRow[]> =>
  rowsOf(
    s.ctx.tx,
    selectRecords('person', sql`where ${s.scope} and r.state = 'live' and ${where} ${order} limit ${most}`),
  )

/**
 * A number or phone says that one knows the person, or that one tries: each is counted against a quota, and that one
 * searched for it is kept, found or not; the number itself is not.
 */
async function findByDigits(s: Search, digits: Digits): Promise<Reply> {
  await countQuestion(s.ctx, [`${digits.kind}:${digits.key}`])
  const found = await persons(s, heldBy(s, digits))
  s.ctx.look('registry.searched-by-number', s.ctx.caller.countyCode, { found: found.length })
  return { records: await briefsOf(s.ctx, 'person', found) }
}

async function findBySound(s: Search, letters: string): Promise<Reply> {
  const [spelled, initials] = await Promise.all([
    persons(s, sql`r.spelled like ${startsWith(letters)}`, sql`order by r.spelled using ~<~`),
    letters.length <= 6 ? persons(s, sql`r.initials = ${letters}`) : [],
  ])
  const found = [...new Map([...initials, ...spelled].map((r) => [r.id, r])).values()].slice(0, most)
  const houses = found.length < fewPeople ? await findHouses(s.ctx, s.text, s.placeId) : []
  return { records: [...(await briefsOf(s.ctx, 'person', found)), ...(await briefsOf(s.ctx, 'house', houses))] }
}

async function findByWords(s: Search): Promise<Reply> {
  const isName = /^[\p{Script=Han}·]{1,12}$/u.test(s.text)
  const byName = sql`r.name like ${startsWith(s.text)}`
  const inOrder = sql`order by r.name using ~<~`
  const [names, houses, units] = await Promise.all([
    isName ? persons(s, byName, inOrder) : [],
    findHouses(s.ctx, s.text, s.placeId),
    rowsOf(
      s.ctx.tx,
      selectRecords('unit', sql`where ${s.scope} and r.state = 'live' and ${byName} ${inOrder} limit ${most}`),
    ),
  ])
  return {
    records: [
      ...(await briefsOf(s.ctx, 'person', names)),
      ...(await briefsOf(s.ctx, 'house', houses)),
      ...(await briefsOf(s.ctx, 'unit', units)),
    ],
  }
}

interface Digits {
  readonly kind: 'id' | 'phone' | 'tail'
  readonly key: string
  /** Numbers of other documents that the same signs may be: one question, whichever it is. */
  readonly others?: readonly string[]
}

/** What digits ask for: a whole number of any document, a phone, or the last four of either; undefined for other texts. */
function readDigits(text: string): Digits | undefined {
  const plain = text.replaceAll(/[\s-]/g, '')
  const id = readIdNumber(plain)
  if (id && /^\d{15,17}[\dXx]?$/.test(plain)) return { kind: 'id', key: fullId(id) }
  const phone = readPhone(plain)
  if (/^\+?\d{7,13}$/.test(plain) && phone !== '') return { kind: 'phone', key: phone }
  if (/^\d{3}[\dXx]$/.test(plain)) return { kind: 'tail', key: plain.toUpperCase() }
  const [key, ...others] = ownNumbers(plain)
  return key === undefined ? undefined : { kind: 'id', key, others }
}

/** A passport or permit as it may be kept: few letters and many digits, or digits of a length that is no phone's. */
function ownNumbers(plain: string): string[] {
  if (!/^([A-Za-z]{1,3}\d{6,15}|\d{8,10}[A-Za-z]?)$/.test(plain)) return []
  return ownKinds.flatMap((code) => {
    const read = readDocument(documentOf(code), plain)
    return 'value' in read ? [read.value] : []
  })
}

/**
 * The last four of a phone show in its mask; those of an identity number nowhere, so by them only who may reveal the
 * number finds anybody: beside a birth day they are nearly all of it.
 */
function heldBy({ ctx, placeId }: Search, { kind, key, others = [] }: Digits): RawBuilder<unknown> {
  const among = (column: string, ...texts: string[]) =>
    sql`${sql.ref(`r.${column}`)} = any(${texts.flatMap((text) => ctx.sealer.indexes(text))}::text[])`
  if (kind !== 'tail') return among(`${kind}_index`, ...[key, ...others].map((one) => `${kind}:${one}`))
  const mayKnow = within(ctx, 'registry.reveal-core', placeId)
  return sql`(${among('phone_tail', `phone4:${key}`)} or (${among('id_tail', `id4:${key}`)} and ${mayKnow}))`
}
