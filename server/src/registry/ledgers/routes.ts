import { Worker } from 'node:worker_threads'
import type { FastifyRequest } from 'fastify'
import { Id } from '@fengge/domain/kernel/id'
import { maskPhone } from '@fengge/domain/kernel/text'
import { readAddress } from '@fengge/domain/registry/address'
import * as c from '@fengge/domain/registry/ledger-contract'
import { findColumns, findHeader, rowReader } from '@fengge/domain/registry/ledger-columns'
import { learnScale, scaled, type Scale } from '@fengge/domain/registry/linkage/calibrate'
import { doubt, sure } from '@fengge/domain/registry/linkage/link'
import type { LedgerRow } from '@fengge/domain/registry/linkage/records'
import { actAs } from '../../kernel/act-as.ts'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql, rowWritten, run } from '../../kernel/db/sql.ts'
import { insertInto } from '../../kernel/db/sink.ts'
import type { Engine } from '../../kernel/engine.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { readTable } from '../../kernel/read-table.ts'
import type { Serve } from '../../kernel/serve.ts'
import { Rooms } from '../bulk/rooms.ts'
import { dutiesOver, gridName, placeFor } from '../sight.ts'
import { within } from '../store/within.ts'
import type { Compared } from './compare-worker.ts'

const mostBytes = 20_000_000
const rowSink = insertInto('registry.ledger_row', {
  county_code: 'text',
  id: 'uuid',
  run_id: 'uuid',
  state: 'text',
  probability: 'double precision',
  agreement: 'int[]',
  employer_row: 'int',
  rental_row: 'int',
  cluster: 'int',
  grid_id: 'uuid',
  village_id: 'uuid',
  town_id: 'uuid',
  sealed: 'text',
})

export function ledgerRoutes(serve: Serve, engine: Engine): void {
  serve.stream(c.sendLedgers, (ctx, _ask, _reply, request) => receive(engine, ctx, request))
  serve.read(c.listLedgerRuns, async (ctx) => {
    const scope = within(ctx.caller)
    const runs = await rowsOf<{
      id: string
      at: Date
      employer_file: string
      rental_file: string
      employers: number
      rentals: number
      counts: Record<string, number>
    }>(
      ctx.tx,
      sql`
        select u.id, u.at, u.employer_file, u.rental_file, u.employers, u.rentals, x.counts
        from registry.ledger_run u
          cross join lateral (
            select coalesce(jsonb_object_agg(state, n), '{}') as counts
            from
              (select r.state, count(*) as n from registry.ledger_row r where ${scope} and r.run_id = u.id group by 1) s
          ) x
        where u.county_code = ${ctx.caller.countyCode} and (u.account_id = ${ctx.caller.accountId} or x.counts <> '{}')
        order by u.at desc
        limit 20
      `,
    )
    return {
      runs: runs.map((r) => ({
        id: r.id,
        at: r.at.toISOString(),
        employerFile: r.employer_file,
        rentalFile: r.rental_file,
        employers: r.employers,
        rentals: r.rentals,
        counts: r.counts,
      })),
    }
  })
  serve.read(c.listLedgerRows, async (ctx, ask) => {
    const rows = await rowsOf<{
      id: string
      state: c.LedgerRow['state']
      probability: number
      agreement: number[]
      employer_row: number | null
      rental_row: number | null
      cluster: number | null
      grid_id: string | null
      village_id: string | null
      town_id: string | null
      sealed: string
      decision: 'same' | 'other' | null
    }>(
      ctx.tx,
      sql`
        select
          r.id, r.state, r.probability, r.agreement, r.employer_row, r.rental_row, r.cluster, r.grid_id, r.village_id,
          r.town_id, r.sealed, r.decision
        from registry.ledger_row r
        where ${within(ctx.caller)} and r.run_id = ${ask.runId} and r.state = ${ask.state}
        order by r.decision nulls first, r.cluster, r.probability desc, r.id
        limit 200
      `,
    )
    ctx.look('registry.ledger-looked', ask.runId, { rows: rows.length })
    const side = (row: number | null, facts: LedgerRow | undefined) =>
      row === null || !facts
        ? null
        : {
            row,
            name: facts.name,
            idNo: facts.idNo === '' ? '' : `**************${facts.idNo.slice(-4)}`,
            phone: maskPhone(facts.phone),
            born: facts.born,
            address: facts.address,
          }
    return {
      rows: rows.map((r) => {
        const facts = JSON.parse(ctx.sealer.open(r.sealed)) as { employer?: LedgerRow; rental?: LedgerRow }
        return {
          id: r.id,
          state: r.state,
          probability: r.probability,
          agreement: r.agreement,
          employer: side(r.employer_row, facts.employer),
          rental: side(r.rental_row, facts.rental),
          cluster: r.cluster,
          gridName: gridName(r),
          decision: r.decision,
        }
      }),
    }
  })
  serve.write(c.decideLedger, async (ctx, ask) => {
    const row =
      (await rowWritten<{ id: string; grid_id: string | null; village_id: string | null; town_id: string | null }>(
        ctx.tx,
        sql`
          select r.id, r.grid_id, r.village_id, r.town_id
          from registry.ledger_row r
          where ${within(ctx.caller, 'registry.write')} and r.id = ${ask.id}
          for update
        `,
      )) ?? refuse('record.unknown', 404)
    await run(
      ctx.tx,
      sql`
        update registry.ledger_row
        set
          decision = ${ask.isSame ? 'same' : 'other'}, decided_by = ${ctx.caller.accountId},
          decided_at = ${new Date(ctx.now)}
        where county_code = ${ctx.caller.countyCode} and id = ${ask.id}
      `,
    )
    ctx.tell('registry.ledger-decided', { isSame: ask.isSame }, ask.id, dutiesOver(ctx.caller, row).posts[0] ?? null)
    return { done: true as const }
  })
}

