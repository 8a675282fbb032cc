// Who may import whom. Checked by dependency-cruiser in `npm test`; that every rule bites is checked by
// tools/src/sins/fence.test.ts. The floors differ from the first plan: docs/decisions/0002-house.md.
// Files that still break a rule are named in fence-exceptions.json; the same test lets that list only shrink.
const exceptions = require('./fence-exceptions.json')
const except = (rule) =>
  process.env.FENCE === 'strict' ? [] : exceptions[rule].map((file) => `^${file.replaceAll('.', '[.]')}$`)
const floors = [
  ['places'],
  ['identity', 'library'],
  // Reads the journal, and names who stands in it.
  ['audit'],
  ['registry', 'staff', 'matters'],
  ['admission', 'events', 'visits'],
  ['assessment', 'training', 'emergency', 'helpers', 'public', 'sensors', 'worklog'],
  // A phone sends acts of every slice beneath, the work log's among them.
  ['pay', 'sync'],
  ['analytics', 'sharing'],
]
const slices = floors.flat().join('|')
/** The slices beside and above one: it may know none of them, neither on the server nor among the rules. */
const upward = floors.flatMap((floor, level) =>
  floor.map((slice) => {
    const others = floors
      .slice(level)
      .flat()
      .filter((s) => s !== slice)
    return {
      name: `floors-${slice}`,
      severity: 'error',
      from: { path: `^(server|domain)/src/${slice}/`, pathNot: '[.]test[.]ts$' },
      to: { path: `^(server|domain)/src/(${others.join('|')})/` },
    }
  }),
)
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^domain/src', pathNot: '[.]test[.]ts$' },
      to: { pathNot: '^domain/src|node_modules/zod/' },
    },
    {
      name: 'rules-know-no-contract',
      severity: 'error',
      from: { path: '^domain/src', pathNot: '/contract([.]ts$|/)|[.]test[.]ts$' },
      to: { path: '/contract([.]ts$|/)' },
    },
    {
      name: 'slices-meet-at-the-door',
      severity: 'error',
      from: { path: '^server/src/([^/]+)/' },
      to: { path: `^server/src/(${slices})/`, pathNot: '^server/src/$1/|/door[.]ts$' },
    },
    {
      name: 'the-database-is-opened-in-one-place',
      severity: 'error',
      from: { path: '^server/src', pathNot: '^server/src/kernel/db/' },
      to: { path: 'node_modules/(kysely|pg)/' },
    },
    {
      name: 'the-builder-stays-behind-the-handles',
      severity: 'error',
      from: { path: '^server/src/kernel/db/', pathNot: '/db/(pool|sql|tx|tables)[.]ts$' },
      to: { path: 'node_modules/kysely/' },
    },
    {
      name: 'sql-only-in-stores',
      severity: 'error',
      from: {
        path: '^server/src/',
        pathNot: ['/(store|queries)([.]ts$|/)|^server/src/kernel/db/', ...except('sql-only-in-stores')],
      },
      to: { path: '^server/src/kernel/db/(sql|sink)[.]ts$' },
    },
    {
      name: 'only-serve-writes-in-groups',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/kernel/((serve|store)[.]ts$|db/)' },
      to: { path: '^server/src/kernel/db/group-writer[.]ts$' },
    },
    {
      name: 'routes-do-not-store',
      severity: 'error',
      from: { path: '^server/src/.*/routes[.]ts$', pathNot: except('routes-do-not-store') },
      to: { path: '/store([.]ts$|/)' },
    },
    {
      name: 'kernel-knows-no-slice',
      severity: 'error',
      from: { path: '^(server|domain)/src/kernel/', pathNot: '[.]test[.]ts$' },
      to: { path: `^(server|domain)/src/(${slices})/` },
    },
    {
      // A slice is handed its ground: read, and write in a transaction. The engine holds the pool itself.
      name: 'slices-stand-on-the-ground',
      severity: 'error',
      from: { path: `^server/src/((${slices})/|house[.]ts$)` },
      to: { path: '^server/src/kernel/engine[.]ts$' },
    },
    { name: 'apps-stay-outside', severity: 'error', from: { path: '^(apps|web)/' }, to: { path: '^server/' } },
    {
      name: 'apps-are-strangers',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'web-serves-all-apps', severity: 'error', from: { path: '^web/' }, to: { path: '^apps/' } },
    {
      name: 'nothing-imports-tools',
      severity: 'error',
      from: { path: '^(domain|server|web|apps)/' },
      to: { path: '^tools/' },
    },
    ...upward,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // What is built; packages whose files lie in a dist/ must be seen.
    exclude: { path: '^apps/[^/]+/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
