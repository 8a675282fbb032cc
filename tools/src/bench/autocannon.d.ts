declare module 'autocannon' {
  interface Client {
    setBody(body: string): void
    on(event: 'response', listener: () => void): void
  }
  namespace autocannon {
    interface Options {
      url: string
      connections: number
      duration: number
      method: string
      headers: Record<string, string>
      setupClient(client: Client): void
      requests: readonly { method: string; headers: Record<string, string>; setupRequest(request: object): object }[]
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