function readLedger(name: string, bytes: Buffer): LedgerRow[] {
  const { header, rows } = readTable(name, bytes)
  const cells = [header, ...rows]
  const at = findHeader(cells)
  if (at < 0) refuse('import.no-header', 422, { file: name })
  return cells.slice(at + 1).map(rowReader(findColumns(cells[at]!)))
}

async function receive(engine: Engine, ctx: Asking, request: FastifyRequest) {
  if (!request.isMultipart()) refuse('file.broken', 422)
  const files = new Map<string, { name: string; bytes: Buffer }>()
  let id = ''
  for await (const part of request.parts({ limits: { fileSize: mostBytes, files: 2 } })) {
    if (part.type === 'file')
      files.set(part.fieldname, {
        name: part.filename,
        bytes: await part.toBuffer().catch(() => refuse('file.too-large', 413, { most: mostBytes })),
      })
    else if (part.fieldname === 'id') id = String(part.value)
  }
  const a = files.get('employers'),
    b = files.get('rentals')
  if (!a || !b || !Id.safeParse(id).success)
    return refuse('ask.invalid', 400, { fields: [{ field: 'id, employers, rentals', fault: 'invalid' }] })
  const employers = readLedger(a.name, a.bytes),
    rentals = readLedger(b.name, b.bytes)
  const found = await compareBeside(employers, rentals)
  const counts = { linked: 0, doubtful: 0, employerOnly: 0, rentalOnly: 0, manyRooms: 0 }
  await actAs(engine, ctx.caller, 'registry:ledgers', async (inner) => {
    const post = postsWith(ctx.caller, 'registry.import')[0]!
    const done = await run(
      inner.tx,
      sql`
        insert into
          registry.ledger_run (county_code, id, place_id, employer_file, rental_file, account_id, at, employers, rentals)
        values
          (${ctx.caller.countyCode}, ${id}, ${post.placeId}, ${a.name.slice(0, 200)}, ${b.name.slice(0, 200)}, ${ctx.caller.accountId}, ${new Date(ctx.now)}, ${employers.length}, ${rentals.length})
        on conflict do nothing
      `,
    )
    const rows = await resultRows(inner, id, post.placeId, employers, rentals, found)
    for (const r of rows)
      counts[
        (
          {
            linked: 'linked',
            doubtful: 'doubtful',
            'employer-only': 'employerOnly',
            'rental-only': 'rentalOnly',
            'many-rooms': 'manyRooms',
          } as const
        )[r.state]
      ]++
    if (done === 0) return
    for (let i = 0; i < rows.length; i += 2000) await run(inner.tx, rowSink.into(rows.slice(i, i + 2000)))
    inner.tell('registry.ledgers-compared', counts, id, post)
  })
  return { id, ...counts }
}

