/**
 * Where a planted value may be found, and why. What stands in no line of this table stands nowhere; a line that finds
 * nothing is struck out. docs/security.md says the same in words.
 */
import type { Found } from './search.ts'

export interface Allowed {
  readonly what: RegExp
  readonly where: RegExp
  readonly why: string
}

const at = (what: RegExp, where: RegExp, why: string): Allowed => ({ what, where, why })
/** A column, and the dump of its table. */
const stored = (what: RegExp, columns: string, why: string): Allowed[] => {
  const tables = [...new Set(columns.split('|').map((c) => c.split('.').slice(0, 2).join('.')))].join('|')
  return [
    at(what, new RegExp(`^table (${columns.replaceAll('.', '[.]')})$`), why),
    at(what, new RegExp(`^dump (${tables.replaceAll('.', '[.]')})$`), why),
  ]
}
const answered = (what: RegExp, calls: string, people: string, why: string): Allowed =>
  at(what, new RegExp(`^answer (${calls}) to (${people})$`), why)

/** Who serves the first grid, or the village around it, in the registry. */
const keepers = 'worker|liaison|leader1|village|keeper'
/** Who handles what is told in confidence in the first grid: its worker, its desks, who took the call. */
const handlers = 'worker|village|chief|hotline'
/** Who sees events of the area, in their own or from above. */
const overseers = 'town|townchief|townleader|county|countychief|leader|supervisor|leader1|works|urban|bureau'

/** Who goes from door to door in the area, sends people there, or answers for it; who keeps the rules is none of them. */
const planners = `${keepers}|chief|town|townchief|townleader|county|countychief|leader`

const inTables: readonly Allowed[] = [
  ...stored(
    /^(personName|importedName|moverName|played callerName)$/,
    'registry.person.name|registry.person.body|registry.public_person.name|registry.change.fields|registry.link_request.asked_name|registry.link.ended_name',
    'a register of people by name: the general tier is in clear',
  ),
  ...stored(
    /^(remark|contactName|headName)$/,
    'registry.person.body|registry.house.body|registry.unit.body|registry.change.fields',
    'words of the important tier: masked on every screen, in clear at rest; of a record only numbers and phones are sealed',
  ),
  ...stored(
    /^(secretText|residentText)$/,
    'events.event.title|events.event.content|events.public_event.title',
    'what was reported: kept by rights, not by a seal',
  ),
  ...stored(
    /^exportedNote$/,
    'registry.export_request.purpose|events.export_request.purpose|audit.journal.detail',
    'for what an export was asked: the journal is there to keep it',
  ),
  ...stored(
    /^personName$/,
    'events.evidence.name',
    'a file is called as its sender called it; who sees its event sees it',
  ),
  ...stored(
    /^hazard$/,
    'visits.hazard.what|visits.public_hazard.what|visits.task.note',
    'a hazard of a house, named by its worker',
  ),
  ...stored(/^whereAlone$/, 'visits.safety.where_text', 'where a worker goes alone, told by himself until he ends it'),
  ...stored(
    /^session token as digest$/,
    'identity.session.token_hash',
    'a digest of 256 random bits, which nobody can guess',
  ),
  ...stored(
    /^key of a device as digest$/,
    'sensors.device.key_hash',
    'a digest of 256 random bits, which nobody can guess',
  ),
  ...stored(
    /^token of a phone as digest$/,
    'sync.device.token_hash',
    'a digest of 256 random bits, which nobody can guess',
  ),
]

