/** Sends a file as the phone does, in one piece, and says what became of it. */
import sharp from 'sharp'
import type { Login, World } from '../world.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'

export interface SentFile {
  readonly id?: string
  readonly name?: string
  readonly type?: string
  /** For which part of the life of its event. */
  readonly phase?: string
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

export const begin = (base: string, login: Login, size: number, sent: SentFile) => {
  const { id = freshId(), name = 'a', type = '', phase = 'before' } = sent
  return fetch(`${base}/api/files`, {
    method: 'POST',
    headers: {
      authorization: `Bearer token-${login}`,
      'tus-resumable': '1.0.0',
      'upload-length': String(size),
      'upload-metadata': `id ${b64(id)},name ${b64(name)},phase ${b64(phase)},type ${b64(type)}`,
    },
  })
}

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

/** Photos of an event, one for each of some phases, as a screen sends them before an act. @returns what the act carries */
export async function photosOf(base: string, login: Login, phases: readonly string[]): Promise<string[]> {
  photo ??= sharp({ create: { width: 8, height: 8, channels: 3, background: '#7a8' } })
    .jpeg()
    .toBuffer()
  const bytes = await photo
  const ids: string[] = []
  for (const phase of phases) {
    const { id, problem } = await upload(base, login, bytes, { phase, type: 'image/jpeg' })
    if (problem !== undefined) throw new Error(problem)
    ids.push(id)
  }
  return ids
}
let photo: Promise<Buffer> | undefined
