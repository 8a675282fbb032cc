/** Where files lie: no folder holds more than one takes in at a glance, and a comment that names a file names one. */
import { dirname } from 'node:path'
import { sourcesOf, type House, type HouseRule } from './house.ts'

const most = 20

/** Folders that hold more, with the most that each may, until it is laid into folders of its own. */
const larger: Readonly<Record<string, number>> = {
  'server/src/kernel': 42,
  'domain/src/registry': 30,
  'domain/src/events': 30,
  // One file for each thing that is read.
  'server/src/registry/queries': 26,
}

/** Files by folder; a test stands beside what it tests and counts with it. */
function countByFolder(house: House): Map<string, number> {
  const files = sourcesOf(house).filter((p) => !/\.test\.tsx?$/.test(p) && !/^(server\/tests|e2e)\//.test(p))
  return new Map([...Map.groupBy(files, dirname)].map(([folder, held]) => [folder, held.length]))
}

const crowds: HouseRule = {
  name: 'no folder holds more files than one takes in at a glance',
  find: (house) => {
    const counts = countByFolder(house)
    return [
      ...[...counts]
        .filter(([folder, n]) => n > (larger[folder] ?? most))
        .map(([folder, n]) => `${folder} holds ${n} files, at most ${larger[folder] ?? most}`),
      ...Object.keys(larger)
        .filter((folder) => (counts.get(folder) ?? 0) <= most)
        .map((folder) => `${folder} is no larger than others: strike it off the list`),
    ]
  },
  sin: () =>
    Object.fromEntries(
      Array.from({ length: most + 1 }, (_, i) => [`web/src/heap/piece-${i}.ts`, `export const n = ${i}\n`]),
    ),
}

/** The papers of the project that rules cite; they are no part of the tree. */
const papers = new Set(['domain.md', 'requirements.md', 'algorithms.md', 'anchors.md'])
const comment = /\/\*[\s\S]*?\*\/|(?:^|\s)\/\/[^\n]*/g
const namedFile = /(?<![\w./-])((?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)*\.(?:tsx?|cjs|mjs|md|sql|json))\b/g
const namedFolder = /(?<![\w./-])((?:domain|server|web|apps|tools|e2e|docs)\/(?:[\w-]+\/?)+)(?![\w.*-])/g

/** A file may be named from the root, or by the end of its path where that says enough. */
const comments: HouseRule = {
  name: 'every path that a comment names exists',
  find: (house) => {
    const ends = new Set(house.paths.flatMap((p) => p.split('/').map((_, i, parts) => parts.slice(i).join('/'))))
    const isThere = (path: string) => ends.has(path) || papers.has(path) || house.has(path)
    return sourcesOf(house).flatMap((file) => {
      const said = [...house.read(file).matchAll(comment)].map(([text]) => text).join('\n')
      const named = [namedFile, namedFolder].flatMap((pattern) => [...said.matchAll(pattern)].map((m) => m[1]!))
      return named.filter((path) => !isThere(path)).map((path) => `${file}: ${path}`)
    })
  },
  sin: () => ({ 'web/src/ui/lost.ts': `${'/'}** Drawn from the same table as nowhere.ts. */\nexport const n = 1\n` }),
}

export const folderRules: readonly HouseRule[] = [crowds, comments]
