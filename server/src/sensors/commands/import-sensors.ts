/** Devices out of a table: a trial, the whole file, or the rows without a fault (E3). The file is read before the transaction begins. */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { mostFaultsTold, mostImported, type importSensors as promise } from '@fengge/domain/sensors/contract'
import { sensorRegistered, sensorsImported } from '@fengge/domain/sensors/facts'
import { sensorKindWords } from '@fengge/web/words/sensors.ts'
import type { Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { hashToken, makeToken } from '../../kernel/sessions.ts'
import { fullName } from '../../places/door.ts'
import { sayFault } from '../bulk/columns.ts'
import { readDevices, type ReadFile } from '../bulk/read-rows.ts'
import { settleRows } from '../bulk/settle-rows.ts'
import { writeKeys, writeToMend } from '../bulk/workbooks.ts'
import { placeOf } from '../keeping.ts'
import { addDevices, type Standing } from '../store/devices.ts'

type Reply = ReplyOf<typeof promise>

export const importSensors: Prepared<typeof promise, ReadFile> = {
  prepare: async ({ now }, { fileName, base64 }) => {
    const file = await readDevices(fileName, Buffer.from(base64, 'base64'), dayOf(now))
    if (file.rows.length > mostImported) refuse('file.too-large', 413, { rows: mostImported })
    return file
  },
  command: async (ctx, { mode }, { header, rows: read }): Promise<Reply> => {
    const rows = await settleRows(ctx, read)
    const faulty = rows.filter((r) => r.faults.length > 0)
    const fresh = rows.flatMap((r) => r.standing ?? [])
    const isRefused = mode === 'all' && faulty.length > 0
    const isWritten = mode !== 'trial' && !isRefused
    const keys = isWritten && fresh.length > 0 ? await add(ctx, fresh) : null
    const created = isRefused ? 0 : fresh.length
    ctx.tell(sensorsImported, { mode, rows: rows.length, created, faulty: faulty.length }, ctx.requestId)
    return {
      rows: rows.length,
      created,
      same: rows.length - faulty.length - fresh.length,
      faulty: faulty.length,
      faults: faulty
        .flatMap(({ row, faults }) => faults.map((f) => ({ row, column: f.column, fault: sayFault(f.fault) })))
        .slice(0, mostFaultsTold),
      toMend: faulty.length > 0 ? await writeToMend(header, faulty) : null,
      keys,
    }
  },
}

/** Writes them, each with a key of its own. @returns the workbook of the keys */
async function add(ctx: Ctx, fresh: readonly Standing[]): Promise<string> {
  const devices = fresh.map((standing) => ({ ...standing, id: freshId(ctx.now), key: makeToken() }))
  await addDevices(
    ctx.tx,
    ctx.caller.countyCode,
    new Date(ctx.now),
    devices.map(({ key, ...device }) => ({ ...device, keyHash: hashToken(key) })),
  )
  for (const { id, kind } of devices) ctx.tell(sensorRegistered, { kind }, id)
  return writeKeys(
    devices.map((d) => {
      const placeId = placeOf(d)
      return {
        kind: sensorKindWords[d.kind][0],
        name: d.name,
        placeName: placeId === null ? '' : fullName(ctx, placeId),
        spot: d.spot,
        key: d.key,
      }
    }),
  )
}
