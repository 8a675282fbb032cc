import * as p from '@fengge/domain/places/contract'
import type { AskOf, Endpoint } from '@fengge/domain/kernel/endpoint'
import type { Ctx } from '../kernel/context.ts'
import type { Ground } from '../kernel/ground.ts'
import type { Job } from '../kernel/jobs.ts'
import type { Prepared } from '../kernel/run-call.ts'
import type { Serve } from '../kernel/serve.ts'
import * as n from '@fengge/domain/places/net-contract'
import * as f from '@fengge/domain/places/folding-contract'
import { warmClipping } from './clipping/beside.ts'
import * as carry from './commands/carry-out.ts'
import * as net from './commands/change-net.ts'
import { foldArea, withdrawFolding } from './commands/fold-area.ts'
import { foreseeChange } from './foresee.ts'
import { importSentAreas } from './commands/import-areas.ts'
import { importBorders, saveNorm, saveWeights } from './commands/import-borders.ts'
import { importLayer } from './commands/import-layer.ts'
import { orderChange, runOrders, withdrawOrder } from './commands/order-change.ts'
import { listNetOrders } from './queries/net-orders.ts'
import * as areas from './queries/areas.ts'
import * as borders from './queries/borders.ts'
import * as checks from './queries/net.ts'
import * as q from './queries/places.ts'
import { reloadAfter } from './tree-in-force.ts'

export const netOrderJob: Job = {
  name: 'places.net-orders',
  everyMs: 1500,
  run: async (ground) => {
    await warmClipping(ground)
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
  const reloadingAfter = <E extends Endpoint, P>({ prepare, command }: Prepared<E, P>): Prepared<E, P> => ({
    prepare,
    command: (ctx, ask, prepared) => reloading((inner: Ctx, it: AskOf<E>) => command(inner, it, prepared))(ctx, ask),
  })
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
  serve.prepared(p.importAreas, reloadingAfter(importSentAreas))
  serve.prepared(p.importBorders, reloadingAfter(importBorders))
  serve.prepared(p.drawGrid, reloadingAfter(net.drawGrid))
  serve.read(n.listNetOrders, listNetOrders)
  serve.prepared(n.orderChange, orderChange)
  serve.write(n.withdrawOrder, withdrawOrder)
  serve.prepared(n.moveBorder, reloadingAfter(carry.moveBorder))
  serve.prepared(n.splitGrid, reloadingAfter(carry.splitGrid))
  serve.prepared(n.mergeGrids, reloadingAfter(carry.mergeGrids))
  serve.prepared(n.closeGrid, reloadingAfter(carry.closeGrid))
  serve.prepared(n.carveGrid, reloadingAfter(carry.carveGrid))
  serve.read(f.listAreas, areas.listAreas)
  serve.read(f.compareArea, areas.compareArea)
  serve.prepared(f.foldArea, foldArea)
  serve.write(f.withdrawFolding, withdrawFolding)
  serve.write(p.changeGrid, reloading(net.changeGrid))
  serve.write(p.saveLevel, net.saveLevel)
  serve.write(p.saveNorm, saveNorm)
  serve.prepared(p.importLayer, importLayer)
}
