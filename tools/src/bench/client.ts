/** The process that asks: plays one load after another and tells what each round gave. Nothing else runs in it. */
import autocannon from 'autocannon'
import { bodyMaker, type Load, type Round } from './loads.ts'
import { answerMessages } from './processes.ts'

answerMessages({ play: async (load) => play(load as Load) })

async function play(load: Load): Promise<Round> {
  const result = await autocannon({
    url: load.url,
    connections: load.connections ?? 20,
    duration: load.seconds ?? 6,
    ...(load.bodies ? postingOf(load) : askingOf(load)),
  })
  if (result.non2xx > 0 || result.errors > 0) {
    const codes = JSON.stringify(result.statusCodeStats)
    throw new Error(`${load.url}: ${result.non2xx} refused, ${result.errors} failed ${codes}`)
  }
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}

function askingOf(load: Load): Partial<autocannon.Options> {
  const { paths, headers = [{}] } = load
  if (paths === undefined && headers.length === 1) return { headers: headers[0]! }
  const rounds = Math.max(paths?.length ?? 1, headers.length)
  const { pathname, search } = new URL(load.url)
  const own = `${pathname}${search}`
  return {
    requests: Array.from({ length: rounds }, (_, i) => ({
      method: load.method ?? 'GET',
      path: paths ? `${pathname}${paths[i % paths.length]!}` : own,
      headers: headers[i % headers.length]!,
    })),
  }
}

function postingOf(load: Load): Partial<autocannon.Options> {
  const make = bodyMaker(load.bodies!)
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...load.headers?.[0] },
    setupClient: (client) => {
      client.setBody(make())
      client.on('response', () => client.setBody(make()))
    },
  }
}
