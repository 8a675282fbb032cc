/** What else the machine does: stated beside every figure, since a shared machine measures its neighbours. */
import { cpus, loadavg } from 'node:os'

export interface Strain {
  /** Load of the last minute as the system has it; the rig's own rounds are part of it. */
  readonly load: number
  /** Share of the processors that was busy while the rig rested for a second. */
  readonly busyAtRest: number
}

export async function feelStrain(): Promise<Strain> {
  const before = spent()
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const after = spent()
  const busy = (after.busy - before.busy) / (after.all - before.all)
  return { load: Number(loadavg()[0]!.toFixed(2)), busyAtRest: Number(busy.toFixed(2)) }
}

function spent(): { busy: number; all: number } {
  const sum = { busy: 0, all: 0 }
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq
    sum.all += all
    sum.busy += all - times.idle
  }
  return sum
}
