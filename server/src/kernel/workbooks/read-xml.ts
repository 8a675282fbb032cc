/**
 * XML as it streams by, by a SAX parser (saxes): entities that a document defines for itself are never resolved, what
 * is not well-formed is refused, and so is what goes on for too long without anything coming of it.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { refuse } from '../problems.ts'

/** What is made of the elements; it says when it is done with the document. */
export interface XmlReader<Item> {
  readonly open: (tag: SaxesTagPlain) => void
  readonly text: (text: string) => void
  readonly close: (name: string) => void
  /** What has come of the document since the last time. */
  readonly take: () => Item[]
  /** Counts on whenever a row, a text or whatever it reads is through, also an empty one. */
  readonly progress: number
  readonly isDone: () => boolean
}

/** The most text between two steps of progress: a row of a sheet, a shared text. */
const mostBetween = 2_000_000
const deepest = 64

/** Items as they come, a piece of the document at a time. @throws Refusal where it is no XML */
export async function* readXml<Item>(pieces: AsyncIterable<string>, reader: XmlReader<Item>): AsyncGenerator<Item[]> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let depth = 0
  parser.on('opentag', (tag) => {
    if (++depth > deepest) refuse('file.broken', 422)
    reader.open(tag)
  })
  parser.on('text', reader.text)
  parser.on('cdata', reader.text)
  parser.on('closetag', (tag) => {
    depth--
    reader.close(tag.name)
  })
  parser.on('error', (error) => {
    // Exports of older programs hold signs that XML does not allow; they do no harm.
    if (!error.message.includes('disallowed character')) refuse('file.broken', 422)
  })
  let since = 0,
    before = 0
  for await (const piece of pieces) {
    parser.write(piece)
    since = reader.progress === before ? since + piece.length : 0
    before = reader.progress
    if (since > mostBetween) refuse('file.broken', 422)
    const items = reader.take()
    if (items.length > 0) yield items
    if (reader.isDone()) return
  }
  parser.close()
}
