/** What a document says of the tree is so: paths, tests and their titles, terms, and what a generator wrote. */
import { basename, dirname, join } from 'node:path'
import { documents } from '../generate.ts'
import { documentsOf, testsOf, type HouseRule } from './house.ts'

const inDocuments = (find: (text: string, path: string) => readonly string[]): HouseRule['find'] => {
  return (house) => documentsOf(house).flatMap((d) => find(house.read(d), d).map((fault) => `${d}: ${fault}`))
}

const paths: HouseRule = {
  name: 'every path a document names exists',
  find: (house) =>
    inDocuments((text, doc) => {
      const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((m) => m[1]!)
        .filter((l) => !/^[a-z]+:/.test(l))
        .map((l) => join(dirname(doc), l))
      const named = [...text.matchAll(/`((?:domain|server|web|apps|e2e|tools|docs)\/[\w./-]+)`/g)].map((m) => m[1]!)
      return [...links, ...named].filter((p) => !house.has(p))
    })(house),
  sin: () => ({ 'docs/lost.md': 'See `server/src/events/nowhere.ts`.\n' }),
}

/** A title stands in quotes behind the path of its test, or behind the word "test". */
const titled = /(?:`([\w./-]+\.test\.tsx?)`|\btest),? [“"]([^”"\n]+)[”"]/g

const tests: HouseRule = {
  name: 'every test a document names exists, by its file and by its title',
  find: (house) => {
    const files = testsOf(house)
    const holds = (title: string, file: string | undefined) =>
      files
        .filter((f) => file === undefined || f.endsWith(file))
        .some((f) => house.read(f).replaceAll("\\'", "'").includes(title))
    return inDocuments((text) => {
      const named = [...text.matchAll(/`([\w./-]+\.test\.tsx?)`/g)].map((m) => m[1]!)
      const lost = named.filter((n) => !files.some((f) => f === n || basename(f) === n))
      const untrue = [...text.matchAll(titled)].filter((m) => !holds(m[2]!, m[1])).map((m) => m[2]!)
      return [...lost, ...untrue]
    })(house)
  },
  sin: () => ({ 'docs/claims.md': 'Guarded by `server/tests/sync.test.ts`, “everything is well”.\n' }),
}

const glossary: HouseRule = {
  name: 'every term of the domain is in the glossary',
  find: (house) => {
    const known = house.read('docs/glossary.md')
    return house.paths
      .filter((p) => /^domain\/src\/\w+\/terms\.ts$/.test(p))
      .flatMap((p) => [...house.read(p).matchAll(/^export (?:const|type|interface) ([A-Z]\w+)/gm)].map((m) => m[1]!))
      .filter((term) => !known.includes(`\`${term}\``))
  },
  sin: () => ({ 'domain/src/library/terms.ts': "import { z } from 'zod'\nexport const Shelf = z.string()\n" }),
}

const fresh = new Map<string, string>()
const writeOnce = (path: string, write: () => string) => fresh.get(path) ?? fresh.set(path, write()).get(path)!

const generated: HouseRule = {
  name: 'generated documents are what their generator writes',
  find: (house) =>
    documents.filter(([path, write]) => house.read(path) !== writeOnce(path, write)).map(([path]) => path),
  sin: (house) => ({ 'docs/rights.md': `${house.read('docs/rights.md')}\nby hand\n` }),
}

export const documentRules: readonly HouseRule[] = [paths, tests, glossary, generated]
