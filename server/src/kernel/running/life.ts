/** The life of the database that an engine serves (`db/life.ts`); the first has no name, as its cursors had none. */
import { keptOnShelf } from '../shelf.ts'

export const lifeOf = keptOnShelf(() => ({ name: '' }))
