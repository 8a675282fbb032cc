/**
 * `npm run bundle -- [--out DIR]`: one file that a server without a network installs: the program as it is committed, its
 * built web apps, its dependencies, its own Node. Whatever lies uncommitted in the folder is left out, and told.
 */
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import {
  createReadStream,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '../..')
const say = (line: string) => process.stdout.write(`${line}\n`)
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)

/** Tests of the server and of browsers need what a bundle has not. */
const isLeftOut = (path: string) => /^(server\/tests|e2e|\.ci|docs\/pictures)\//.test(path)

function copyProgram(to: string): void {
  for (const path of git('ls-files', '-z')) {
    if (isLeftOut(path)) continue
    mkdirSync(dirname(join(to, path)), { recursive: true })
    cpSync(join(root, path), join(to, path))
  }
  for (const app of ['console', 'field'])
    cpSync(join(root, 'apps', app, 'dist'), join(to, 'apps', app, 'dist'), { recursive: true })
}

/** What the program runs with: without what builds and tests it. */
function copyDependencies(to: string): void {
  const folders = ['.', 'domain', 'server', 'web', 'tools', 'apps/console', 'apps/field']
  for (const folder of folders) {
    const from = join(root, folder, 'node_modules')
    if (existsSync(from)) cpSync(from, join(to, folder, 'node_modules'), { recursive: true, verbatimSymlinks: true })
  }
  execFileSync(
    'npm',
    ['prune', '--omit=dev', '--ignore-scripts', '--offline', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: to,
      stdio: ['ignore', 2, 2],
    },
  )
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) hash.update(piece)
  return hash.digest('hex')
}

async function bundle(out: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const changed = git('status', '--porcelain', '-z').length
  if (changed > 0)
    say(`${changed} 个文件没有提交，装进去的是工作目录里的样子 files are not committed; they go in as they lie here`)
  const name = `fengge-${version}-${process.platform}-${process.arch}`
  const work = mkdtempSync(join(tmpdir(), 'fengge-bundle-'))
  try {
    const staged = join(work, name)
    copyProgram(staged)
    copyDependencies(staged)
    writeFileSync(join(staged, '.fengge-bundle'), `${git('rev-parse', 'HEAD')[0]}`)
    mkdirSync(out, { recursive: true })
    const file = join(out, `${name}.tar.gz`)
    execFileSync('tar', ['--owner=0', '--group=0', '--numeric-owner', '-czf', file, '-C', work, name])
    const digest = await digestOf(file)
    writeFileSync(`${file}.sha256`, `${digest}  ${name}.tar.gz\n`)
    say(`${file}\n${Math.round(statSync(file).size / 1_048_576)} MB, sha256 ${digest}`)
    say(`tar xzf ${name}.tar.gz && sudo ./${name}/deploy/install.sh`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const { values } = parseArgs({ options: { out: { type: 'string', default: '.' } } })
await bundle(resolve(process.env['INIT_CWD'] ?? '.', values.out))
