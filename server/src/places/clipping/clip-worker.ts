/** Does the arithmetic of borders beside the thread that serves. */
import { parentPort } from 'node:worker_threads'
import { bring, type Errand } from '../../kernel/beside.ts'
import { pack, unpack } from './pack.ts'
import { tasks } from './tasks.ts'

const known: Readonly<Record<string, (...given: never[]) => unknown>> = tasks

async function answer({ task, given }: Errand): Promise<void> {
  const own = (await unpack(given)) as never[]
  const brought = bring(() => known[task]!(...own))
  if (!('value' in brought)) return parentPort!.postMessage(brought)
  const { packed, blocks } = await pack(brought.value)
  parentPort!.postMessage({ value: packed }, blocks)
}

parentPort!.on('message', (errand: Errand) => void answer(errand))
