/** Pages and files are limited by address; a route names its pace, every other has that of files. Endpoints: serve.ts. */
import type { FastifyInstance } from 'fastify'
import type { AddressPace } from '@fengge/domain/kernel/pace'
import type { Limiter } from './limiter.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    pace?: AddressPace
    /** Asked by whoever watches over the server: never made to wait. */
    isHealth?: boolean
  }
}

export function limitPages(app: FastifyInstance, limiter: Limiter): void {
  app.addHook('onRequest', async (request) => {
    const { pace = 'file', isHealth = false } = request.routeOptions.config
    if (!request.url.startsWith('/api/') && !isHealth) limiter.take(pace, request.ip)
  })
}
