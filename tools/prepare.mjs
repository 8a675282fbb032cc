// Installs what the lock names, to the letter (`npm ci`), and builds the web apps when their sources changed. A bundle
// (tools/src/bundle.ts) holds both, and may stand where nobody can write.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'

const stampFile = (name) => join(root, 'node_modules', `.fengge-${name}`)
const isFresh = (name, stamp) => existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === stamp

const isBundle = existsSync(join(root, '.fengge-bundle'))

export function install() {
  if (isBundle) return
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (isFresh('installed', stamp)) return
  process.stderr.write('安装依赖 installing …\n')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // There npm is a script, which only a shell starts.
    shell: process.platform === 'win32',
  })
  writeFileSync(stampFile('installed'), stamp)
}

function listFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .filter((e) => e.name !== 'node_modules' && e.name !== 'dist')
    .flatMap((e) => (e.isDirectory() ? listFiles(join(folder, e.name)) : [join(folder, e.name)]))
}

export async function build() {
  if (isBundle) return
  const files = ['domain/src', 'web/src', 'apps/console', 'apps/field'].flatMap((f) => listFiles(join(root, f)))
  const stamp = createHash('sha256')
    .update(
      files
        .map(
          (f) =>
            `${f.slice(root.length)} ${statSync(f).size} ${createHash('sha1').update(readFileSync(f)).digest('hex')}`,
        )
        .join('\n'),
    )
    .digest('hex')
  const isBuilt = ['console', 'field'].every((app) => existsSync(join(root, 'apps', app, 'dist', 'index.html')))
  if (isBuilt && isFresh('built', stamp)) return
  process.stderr.write('构建前端 building the web apps …\n')
  if ((await run(['tools/src/build.ts'])) !== 0) process.exit(1)
  writeFileSync(stampFile('built'), stamp)
}
