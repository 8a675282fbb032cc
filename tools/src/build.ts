/** Builds the two web apps. */
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../..')
for (const app of ['console', 'field'])
  await build({
    root: join(root, 'apps', app),
    configFile: join(root, 'apps', app, 'vite.config.ts'),
    logLevel: 'warn',
    build: { emptyOutDir: true },
  })
