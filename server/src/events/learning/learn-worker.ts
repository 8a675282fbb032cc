/** Learns models beside the thread that serves. */
import { parentPort } from 'node:worker_threads'
import { StoredModel } from '@fengge/domain/events/stored'
import { learn } from '@fengge/domain/events/suggesting/triage'
import { bring, type Errand } from '../../kernel/beside.ts'
import { bagsOf, type Taught } from './bags.ts'

parentPort!.on('message', ({ given }: Errand) =>
  parentPort!.postMessage(bring(() => JSON.stringify(StoredModel.numbered(learn(bagsOf(given as readonly Taught[])))))),
)
