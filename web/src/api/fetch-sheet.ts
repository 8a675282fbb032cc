/** Takes a workbook that a posted question answers with, and hands it to the browser to keep. */
import type { Endpoint, SentOf } from '@fengge/domain/kernel/endpoint'
import type { Problem } from '@fengge/domain/kernel/problem'
import { Refused } from './call.ts'

export async function fetchSheet<E extends Endpoint>(promise: E, ask: SentOf<E>): Promise<void> {
  const answer = await fetch(promise.path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ask),
  }).catch(() => {
    throw new Refused({ problem: 'network.down', status: 0 })
  })
  if (!answer.ok)
    throw new Refused(
      (await answer.json().catch(() => ({ problem: 'server.failed', status: answer.status }))) as Problem,
    )
  keepFile(await answer.blob(), nameIn(answer.headers.get('content-disposition') ?? ''))
}

const nameIn = (disposition: string): string =>
  decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1] ?? 'export.xlsx')

export function keepFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
