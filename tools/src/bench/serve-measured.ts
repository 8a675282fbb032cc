/** Serves the whole product over the rig's database, without its jobs, and tells the rig where, and how much memory it took. */
import { createApp } from '@fengge/server/app'
import type { Engine } from '@fengge/server/kernel/engine'
import { readSettings } from '@fengge/server/kernel/settings'
import { openEngine } from '@fengge/server/main'
import { answerMessages } from './processes.ts'

/** @param change what of the engine is measured without */
export async function serveMeasured(change: (engine: Engine) => Engine): Promise<void> {
  const { engine } = await openEngine(readSettings(process.env))
  const { app } = await createApp(change(engine))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  let most = 0
  setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 50).unref()
  answerMessages({
    url: async () => url,
    /** Most memory since it was last asked, in bytes. */
    memory: async () => {
      const was = most
      most = 0
      return was
    },
  })
}
