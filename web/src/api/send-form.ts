/** Sends files with fields to an endpoint that takes a form; fields go first, since the server reads in order. */
import type { Endpoint, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Problem } from '@fengge/domain/kernel/problem'
import { Refused } from './call.ts'

export async function sendForm<E extends Endpoint>(
  promise: E,
  fields: Readonly<Record<string, string>>,
  files: Readonly<Record<string, File>>,
): Promise<ReplyOf<E>> {
  const body = new FormData()
  for (const [name, value] of [...Object.entries(fields), ...Object.entries(files)]) body.append(name, value)
  const answer = await fetch(promise.path, { method: 'POST', body, credentials: 'same-origin' }).catch(() => {
    throw new Refused({ problem: 'network.down', status: 0 })
  })
  if (!answer.ok)
    throw new Refused(
      (await answer.json().catch(() => ({ problem: 'server.failed', status: answer.status }))) as Problem,
    )
  return (await answer.json()) as ReplyOf<E>
}
