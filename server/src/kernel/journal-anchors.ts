/**
 * Heads of the chains, written down outside the database: beside the data, and in a second place where one is set
 * (FENGGE_ANCHORS, a folder on another machine). They are what a cut-off end is found by.
 */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Link } from './store.ts'
import type { Settings } from './settings.ts'

const name = 'journal-anchors.log'

/** The files of a server: the first beside its data. */
export const anchorFilesOf = ({ dataDir, anchorDir }: Pick<Settings, 'dataDir' | 'anchorDir'>): string[] =>
  [dataDir, ...(anchorDir === undefined ? [] : [anchorDir])].map((folder) => join(folder, name))

export type Heads = ReadonlyMap<string, Link>

const lineOf = (county: string, { seq, chain }: Link) => `${county} ${seq} ${chain}\n`

/** Writes the heads into every place; one that cannot be reached keeps none of the others from it. @throws its fault */
export function writeAnchors(files: readonly string[], heads: Heads): void {
  const text = [...heads].map(([county, head]) => lineOf(county, head)).join('')
  if (text === '') return
  const faults: unknown[] = []
  for (const file of files)
    try {
      appendFileSync(file, text, { mode: 0o600 })
    } catch (error) {
      faults.push(error)
    }
  if (faults.length > 0) throw faults[0]
}

/** What one place says of the counties, each from its first anchor to its last. */
export type Anchors = ReadonlyMap<string, readonly Link[]>

export function readAnchors(file: string): Anchors {
  const anchors = new Map<string, Link[]>()
  if (!existsSync(file)) return anchors
  for (const line of linesOf(file)) {
    const [county, seq, chain] = line.trim().split(' ')
    if (!county || !seq || !chain) continue
    const known = anchors.get(county) ?? []
    known.push({ seq: Number(seq), chain })
    anchors.set(county, known)
  }
  return anchors
}

/** A file of years is longer than one text may be. */
function* linesOf(file: string): Generator<string> {
  const handle = openSync(file, 'r')
  try {
    const piece = Buffer.alloc(1_048_576)
    let rest = ''
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      const lines = (rest + piece.toString('latin1', 0, read)).split('\n')
      rest = lines.pop()!
      yield* lines
    }
    if (rest !== '') yield rest
  } finally {
    closeSync(handle)
  }
}

export const thinning = {
  /** So many of a county are kept as they were written, the newest. */
  whole: 2000,
  /** Of those before, one for so many rows of the journal: each vouches for all rows before it. */
  each: 500,
}

/** Which anchors of a county are kept when its file is thinned; in their order. */
export function thinned(links: readonly Link[], { whole, each } = thinning): Link[] {
  const older = links.slice(0, Math.max(0, links.length - whole))
  const spanOf = ({ seq }: Link) => Math.floor(seq / each)
  const marks = older.filter((link, i) => i === 0 || spanOf(link) !== spanOf(older[i - 1]!))
  return [...marks, ...links.slice(older.length)]
}

/** Writes a place anew with fewer anchors, once it has grown by half; whole or not at all. */
export function thinAnchors(file: string, how = thinning): void {
  if (!existsSync(file)) return
  const anchors = readAnchors(file)
  const kept = [...anchors].map(([county, links]) => [county, thinned(links, how)] as const)
  const count = (all: Iterable<readonly [string, readonly Link[]]>) =>
    [...all].reduce((n, [, links]) => n + links.length, 0)
  if (count(anchors) <= 1.5 * count(kept)) return
  const aside = `${file}.part`
  const handle = openSync(aside, 'w', 0o600)
  try {
    for (const [county, links] of kept) writeSync(handle, links.map((link) => lineOf(county, link)).join(''))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(aside, file)
}

/** The newest anchor of each county, to be printed and kept in a drawer. */
export const newestOf = (anchors: Anchors): Heads =>
  new Map([...anchors].flatMap(([county, links]) => (links.length === 0 ? [] : [[county, links.at(-1)!]])))

export const showAnchors = (heads: Heads): string => [...heads].map(([county, head]) => lineOf(county, head)).join('')
