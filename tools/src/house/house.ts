/** The tree as a house rule sees it, and the shape of a rule: what it finds wrong, and a sin it must find. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../../..')

export interface House {
  /** Every file of the tree, from its root; what is built or installed is not of it. */
  readonly paths: readonly string[]
  readonly read: (path: string) => string
  readonly has: (path: string) => boolean
}

export interface HouseRule {
  readonly name: string
  /** What breaks the rule, each in a line. */
  readonly find: (house: House) => readonly string[]
  /** Texts that, planted, break this rule and no other. */
  readonly sin: (house: House) => Readonly<Record<string, string>>
}

const passedOver = new Set(['node_modules', 'dist', '.git', '.fengge', '.out'])

function list(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((e) => !passedOver.has(e.name))
    .flatMap((e) => (e.isDirectory() ? list(join(folder, e.name)) : [join(folder, e.name)]))
}

export function openHouse(): House {
  return {
    paths: list('.').map((p) => p.replaceAll('\\', '/')),
    read: (path) => readFileSync(join(root, path), 'utf8'),
    has: (path) => existsSync(join(root, path)),
  }
}

/** The same house with some texts in place of its own, or beside them. */
export function plantedIn(house: House, texts: Readonly<Record<string, string>>): House {
  return {
    paths: [...new Set([...house.paths, ...Object.keys(texts)])],
    read: (path) => texts[path] ?? house.read(path),
    has: (path) => path in texts || house.has(path),
  }
}

const rooms = /^(domain|server|web|apps|tools|e2e)\//
export const sourcesOf = (house: House) =>
  house.paths.filter((p) => rooms.test(p) && /\.tsx?$/.test(p) && !p.endsWith('.d.ts'))
export const documentsOf = (house: House) =>
  house.paths.filter((p) => p.endsWith('.md') && (p.startsWith('docs/') || !p.includes('/')))
export const testsOf = (house: House) => sourcesOf(house).filter((p) => /\.test\.tsx?$/.test(p))
