#!/usr/bin/env node
// The `fengge` command, run by the project's own Node.
import { join } from 'node:path'
import { install } from './prepare.mjs'
import { root, run } from './run.mjs'

install()
process.exit(
  await run([join(root, 'tools/src/cli.ts'), ...process.argv.slice(2)], { cwd: process.env.INIT_CWD ?? process.cwd() }),
)
