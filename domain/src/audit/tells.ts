/** The journal says who did or looked at what by the handle of a record and the name of a field, never by a name or a value. */
import { standings, tellNothing, type Tells } from '../kernel/tells.ts'

export const auditTells: Tells = {
  ...tellNothing('verifyJournal', 'listAlarms'),
  listJournal: [{ of: standings, facts: ['id', 'looks', 'event', 'id-held', 'more-held'] }],
}
