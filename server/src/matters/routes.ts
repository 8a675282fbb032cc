import * as c from '@fengge/domain/matters/contract'
import type { Serve } from '../kernel/serve.ts'
import { saveMatter } from './commands/save-matter.ts'
import { switchMatterSet } from './commands/switch-matter-set.ts'
import { listMatters } from './queries/list-matters.ts'
import { listRefusedOrders } from './queries/list-refused.ts'

export function mattersRoutes(serve: Serve): void {
  serve.read(c.listMatters, listMatters)
  serve.write(c.saveMatter, saveMatter)
  serve.write(c.switchMatterSet, switchMatterSet)
  serve.read(c.listRefusedOrders, listRefusedOrders)
}
