/** Two messages of the protocol that pg does not offer by itself: a text is parsed and described, and never run. */
import type pg from 'pg'

export interface RawField {
  readonly name: string
  readonly tableID: number
  readonly columnID: number
  readonly dataTypeID: number
}

/** The part of pg's connection that is used here: messages of the protocol by name. */
interface Connection {
  readonly parse: (message: { name: string; text: string; types: number[] }) => void
  readonly describe: (message: { type: 'S'; name: string }) => void
  readonly sync: () => void
  readonly on: (event: string, listener: (message: { dataTypeIDs: number[] }) => void) => void
  readonly off: (event: string, listener: (message: { dataTypeIDs: number[] }) => void) => void
}

/** Parse and Describe of the protocol, without Bind and Execute. */
export function parse(
  client: pg.Client,
  text: string,
): Promise<{ parameters: readonly number[]; fields: readonly RawField[] }> {
  const { connection } = client as unknown as { connection: Connection }
  return new Promise((resolve, reject) => {
    let parameters: readonly number[] = []
    let fields: readonly RawField[] = []
    const keep = (message: { dataTypeIDs: number[] }) => (parameters = message.dataTypeIDs)
    const end = (settle: () => void) => {
      connection.off('parameterDescription', keep)
      settle()
    }
    const nothing = () => undefined
    const question = {
      submit: () => {
        connection.on('parameterDescription', keep)
        connection.parse({ name: '', text, types: [] })
        connection.describe({ type: 'S', name: '' })
        connection.sync()
      },
      handleRowDescription: (message: { fields: RawField[] }) => (fields = message.fields),
      handleReadyForQuery: () => end(() => resolve({ parameters, fields })),
      handleError: (error: Error) => end(() => reject(error)),
      handleDataRow: nothing,
      handlePortalSuspended: nothing,
      handleCommandComplete: nothing,
      handleEmptyQuery: nothing,
      handleCopyInResponse: nothing,
      handleCopyData: nothing,
    }
    client.query(question as unknown as pg.Submittable)
  })
}
