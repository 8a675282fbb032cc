/** What endpoints of the registry tell about a person. A caller reaches the people of his place; of others see each line. */
import { tellNothing, type PersonFact, type Telling, type Tells } from '../kernel/tells.ts'

/** Enough to know which one it is, and no more: a line of a list. */
const line: readonly PersonFact[] = ['id', 'name', 'kind', 'sex', 'year', 'place']
const general: readonly PersonFact[] = [...line, 'born']
/** A record as the rule of sight shows it (sight.ts): what is masked says that it is there. */
const record: readonly PersonFact[] = [...general, 'phone-mask', 'id-held', 'more-held']

const traced: readonly PersonFact[] = ['name', 'sex', 'year', 'place']
const likely: readonly PersonFact[] = ['id', 'name', 'place']

/** Both sides of a row of two ledgers. */
const ledger: readonly PersonFact[] = ['name', 'born', 'phone-mask', 'id-held', 'home', 'employer']

const ownLine: Telling = { of: ['own'], facts: line }
const ownRecord: Telling = { of: ['own'], facts: record, by: ['id'] }
/** Numbers and phones that are tried are counted, found or not (server/src/registry/questions.ts). */
const triesNumber: Telling = { of: ['own'], facts: line, confirms: 'idNo', cost: 'near' }
const triesPhone: Telling = { of: ['own'], facts: line, confirms: 'phone', cost: 'counted' }
const notYours: readonly Telling['of'][number][] = ['guest', 'former', 'stranger']

export const registryTells: Tells = {
  ...tellNothing(
    'confirmRecords',
    'placeBuilding',
    'endLink',
    'chooseHead',
    'undoChange',
    'undoLeaving',
    'returnPerson',
    'closeRecord',
    'reopenRecord',
    'listClosings',
    'offerMover',
    'takeArrival',
    'missArrival',
    'decideArrival',
    'askErasure',
    'decideErasure',
    'askRecusal',
    'decideRecusal',
    'askLift',
    'decideLift',
    'listDays',
    'saveDays',
    'getBuilding',
    'listGrid',
    'getComposition',
    'unmergePersons',
    'keepApart',
    'askMerge',
    'decideMerge',
    'decideLink',
    'listFields',
    'saveField',
    'listBatches',
    'listHeldEstates',
    'settleEstate',
    'readFaults',
    'readTemplate',
    'undoBatch',
    'readDoorCode',
    'askExport',
    'decideExport',
    'listExports',
    'saveOverlay',
    'resumeCare',
    'listRegister',
    'exportRegister',
    'saveHelper',
    'askCare',
    'decideCare',
    'sendLedgers',
    'listLedgerRuns',
    'decideLedger',
  ),
  // A clash shows what the other wrote, by the rule of sight.
  // Whoever has the number that is written down is told as a question tells him, and counted as one.
  saveRecord: [
    ownRecord,
    { ...triesNumber, facts: likely },
    { of: notYours, facts: ['elsewhere'], by: ['idNo'], cost: 'near' },
  ],
  // The name of whoever heads the household now stands on its page.
  leavePerson: [{ of: ['own'], facts: ['name'], by: ['id'] }],
  listLeavings: [
    { of: ['own'], facts: ['id', 'name', 'place'] },
    { of: ['own'], facts: ['more-held'], by: ['id'], with: 'registry.reveal' },
  ],
  // Who is said to come: his name and the words of where to, and no handle. His own place has said that he comes, and by
  // that he stands here as a guest does; of whom nobody said it nothing is told.
  listArrivals: [{ of: ['former', 'guest'], facts: ['name'] }],
  listRecusals: [{ of: ['own'], facts: ['name', 'place'] }],
  listErasures: [{ of: ['own'], facts: ['id', 'name', 'place'] }],
  // Who is registered elsewhere is asked for at his desk.
  linkPerson: [{ of: notYours, facts: ['elsewhere'], by: ['id'] }],
  getRecord: [{ ...ownRecord, facts: [...record, 'home'] }],
  getHistory: [{ ...ownRecord, facts: record.filter((fact) => fact !== 'place') }],
  getHousehold: [
    { of: ['own'], facts: [...record, 'home', 'housemates', 'care'] },
    { of: ['guest'], facts: [...general, 'home', 'housemates'] },
    { of: ['former'], facts: ['id', 'name'] },
  ],
  listDue: [ownLine],
  searchRegistry: [ownLine, triesNumber, triesPhone],
  findLikely: [
    { of: ['own'], facts: likely, by: ['name'], confirms: 'born' },
    { ...triesNumber, facts: likely },
    { ...triesPhone, facts: likely },
    // Who lives in a house of one's own stands on its page anyhow.
    { of: ['guest'], facts: likely, by: ['name', 'home'] },
    // Somebody has the number, nobody says who; or somebody of this name has the phone.
    { of: notYours, facts: ['elsewhere'], by: ['idNo'], cost: 'near' },
    { of: notYours, facts: ['elsewhere'], by: ['name'], confirms: 'phone', cost: 'counted' },
  ],
  // Nobody is found by a part of anything; each question counts, and is a look at whom it finds.
  tracePersons: [
    { of: ['own'], facts: traced, by: ['name'] },
    { of: ['own'], facts: traced, confirms: 'idNo', cost: 'near' },
    { of: ['own'], facts: traced, confirms: 'phone', cost: 'counted' },
  ],
  revealField: [
    { of: ['own'], facts: ['phone', 'more'], by: ['id'] },
    { of: ['own'], facts: ['idNo'], by: ['id'], with: 'registry.reveal-core' },
  ],
  listLooks: [{ of: ['own'], facts: ['looks'], by: ['id'] }],
  listGaps: [ownLine],
  listDoubles: [{ of: ['own'], facts: record }],
  listMerges: [{ of: ['own'], facts: ['id', 'name', 'place'] }],
  // That two numbers are not the same is told to who may reveal both.
  mergePersons: [{ of: ['own'], facts: [], by: ['id'], with: 'registry.reveal-core' }],
  // Only by what was asked of the same account on the same day, and counted then.
  askLink: [
    { of: notYours, facts: ['elsewhere'], by: ['idNo'] },
    { of: notYours, facts: ['elsewhere'], by: ['name', 'phone'] },
  ],
  // Whoever asked reads what he wrote.
  listLinkRequests: [
    { of: ['own'], facts: ['id', 'name', 'place'], with: 'registry.correct' },
    { of: notYours, facts: ['name'], by: ['name'] },
  ],
  // How many rows are known: a question, and for who may reveal numbers alone.
  sendImport: [{ of: ['own'], facts: [], with: 'registry.reveal-core' }],
  readExport: [{ of: ['own'], facts: record.filter((fact) => fact !== 'id') }],
  // Whoever decides hears who is meant, and not why he is cared for.
  listCareRequests: [{ of: ['own'], facts: ['name', 'place', 'care'] }],
  listCare: [{ of: ['own'], facts: ['id', 'name', 'place', 'care'], with: 'overlay.keep' }],
  readOverlays: [{ of: ['own'], facts: ['care-why'], by: ['id'] }],
  exportCareDue: [{ of: ['own'], facts: ['place', 'care'] }],
  listLedgerRows: [{ of: ['own'], facts: ledger }],
  exportLedger: [{ of: ['own'], facts: ledger }],
}
