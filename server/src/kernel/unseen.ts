/**
 * Whoever a caller may not see is taken out of whatever is answered, by the handles of his record, his home and who lives
 * there: the last door, behind the reach that leaves him out of lists and counts before.
 */
import type { Entry } from './context.ts'
import { freshId } from './fresh-id.ts'
import { refuse } from './problems.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const gone = Symbol('gone')
type Node = unknown

/** @throws not-found where the answer as a whole is about him */
export function withoutUnseen(reply: Node, unseen: ReadonlySet<string>): Node {
  const left = leave(reply, unseen)
  return left === gone ? refuse('not-found', 404) : left
}

/** Which of them a question names. */
export function namedIn(ask: Node, unseen: ReadonlySet<string>): string[] {
  const text = JSON.stringify(ask) ?? ''
  return [...unseen].filter((id) => text.includes(id))
}

/** That one of them was asked for, as a row of the journal: who is kept away could know a handle or a name from before. */
export const triedEntry = (now: number, name: string, subject: string): Entry => ({
  id: freshId(now),
  kind: 'refused',
  fact: name,
  postingId: null,
  subject,
  detail: { problem: 'record.unknown', isRecused: true },
})

function leave(node: Node, unseen: ReadonlySet<string>): Node {
  if (typeof node === 'string') return unseen.has(node) ? gone : node
  if (node === null || typeof node !== 'object') return node
  return Array.isArray(node) ? leaveList(node as readonly Node[], unseen) : leaveFields(node, unseen)
}

/** A list of handles or of records loses those of his; a row that travels without names goes as a whole. */
function leaveList(list: readonly Node[], unseen: ReadonlySet<string>): Node {
  const isHandles = list.every((one) => typeof one === 'string' && uuid.test(one))
  if (!isHandles && list.some((one) => typeof one === 'string' && unseen.has(one))) return gone
  return list.map((one) => leave(one, unseen)).filter((one) => one !== gone)
}

/** A record that names him goes; what is kept under his handle too. */
function leaveFields(record: object, unseen: ReadonlySet<string>): Node {
  const fields: Record<string, Node> = {}
  for (const [name, value] of Object.entries(record)) {
    if (unseen.has(name)) continue
    const left = leave(value, unseen)
    if (left === gone) return gone
    fields[name] = left
  }
  return fields
}
