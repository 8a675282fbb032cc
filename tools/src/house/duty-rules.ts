/**
 * A right is asked with the place of the row: who has a duty somewhere has it there alone. What asks for the duty and
 * for no place stands in the list below with the reason.
 */
import ts from 'typescript'
import type { House, HouseRule } from './house.ts'

/** File and what it asks, and why no place can be asked with it. */
const placeless: Readonly<Record<string, string>> = {
  'server/src/audit/queries/alarms.ts listAlarms': 'alarms are of the whole county, and administrators serve it whole',
  'server/src/events/commands/act-as-follower.ts speakFor': 'a caller tells his code at whichever window he comes to',
  'server/src/events/commands/report-event.ts pickPost': 'says as what it is reported; where is judged by findSite',
  'server/src/events/commands/submit-ticket.ts submitTicket':
    'the hotline is the county’s; names the post for the journal',
  'server/src/events/door.ts reportInside': 'says as what it is reported; where is judged by findSite',
  'server/src/identity/queries/accounts.ts whoAmI': 'told to nobody but himself, for what his screens show',
  'server/src/identity/routes.ts serveSessions': 'told to nobody but himself, for what his screens show',
  'server/src/kernel/serve.ts mayCall': 'the first door: whose duty it is nowhere goes no further',
  'server/src/matters/gate.ts turnAway': 'names the office that asked for what is refused',
  'server/src/registry/bulk/receive-file.ts receiveFile': 'where no place is named; judged by may() beside it',
  'server/src/registry/ledgers/compare-ledgers.ts compareLedgers': 'rooms are looked for at the place of that one post',
  'server/src/sensors/queries/list-sensors.ts listSensors':
    'whether the page has the tools; each is judged at its place',
  'server/src/sync/commands/hand-in.ts serves': 'whether he serves anywhere still',
  'server/src/sync/commands/keep-act.ts keepAct': 'before which desk an act comes whose place is not known',
  'server/src/sync/commands/may-be-kept.ts hadDuty':
    'whether a desk is asked at all; the act is judged at its place when it is done',
  'server/src/sync/pull.ts myself': 'told to nobody but himself, for what his screens show',
  'server/src/sync/queries/list-inbox.ts viewKept':
    'whether the page offers it; the act is judged at its place when it is done',
  'server/src/visits/commands/share-safety.ts shareSafety': 'his own walk, shown to who sends him',
  'server/src/worklog/queries/get-week.ts holderOf': 'names the grid of his own week',
}

const isCallOf = (node: ts.Node, name: string): node is ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name

const pickers = new Set(['some', 'find', 'every'])

/** Posts among which one is picked: by a duty, or all that somebody has. */
const arePosts = (node: ts.Node, names: ReadonlySet<string>): boolean =>
  isCallOf(node, 'postsWith') ||
  (ts.isIdentifier(node) && names.has(node.text)) ||
  (ts.isPropertyAccessExpression(node) && (isHeld(node) || arePosts(node.expression, names))) ||
  (ts.isCallExpression(node) && arePosts(node.expression, names))

/** All posts of a caller. Those over a record (`dutiesOver`) were taken by its place. */
const isHeld = (node: ts.PropertyAccessExpression) =>
  node.name.text === 'posts' && !isCallOf(node.expression, 'dutiesOver')

/** Whether a picked post is compared with a place, by itself or by a function that it is handed to. */
const asksPlace = (call: ts.CallExpression, file: ts.SourceFile): boolean => {
  const picked = call.arguments[0]
  if (!picked || !ts.isArrowFunction(picked)) return true
  const text = picked.body.getText(file)
  const post = picked.parameters[0]?.name.getText(file) ?? ''
  return /\b(placeId|p\.id)\b/.test(text) || new RegExp(`\\(([^()]*, )?${post}[,)]`).test(text)
}

interface Read {
  readonly file: ts.SourceFile
  /** Names under which posts are held in the file. */
  readonly names: ReadonlySet<string>
}

/** What asks whether, or which, posts give a duty, and not where. */
function asksNoPlace(node: ts.Node, { file, names }: Read): boolean {
  if (isCallOf(node, 'dutiesHeld')) return true
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'length') return arePosts(node.expression, names)
  if (ts.isElementAccessExpression(node)) return arePosts(node.expression, names)
  if (ts.isVariableDeclaration(node) && node.initializer && ts.isArrayBindingPattern(node.name))
    return arePosts(node.initializer, names)
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const { name, expression } = node.expression
  return pickers.has(name.text) && arePosts(expression, names) && !asksPlace(node, file)
}

/** Names that hold posts as they were given: what was chosen of them by a place is another list. */
function namesOfPosts(file: ts.SourceFile): Set<string> {
  const names = new Set<string>()
  const walk = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      if (isCallOf(node.initializer, 'postsWith')) names.add(node.name.text)
    ts.forEachChild(node, walk)
  }
  walk(file)
  return names
}

/** Functions of a file in which a duty is asked for without a place. */
function placelessIn(path: string, text: string): string[] {
  if (!/postsWith|dutiesHeld|\.posts\b/.test(text)) return []
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const read: Read = { file, names: namesOfPosts(file) }
  const found = new Set<string>()
  const walk = (node: ts.Node, within: string): void => {
    const isNamed = ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)
    const inside = isNamed && within === '' && node.name && ts.isIdentifier(node.name) ? node.name.text : within
    if (asksNoPlace(node, read)) found.add(inside)
    ts.forEachChild(node, (child) => walk(child, inside))
  }
  ts.forEachChild(file, (node) => walk(node, ''))
  return [...found].map((name) => `${path} ${name}`)
}

const inServer = (house: House) => house.paths.filter((p) => /^server\/src\/(?!.*\.test\.ts$).*\.ts$/.test(p))

const placed: HouseRule = {
  name: 'a right is asked with the place of what it is asked for',
  find: (house) => {
    const found = inServer(house).flatMap((p) => placelessIn(p, house.read(p)))
    return [
      ...found.filter((f) => !(f in placeless)).map((f) => `${f} asks for a duty wherever it is held`),
      ...Object.keys(placeless)
        .filter((f) => !found.includes(f))
        .map((f) => `${f} asks no more: strike it off the list`),
    ]
  },
  sin: () => ({
    'server/src/audit/queries/sees-all.ts':
      "export const seesAll = (ctx: Asking) => postsWith(ctx.caller, 'overlay.keep').length > 0\n",
  }),
}

export const dutyRules: readonly HouseRule[] = [placed]
