/** Where somebody is registered, for those who answer for the place. Each question counts, and each found is a look at him. */
import { normal } from '@fengge/domain/kernel/text'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { documentOf, readDocument } from '@fengge/domain/registry/documents/document-kinds'
import { fullId, readIdNumber } from '@fengge/domain/registry/identity-number'
import { readName, readPhone } from '@fengge/domain/registry/linkage/records'
import { mostTraced, type tracePersons as promise, type Traced } from '@fengge/domain/registry/trace-contract'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { countQuestion } from '../questions.ts'
import { noteSought, type Sought } from '../recusal/unseen.ts'
import { placeOf } from '../sight.ts'
import { selectPersons, type PersonRow } from '../store/records.ts'
import { within } from '../store/within.ts'

type Ask = AskOf<typeof promise>

export async function tracePersons(ctx: Asking, ask: Ask): Promise<ReplyOf<typeof promise>> {
  const wanted = readWanted(ask) ?? refuse('trace.unclear', 422)
  await noteSought(ctx, 'tracePersons', soughtBy(ctx, wanted))
  // To narrow by a year is to ask once more.
  const year = ask.bornYear === undefined ? '' : ` ${ask.bornYear}`
  await countQuestion(ctx, [`${wanted.kind}:${wanted.key}${year}`])
  const rows = await rowsOf(
    ctx.tx,
    selectPersons(sql`
      where ${within(ctx, 'registry.trace', ask.placeId)}
        and r.state = 'live'
        and ${heldBy(ctx, wanted)} ${bornIn(ask.bornYear)}
      limit ${mostTraced + 1}
    `),
  )
  const isMore = rows.length > mostTraced
  const found = isMore ? [] : rows
  const { purpose, note, eventId } = ask
  ctx.look('registry.traced', ctx.caller.countyCode, { by: wanted.kind, purpose, note, eventId, found: rows.length })
  for (const row of found) ctx.look('registry.person-traced', row.id, { purpose, note, eventId })
  return { persons: found.map((row) => traced(ctx, row)), isMore }
}

interface Wanted {
  readonly kind: 'id' | 'phone' | 'name'
  readonly key: string
}

/** A whole number, phone or name; parts of one would be a way to leaf through the county. */
function readWanted({ text, idKind }: Ask): Wanted | undefined {
  if (idKind !== undefined) {
    const read = readDocument(documentOf(idKind), text)
    return 'value' in read ? { kind: 'id', key: read.value } : undefined
  }
  const plain = normal(text, 'NFKC').replaceAll(/[\s-]/g, '')
  const id = readIdNumber(plain)
  if (id && /^\d{15,17}[\dXx]?$/.test(plain)) return { kind: 'id', key: fullId(id) }
  const phone = readPhone(plain)
  if (/^\+?\d{7,13}$/.test(plain)) return phone === '' ? undefined : { kind: 'phone', key: phone }
  const name = readName(text)
  return /^[\p{Script=Han}A-Z]{2,40}$/u.test(name) && !/^\p{Script=Han}$/u.test(name)
    ? { kind: 'name', key: normal(text, 'NFKC').trim() }
    : undefined
}

function soughtBy(ctx: Asking, { kind, key }: Wanted): Sought {
  const digests = ctx.sealer.indexes(`${kind}:${key}`)
  return { name: { name: key }, id: { ids: digests }, phone: { phones: digests } }[kind]
}

function heldBy(ctx: Asking, { kind, key }: Wanted): RawBuilder<unknown> {
  if (kind === 'name') return sql`r.name = ${key}`
  const column = sql.ref(kind === 'id' ? 'r.id_index' : 'r.phone_index')
  return sql`${column} = any(${ctx.sealer.indexes(`${kind}:${key}`)}::text[])`
}

const bornIn = (year: number | undefined): RawBuilder<unknown> =>
  year === undefined ? sql`` : sql`and r.born between ${`${year}-01-01`} and ${`${year}-12-31`}`

function traced(ctx: Asking, row: PersonRow): Traced {
  const tree = placeTree(ctx)
  const at = placeOf(row)
  const isBelowCounty = (tier: string) => tier !== 'province' && tier !== 'city' && tier !== 'county'
  const trail = at === null ? [] : tree.line(at).filter((node) => isBelowCounty(node.tier))
  return {
    name: row.name,
    sex: String(row.body['sex'] ?? ''),
    bornYear: row.born === null ? null : Number(String(row.born).slice(0, 4)),
    trail: trail.map((node) => node.name),
  }
}
