// Who may import whom. Checked by dependency-cruiser in `npm test`, and the check itself is checked by
// tools/src/house.test.ts, which plants a sin. The floors differ from the first plan: docs/decisions/0002-house.md.
const floors = [
  ['audit', 'places', 'library'],
  ['identity'],
  ['registry', 'staff', 'matters'],
  ['admission', 'events', 'visits'],
  ['assessment', 'training', 'emergency', 'helpers', 'public', 'sync', 'worklog'],
  ['pay'],
  ['analytics', 'sharing'],
]
const slices = floors.flat().join('|')
const upward = floors.flatMap((floor, level) =>
  floor.map((slice) => ({
    name: `floors-${slice}`,
    severity: 'error',
    from: { path: `^server/src/${slice}/` },
    to: {
      path: `^server/src/(${
        floors
          .slice(level)
          .flat()
          .filter((s) => s !== slice)
          .join('|') || '$^'
      })/`,
    },
  })),
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
      name: 'kernel-knows-no-slice',
      severity: 'error',
      from: { path: '^server/src/kernel/' },
      to: { path: `^server/src/(${slices})/` },
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
    exclude: { path: '/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
