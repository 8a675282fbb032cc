/** Reads files of area codes beside the thread that serves. */
import { parentPort } from 'node:worker_threads'
import { bring, type Errand } from '../../kernel/beside.ts'
import { readAreas } from './read-areas.ts'

parentPort!.on('message', ({ given }: Errand) => parentPort!.postMessage(bring(() => readAreas(given as string))))
