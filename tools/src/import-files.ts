/** Imports from the command line, by the same commands as the screens use. */
import { readFileSync } from 'node:fs'
import { submitTicket } from '@fengge/server/events/commands/submit-ticket'
import { numberLetters, readCalls } from '@fengge/server/events/read-calls'
import { suggestOne } from '@fengge/server/events/jobs'
import { decodeText } from '@fengge/server/kernel/workbooks/file-text'
import { readTable } from '@fengge/server/kernel/workbooks/read-table'
import { relearn } from '@fengge/server/events/suggest'
import { actAs } from '@fengge/server/kernel/act-as'
import { systemCaller } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import { problemOf } from '@fengge/server/kernel/problems'
import { importAreas } from '@fengge/server/places/commands/import-areas'
import { refreshTree } from '@fengge/server/places/door'

export interface AreaResult {
  added: number
  renamed: number
  unchanged: number
  errors: unknown[]
}

/** All rows or none; a broken file gives every fault by row and column. */
export async function importAreaFile(engine: Engine, file: string): Promise<AreaResult> {
  const csv = decodeText(readFileSync(file))
  try {
    const result = await actAs(engine, systemCaller('000000'), 'cli:areas', (ctx) =>
      importAreas(ctx, { requestId: ctx.requestId, csv, isTrial: false }),
    )
    await refreshTree(engine)
    return result
  } catch (error) {
    const refused = problemOf(error)
    if (refused?.problem !== 'areas.rejected') throw error
    return { added: 0, renamed: 0, unchanged: 0, errors: (refused.details?.['errors'] ?? []) as unknown[] }
  }
}

export interface LetterResult {
  added: number
  known: number
  suggested: number
  learnt: Record<string, number>
  errors: unknown[]
}

/** Letters of citizens become hotline events with a suggested category and likely duplicates, each with its reason. */
export async function importLetters(
  engine: Engine,
  county: string,
  file: string,
  taxonomy: Parameters<typeof relearn>[2],
): Promise<LetterResult> {
  const table = await readTable('letters.csv', readFileSync(file))
  const { calls, faults } = await readCalls(numberLetters(table))
  if (faults.length > 0) return { added: 0, known: 0, suggested: 0, learnt: {}, errors: faults }
  const caller = systemCaller(county)
  const fresh: string[] = []
  for (const call of calls) {
    const { id, isNew } = await actAs(engine, caller, 'cli:letter', (ctx) => submitTicket(ctx, call))
    if (isNew) fresh.push(id)
  }
  const learnt = await relearn(engine, county, taxonomy)
  for (const id of fresh) await suggestOne(engine, county, id)
  return { added: fresh.length, known: calls.length - fresh.length, suggested: fresh.length, learnt, errors: [] }
}
