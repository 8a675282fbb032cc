declare module 'autocannon' {
  interface Client {
    readonly setBody: (body: string) => void
    readonly on: (event: 'response', listener: () => void) => void
  }
  namespace autocannon {
    interface Options {
      url: string
      connections: number
      duration: number
      method: string
      headers: Record<string, string>
      readonly setupClient: (client: Client) => void
      requests: readonly {
        method: string
        headers: Record<string, string>
        readonly setupRequest: (request: object) => object
      }[]
    }
    interface Result {
      requests: { average: number }
      latency: { p99: number }
      non2xx: number
      errors: number
      statusCodeStats: object
    }
  }
  function autocannon(options: Partial<autocannon.Options>): Promise<autocannon.Result>
  export default autocannon
}