function compareBeside(employers: LedgerRow[], rentals: LedgerRow[]): Promise<Compared> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./compare-worker.ts', import.meta.url), { workerData: { employers, rentals } })
    worker.once('message', (m: Compared) => {
      resolve(m)
      void worker.terminate()
    })
    worker.once('error', reject)
  })
}

/** Results by state, each for the grid of its rented room; what has no known room goes to the one who asked. */
async function resultRows(
  ctx: Asking,
  runId: string,
  placeId: string,
  employers: readonly LedgerRow[],
  rentals: readonly LedgerRow[],
  found: Compared,
) {
  const scale = await learnt(ctx)
  const rooms = await Rooms.open(ctx, [], { batchId: runId, mark: { source: 'import', by: '', at: '' } })
  const addresses = rentals.map((r) => readAddress(r.address))
  await rooms.load(addresses.map((x) => x))
  const placeOf = (rental: number | undefined) => {
    const room = rental === undefined ? undefined : addresses[rental]
    const home = room && rooms.find(room)
    return placeFor(home?.gridId ?? placeId)
  }
  const make = (
    state: c.LedgerRow['state'],
    probability: number,
    agreement: readonly number[],
    e: number | undefined,
    r: number | undefined,
    cluster: number | null = null,
  ) => {
    const place = placeOf(r)
    return {
      county_code: ctx.caller.countyCode,
      id: freshId(ctx.now),
      run_id: runId,
      state,
      probability,
      agreement: [...agreement],
      employer_row: e === undefined ? null : e + 1,
      rental_row: r === undefined ? null : r + 1,
      cluster,
      grid_id: place.gridId,
      village_id: place.villageId,
      town_id: place.townId,
      sealed: ctx.sealer.seal(
        JSON.stringify({
          employer: e === undefined ? undefined : employers[e],
          rental: r === undefined ? undefined : rentals[r],
        }),
      ),
    }
  }
  const pairs = new Map([...found.links, ...found.doubtful].map((p) => [`${p.a}/${p.b}`, p]))
  const rows = [...pairs.values()].flatMap((p) => {
    const chance = scaled(p.probability, scale)
    return chance < doubt ? [] : [make(chance >= sure ? 'linked' : 'doubtful', chance, p.agreement, p.a, p.b)]
  })
  const usedA = new Set(found.links.map((l) => l.a)),
    usedB = new Set(found.links.map((l) => l.b))
  employers.forEach((_, i) => {
    if (!usedA.has(i)) rows.push(make('employer-only', 0, [], i, undefined))
  })
  rentals.forEach((_, j) => {
    if (!usedB.has(j)) rows.push(make('rental-only', 0, [], undefined, j))
  })
  found.clusters.forEach((cluster, k) => {
    for (const m of cluster.members) rows.push(make('many-rooms', cluster.probability, [], undefined, m, k + 1))
  })
  return rows
}

/** What people decided in this county so far. */
async function learnt(ctx: Asking): Promise<Scale> {
  const rows = await rowsOf<{ probability: number; decision: 'same' | 'other' }>(
    ctx.tx,
    sql`
      select probability, decision
      from registry.ledger_row
      where county_code = ${ctx.caller.countyCode} and decision is not null
      order by decided_at desc
      limit 5000
    `,
  )
  return learnScale(rows.map((r) => ({ probability: r.probability, isSame: r.decision === 'same' })))
}
