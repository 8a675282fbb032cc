import { build, install } from './prepare.mjs'
import { run } from './run.mjs'

install()
await build()
process.exit(await run(['tools/src/bundle.ts', ...process.argv.slice(2)]))
