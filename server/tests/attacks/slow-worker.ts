/** A thread that is told how long to work, or to fill its memory: for tests of what is lent. */
import { parentPort } from 'node:worker_threads'
import { bring, type Errand } from '../../src/kernel/beside.ts'

function work({ task, given }: Errand): unknown {
  const held: number[][] = []
  const until = performance.now() + Number(given)
  while (performance.now() < until) if (task === 'fill') held.push(Array.from({ length: 100_000 }, Math.random))
  if (task === 'fail') throw new Error('on purpose')
  return task
}

parentPort!.on('message', (errand: Errand) => parentPort!.postMessage(bring(() => work(errand))))
