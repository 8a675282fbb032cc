/**
 * Heads of the chains, written down outside the database: beside the data, and in a second place where one is set
 * (FENGGE_ANCHORS, a folder on another machine). They are what a cut-off end is found by.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
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
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [county, seq, chain] = line.trim().split(' ')
    if (!county || !seq || !chain) continue
    const known = anchors.get(county) ?? []
    known.push({ seq: Number(seq), chain })
    anchors.set(county, known)
  }
  return anchors
}

/** The newest anchor of each county, to be printed and kept in a drawer. */
export const newestOf = (anchors: Anchors): Heads =>
  new Map([...anchors].flatMap(([county, links]) => (links.length === 0 ? [] : [[county, links.at(-1)!]])))

export const showAnchors = (heads: Heads): string => [...heads].map(([county, head]) => lineOf(county, head)).join('')
