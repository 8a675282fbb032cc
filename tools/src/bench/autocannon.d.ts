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
      headers: Readonly<Record<string, string>>
      readonly setupClient: (client: Client) => void
      requests: readonly {
        readonly method: string
        readonly path: string
        readonly headers: Readonly<Record<string, string>>
      }[]
    }
    interface Result {
      requests: { average: number }
      latency: { p50: number; p99: number }
      non2xx: number
      errors: number
      statusCodeStats: object
    }
  }
  function autocannon(options: Partial<autocannon.Options>): Promise<autocannon.Result>
  export default autocannon
}
