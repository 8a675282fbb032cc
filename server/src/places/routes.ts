import * as p from '@fengge/domain/places/contract'
import type { Ctx } from '../kernel/context.ts'
import type { Ground } from '../kernel/ground.ts'
import type { Job } from '../kernel/jobs.ts'
import type { Serve } from '../kernel/serve.ts'
import * as n from '@fengge/domain/places/net-contract'
import * as carry from './commands/carry-out.ts'
import * as net from './commands/change-net.ts'
import { foreseeChange } from './foresee.ts'
import { importAreas } from './commands/import-areas.ts'
import { importBorders, importLayer, saveNorm, saveWeights } from './commands/import-borders.ts'
import { orderChange, runOrders, withdrawOrder } from './commands/order-change.ts'
import { listNetOrders } from './queries/net-orders.ts'
import * as borders from './queries/borders.ts'
import * as checks from './queries/net.ts'
import * as q from './queries/places.ts'
import { reloadAfter } from './tree-in-force.ts'

export const netOrderJob: Job = {
  name: 'places.net-orders',
  everyMs: 1500,
  run: async (ground) => {
    await runOrders(ground)
  },
}

export function placesRoutes(serve: Serve, ground: Ground): void {
  const reloading =
    <A, R>(command: (ctx: Ctx, ask: A) => Promise<R>) =>
    async (ctx: Ctx, ask: A) => {
      reloadAfter(ctx, ground.database)
      // Staff follow their grids: whoever is signed in gets his new posts with the next call.
      ctx.afterCommit.push(() => ground.sessions.forget())
      return command(ctx, ask)
    }
  serve.read(p.listChildren, q.listChildren)
  serve.read(p.searchPlaces, q.searchPlaces)
  serve.read(p.getPlace, q.getPlace)
  serve.read(p.getBorders, borders.getBorders)
  serve.read(p.locatePoint, borders.locatePoint)
  serve.read(p.checkNet, checks.checkNet)
  serve.read(n.foreseeChange, foreseeChange)
  serve.read(p.getNorms, checks.getNorms)
  serve.read(p.getWeights, checks.getWeights)
  serve.write(p.saveWeights, saveWeights)
  serve.read(p.listLevels, q.listLevels)
  serve.write(p.importAreas, reloading(importAreas))
  serve.write(p.importBorders, reloading(importBorders))
  serve.write(p.drawGrid, reloading(net.drawGrid))
  serve.read(n.listNetOrders, listNetOrders)
  serve.write(n.orderChange, orderChange)
  serve.write(n.withdrawOrder, withdrawOrder)
  serve.write(n.moveBorder, reloading(carry.moveBorder))
  serve.write(n.splitGrid, reloading(carry.splitGrid))
  serve.write(n.mergeGrids, reloading(carry.mergeGrids))
  serve.write(n.closeGrid, reloading(carry.closeGrid))
  serve.write(n.carveGrid, reloading(carry.carveGrid))
  serve.write(p.changeGrid, reloading(net.changeGrid))
  serve.write(p.saveLevel, net.saveLevel)
  serve.write(p.saveNorm, saveNorm)
  serve.write(p.importLayer, importLayer)
}
