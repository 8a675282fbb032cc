/** Looks into documents beside the thread that serves. */
import { readFile } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import { bring, type Errand } from '../beside.ts'
import { judgeOffice } from './judge-office.ts'
import { judgePdf } from './judge-pdf.ts'

export const judges = {
  pdf: async (path: string) => judgePdf(await readFile(path)),
  office: async (path: string) => judgeOffice(path, await readFile(path)),
} as const

parentPort?.on('message', ({ task, given }: Errand) => {
  judges[task as keyof typeof judges](String(given)).then(
    () => parentPort!.postMessage(bring(() => null)),
    (error: unknown) =>
      parentPort!.postMessage(
        bring(() => {
          throw error
        }),
      ),
  )
})
