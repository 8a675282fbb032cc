/** What is made is used: facts are told and heard, jobs have a worker, routes are served; rooms have the same slices. */
import type { House, HouseRule } from './house.ts'

const inServer = (house: House) =>
  house.paths.filter((p) => p.startsWith('server/src/') && p.endsWith('.ts') && !p.endsWith('.test.ts'))
const readAll = (house: House, paths: readonly string[]) => paths.map((p) => house.read(p)).join('\n')
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1]!)
const names = (text: string, name: string) => new RegExp(`\\b${name}\\b`).test(text)

const factsIn = (house: House) =>
  readAll(
    house,
    house.paths.filter((p) => /^domain\/src\/\w+\/facts\.ts$/.test(p)),
  )
/** Who takes a fact out of its list, or hears of it, has not told it. */
const withoutHearing = (text: string) =>
  text.replaceAll(/^import [\s\S]*? from '[^']+'$/gm, '').replaceAll(/\bon\(\s*\w+\b/g, '')

const told: HouseRule = {
  name: 'every fact is told by somebody',
  find: (house) => {
    const tools = house.paths.filter((p) => p.startsWith('tools/src/') && !p.startsWith('tools/src/house/'))
    const text = withoutHearing(readAll(house, [...inServer(house), ...tools]))
    return all(factsIn(house), /^export const (\w+) = (?:announced|recorded)\b/gm)
      .filter((fact) => !names(text, fact))
      .map((fact) => `nobody tells ${fact}`)
  },
  sin: () => ({
    'domain/src/staff/facts.ts': "export const workerLeft = announced<string>()('worker.left', nothing)\n",
    'server/src/staff/hearing.ts':
      "import { workerLeft } from '@fengge/domain/staff/facts'\nexport const hear = () => on(workerLeft, closeTasks)\n",
  }),
}

const heard: HouseRule = {
  name: 'every announced fact has a reader',
  find: (house) => {
    const server = readAll(house, inServer(house))
    return all(factsIn(house), /^export const (\w+) = announced\b/gm)
      .filter((fact) => !new RegExp(`\\bon\\(\\s*${fact}\\b`).test(server))
      .map((fact) => `nobody hears ${fact}`)
  },
  sin: () => ({
    'domain/src/staff/facts.ts': "export const workerLeft = announced<string>()('worker.left', nothing)\n",
    'server/src/staff/commands/leave.ts': 'await announce(ctx, workerLeft, id, told)\n',
  }),
}

const jobs: HouseRule = {
  name: 'every job has a worker, and every queue that is sent to is a job',
  find: (house) => {
    const contents = house.read('server/src/house.ts')
    const others = inServer(house).filter((p) => p !== 'server/src/house.ts')
    const text = readAll(house, others)
    const idle = all(text, /^export const (\w+): (?:readonly )?Job(?:\[\])?\b/gm).filter((job) => !names(contents, job))
    const known = all(`${contents}\n${text}`, /\bname: '([a-z-]+\.[a-z-]+)',\s*(?:cron|everyMs|run)\b/g)
    const twice = known.filter((name, i) => known.indexOf(name) !== i)
    const sent = all(text, /\bboss\.(?:send|schedule)\(\s*'([^']+)'/g).filter((queue) => !known.includes(queue))
    return [
      ...idle.map((j) => `${j} is not in server/src/house.ts`),
      ...twice.map((n) => `${n} is two jobs`),
      ...sent.map((q) => `nobody works off ${q}`),
    ]
  },
  sin: () => ({
    'server/src/audit/jobs.ts': "export const restJob: Job = { name: 'audit.rest', run: rest }\n",
  }),
}

const tableOfContents: HouseRule = {
  name: 'every slice is in the table of contents: its routes are served, its reactions named',
  find: (house) => {
    const contents = house.read('server/src/house.ts') + house.read('server/src/app.ts')
    return inServer(house)
      .filter((p) => /^server\/src\/(?!kernel\/).*(routes|reactions)\.ts$/.test(p))
      .flatMap((p) => all(house.read(p), /^export (?:async )?function (\w+(?:Routes|Reactions))\b/gm))
      .filter((register) => !names(contents, register))
  },
  sin: () => ({ 'server/src/audit/reactions.ts': 'export function auditReactions(): void {}\n' }),
}

/** Folders of the screens that have the name of no slice, until they are laid anew. */
const waitForRedesign: readonly string[] = [
  'apps/console/src/work',
  'apps/console/src/rules',
  'apps/field/src/day',
  'apps/field/src/more',
  'apps/field/src/elder',
]
/** What every app may have beside its slices. */
const besideSlices = ['kernel', 'shell', 'offline', 'words', 'home']
/** No rules of its own: what residents may send is of the slice it goes to. */
const withoutRules = ['public']

const slices: HouseRule = {
  name: 'slices have the same names in every room',
  find: (house) => {
    const floors = /const floors = \[([\s\S]*?)\n\]/.exec(house.read('fence.cjs'))?.[1] ?? ''
    const known = new Set([...all(floors, /'(\w+)'/g), ...besideSlices])
    const folders = new Set(
      all(house.paths.join('\n'), /^((?:domain|server|apps\/(?:console|field))\/src\/\w+)\/.*\.tsx?$/gm),
    )
    const strange = [...folders].filter((f) => !known.has(f.split('/').at(-1)!) && !waitForRedesign.includes(f))
    const gone = waitForRedesign.filter((f) => !folders.has(f))
    const oneRoomed = [...known]
      .filter((s) => !withoutRules.includes(s))
      .filter((s) => folders.has(`server/src/${s}`) !== folders.has(`domain/src/${s}`))
    return [
      ...strange.map((f) => `${f} is no slice`),
      ...gone.map((f) => `${f} is no more: strike it off the list`),
      ...oneRoomed.map((s) => `${s} is in one of domain and server only`),
    ]
  },
  sin: () => ({ 'apps/console/src/reports/Page.tsx': 'export const Page = () => null\n' }),
}

export const wiringRules: readonly HouseRule[] = [told, heard, jobs, tableOfContents, slices]
