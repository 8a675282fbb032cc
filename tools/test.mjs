import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { build, install } from './prepare.mjs'
import { run } from './run.mjs'

install()
if (!existsSync('/usr/bin/chromium') && process.platform === 'linux' && process.getuid?.() === 0) {
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  } catch {
    process.stdout.write('chromium could not be installed: browser tests will be skipped with a notice\n')
  }
}
await build()
process.exit(await run(['tools/src/test.ts', ...process.argv.slice(2)]))
