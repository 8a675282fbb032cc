/** Files sent to be imported, and what came of them. */
import { identityCheck } from '@fengge/domain/kernel/checksum'
import type { Batch } from '@fengge/domain/registry/bulk-contract'
import type { ImportKind } from '@fengge/domain/registry/terms'
import { rowOf, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { runImports } from '../src/registry/bulk/import-turns.ts'
import type { Login, World } from './world.ts'

export const header = ['姓名', '身份证号', '手机', '地址', '与房屋关系', '网格编码']

/** A number of the reserved range that checks. */
export const numberOf = (seq: number): string => {
  const body = `34122519900304${String(seq).padStart(3, '0')}`
  return body + identityCheck(body)
}

export const csv = (rows: readonly (readonly (string | number)[])[]): string => rows.map((r) => r.join(',')).join('\n')

export interface Sent {
  readonly status: number
  readonly id: string
}

/** Sends a file and imports it at once; `good` and persons unless said otherwise. */
export async function sendFile(
  world: World,
  login: Login,
  file: { readonly name: string; readonly bytes: Buffer | string },
  how: { readonly kind?: ImportKind; readonly mode?: Batch['mode'] } = {},
): Promise<Sent> {
  const id = freshId()
  const line = '----fengge-test'
  const fields = { id, kind: how.kind ?? 'person', mode: how.mode ?? 'good' }
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${line}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${line}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/registry/import',
    headers: { authorization: `Bearer token-${login}`, 'content-type': `multipart/form-data; boundary=${line}` },
    payload: Buffer.concat([
      Buffer.from(parts.join('') + head),
      Buffer.from(file.bytes),
      Buffer.from(`\r\n--${line}--\r\n`),
    ]),
  })
  if (answer.statusCode === 200) await runImports(world.engine)
  return { status: answer.statusCode, id }
}

/** How an import ended; read past the list, which shows the last fifty. */
export async function batchOf(world: World, id: string): Promise<Ended> {
  const batch = await rowOf<Ended>(
    world.engine.database.read,
    sql`select state, problem, rows, created, changed, same, faults from registry.batch where id = ${id}`,
  )
  if (!batch) throw new Error(`no import ${id}`)
  return batch
}
export type Ended = Pick<Batch, 'state' | 'problem' | 'rows' | 'created' | 'changed' | 'same' | 'faults'>

/** Sends a file; gives how its import ended. */
export async function importFile(...sent: Parameters<typeof sendFile>): Promise<Ended> {
  const { status, id } = await sendFile(...sent)
  if (status !== 200) throw new Error(`the file was refused: ${status}`)
  return batchOf(sent[0], id)
}

/** Live records of a kind. */
export async function countLive(world: World, kind: string): Promise<number> {
  const row = await rowOf<{ n: number }>(
    world.engine.database.read,
    sql`select count(*) as n from ${sql.table(`registry.${kind}`)} where state = 'live'`,
  )
  return Number(row?.n)
}