const inAnswers: readonly Allowed[] = [
  answered(
    /^(personName|importedName|moverName)$/,
    'findLikely|getHistory|getHousehold|getRecord|searchRegistry|listLinkRequests|pull|listGrid|listDue|listGaps|listDoubles|listCareRequests|listCare|listErasures',
    keepers,
    'names of those one serves',
  ),
  answered(
    /^personName$/,
    'listRecusals',
    'village|registrar|chief|townchief|townleader|countychief|leader',
    'from whom somebody is kept: whoever asks for it and whoever agrees',
  ),
  answered(
    /^personName$/,
    'listMerges',
    'village|registrar|chief|town|townchief|townleader|county|countychief|leader',
    'who is to be merged though each has a number: whoever asks for it and whoever agrees',
  ),
  answered(
    /^personName$/,
    'tracePersons',
    'chief|town|townchief|county|countychief',
    'whom a desk asked for by the whole name or number, with a purpose',
  ),
  answered(/^personName$/, 'listLinkRequests|findLikely', 'worker2', 'the name that he asked with himself'),
  answered(
    /^(moverName|movedTo)$/,
    'listArrivals',
    'worker2|village|keeper|chief|county|countychief',
    'who is said to have moved here: the grid that looks for him, and the desks that send him on',
  ),
  answered(
    /^(personName|importedName|moverName|headName)$/,
    'readExport',
    'village',
    'an export that a second person agreed to',
  ),
  answered(/^(idNo)$/, 'revealField', 'village', 'revealed one at a time for a purpose, to who may reveal the core'),
  answered(
    /^(phone|otherPhone|remark|contactName)$/,
    'revealField',
    'worker|leader1|village',
    'revealed one at a time for a purpose',
  ),
  answered(/^(care|careField)$/, 'readOverlays', 'keeper', 'the keeper of the overlay, once somebody else agreed'),
  answered(/^helper(Name|Phone)$/, 'readOverlays', 'keeper', 'the keeper calls the team of helpers'),
  answered(/^faultyName$/, 'readFaults', 'village', 'rows that came back to who sent them'),
  answered(
    /^employedName$/,
    'listLedgerRows|exportLedger',
    'village|keeper',
    'two ledgers, reviewed by who keeps the registry',
  ),
  answered(
    /^(askedBy|played askedBy)$/,
    'pull|listServices',
    'worker|liaison|leader1|village|keeper',
    'a service one has to bring to its end',
  ),
  answered(
    /^(visitNote|played visitNote)$/,
    'listVisits',
    planners,
    'what was seen at a visit, for those of the area who plan visits',
  ),
  answered(/^hazard$/, 'listHazards|listTasks|exportTasks|pull', planners, 'a hazard that is to be looked at again'),
  answered(/^whereAlone$/, 'listSafety', planners, 'so that somebody looks for him'),
  answered(
    /^(secretText)$/,
    'getEvent|listEvents|mapEvents|listNotices|pull|readEventExport|suggestForText|findMergeTargets',
    handlers,
    'told in confidence: who has a part in its handling',
  ),
  answered(/^(secretCaller|secretPhone)$/, 'revealReporter', handlers, 'who told it, for a purpose, twenty a day'),
  answered(
    /^residentText$/,
    'getEvent|listEvents|mapEvents|listNotices|pull|readEventExport|findMergeTargets',
    `${handlers}|${overseers}`,
    'an ordinary report of the area',
  ),
  answered(
    /^(resident|residentPhone|calledName|calledPhone)$/,
    'revealReporter',
    'worker|village|chief|hotline|town|townchief|county|countychief',
    'who told it, for a purpose, twenty a day',
  ),
  answered(
    /^residentText$/,
    'page /follow|page /follow/\\w+',
    'nobody',
    'the holder of the follow code sees his own report',
  ),
  answered(/^follow code$/, 'page /report|page /follow|page /follow/\\w+|reportEvent', '.*', 'given to who reported'),
  answered(
    /^suggestedText$/,
    'page /report|page /grid',
    'nobody',
    'what a visitor wrote into a form stands in it still',
  ),
  answered(/^exportedNote$/, 'readExport|readEventExport|export\\w+', '.*', 'an export says for what it was asked'),
  answered(/^exportedNote$/, 'listJournal', 'auditor', 'the journal tells its reader for what it was asked'),
  answered(/^half of a code$/, 'openAccount|decideTwoStep', 'sysadmin|secadmin', 'a half, told once to one of two'),
  answered(/^seed of a second factor$/, 'prepareSecondFactor', 'planted.one', 'to be typed into the owner’s phone'),
  answered(/^session token$/, 'holdSession', 'worker', 'an enrolled phone takes its own session out of the cookie'),
  answered(/^data key of a phone$/, 'recoverKey', 'worker', 'the same person after a fresh sign-in'),
  answered(/^key of a device$/, 'registerSensor|renewSensorKey', 'net', 'shown once to who registered it'),
  answered(/^token of a phone$/, 'enrolDevice', 'worker', 'given to the phone once'),
]

export const allowedPlaces: readonly Allowed[] = [...inTables, ...inAnswers]

const nameOf = ({ what, as }: Found) => (as === 'digest' ? `${what} as digest` : what)

/** The line of the table that lets a value be where it is. */
export const allowanceFor = (found: Found): Allowed | undefined =>
  allowedPlaces.find((a) => a.what.test(nameOf(found)) && a.where.test(found.place))

export const say = (found: Found): string => `${nameOf(found)} in ${found.place}`
