/** Sends a file as the phone does, in one piece, and says what became of it. */
import type { Login, World } from '../world.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'

export interface SentFile {
  readonly id?: string
  readonly name?: string
  readonly type?: string
}
/** What the server said in the end; `problem` where it refused. */
export interface Outcome {
  readonly id: string
  readonly status: number
  readonly problem: string | undefined
}

const b64 = (text: string) => Buffer.from(text).toString('base64')
export const baseOf = ({ app }: Pick<World, 'app'>): string =>
  `http://127.0.0.1:${(app.server.address() as { port: number }).port}`

export const begin = (base: string, login: Login, size: number, { id = freshId(), name = 'a', type = '' }: SentFile) =>
  fetch(`${base}/api/files`, {
    method: 'POST',
    headers: {
      authorization: `Bearer token-${login}`,
      'tus-resumable': '1.0.0',
      'upload-length': String(size),
      'upload-metadata': `id ${b64(id)},name ${b64(name)},phase ${b64('before')},type ${b64(type)}`,
    },
  })

export async function upload(base: string, login: Login, bytes: Buffer, sent: SentFile = {}): Promise<Outcome> {
  const id = sent.id ?? freshId()
  const begun = await begin(base, login, bytes.length, { ...sent, id })
  if (begun.status !== 201) return outcomeOf(id, begun)
  const done = await fetch(`${base}/api/files/${id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer token-${login}`,
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': '0',
    },
    body: new Uint8Array(bytes),
  })
  return outcomeOf(id, done)
}

async function outcomeOf(id: string, answer: Response): Promise<Outcome> {
  const text = await answer.text()
  const { problem } = (text.startsWith('{') ? JSON.parse(text) : {}) as { problem?: string }
  return { id, status: answer.status, problem }
}
