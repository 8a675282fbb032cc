/** What keeping secrets costs: limiter and looks against a product without them, and a crowd at the door against one who writes. */
import { setTimeout as wait } from 'node:timers/promises'
import { reportLoad } from './events.ts'
import type { Load } from './loads.ts'
import type { Print, Stage } from './stage.ts'

export async function measureSecurity(stage: Stage): Promise<void> {
  const town = await stage.enter('town')
  const list = (url: string): Load => ({ url: `${url}/api/events?isOpen=yes&size=25`, headers: [town.headers] })
  const lists = await stage.compare(list(await stage.plain()), list(await stage.product()))
  stage.print('list of a town with limiter, over one without', lists.ratio, '>= 0.92', lists.more)
  const worker = await stage.enter('worker')
  const report = reportLoad(stage)
  const of = (url: string): Load => ({ url: `${url}/api/events/report`, headers: [worker.headers], ...report })
  const reports = await stage.compare(of(await stage.plain()), of(await stage.product()))
  stage.print('report with limiter, over one without', reports.ratio, '>= 0.92', reports.more)
  await measureCrowd(stage, of(await stage.product()), stage.print)
}

/**
 * Sixty who sign in at once, again and again, while one writes. Whoever is told to come again later does: that a program
 * goes on asking without a pause is what the limiter is for, which stands open here.
 */
async function measureCrowd(stage: Stage, report: Load, print: Print): Promise<void> {
  const load: Load = { ...report, connections: 1 }
  const alone = await stage.play(load)
  let isOver = false
  let [tries, refused] = [0, 0]
  const url = await stage.product()
  const knock = async (i: number) => {
    while (!isOver) {
      const body = JSON.stringify({ login: `nobody${i}`, password: 'wrong password' })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${url}/api/session/sign-in`, { method: 'POST', headers, body })
      await answer.text()
      tries++
      if (answer.status !== 429) continue
      refused++
      await wait(1000 * Number(answer.headers.get('retry-after') ?? 1))
    }
  }
  const crowd = Promise.all(Array.from({ length: 60 }, (_, i) => knock(i)))
  const beside = await stage.play(load)
  isOver = true
  await crowd
  // One after another: what a write takes is what is left of a second.
  print('a write while sixty sign in, over one alone', alone.perSecond / beside.perSecond, '<= 1.5', {
    alone: alone.perSecond,
    beside: beside.perSecond,
    p99: [alone.p99, beside.p99],
    tries,
    refused,
    ...beside.more,
  })
}
