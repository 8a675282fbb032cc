/** Does the arithmetic of borders beside the thread that serves. */
import { parentPort } from 'node:worker_threads'
import { bring, type Errand } from '../../kernel/beside.ts'
import { pack, unpack } from './pack.ts'
import { tasks } from './tasks.ts'

const known: Readonly<Record<string, (...given: never[]) => unknown>> = tasks

parentPort!.on('message', ({ task, given }: Errand) => {
  const brought = bring(() => known[task]!(...(unpack(given) as never[])))
  if (!('value' in brought)) return parentPort!.postMessage(brought)
  const { packed, blocks } = pack(brought.value)
  parentPort!.postMessage({ value: packed }, blocks)
})
