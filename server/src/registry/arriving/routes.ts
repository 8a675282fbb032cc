import * as c from '@fengge/domain/registry/arriving/contract'
import type { Serve } from '../../kernel/serve.ts'
import { decideArrival, missArrival, takeArrival } from './answer-arrival.ts'
import { listArrivals } from './list-arrivals.ts'
import { offerMover } from './offer-mover.ts'

export function arrivingRoutes(serve: Serve): void {
  serve.write(c.offerMover, offerMover)
  serve.write(c.takeArrival, takeArrival)
  serve.write(c.missArrival, missArrival)
  serve.write(c.decideArrival, decideArrival)
  serve.read(c.listArrivals, listArrivals)
}
