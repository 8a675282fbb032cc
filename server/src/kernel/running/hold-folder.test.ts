import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { holdFolder } from './hold-folder.ts'

test('nobody but the owner may open what a folder is held by, and so lock it, though an older version left it open to all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-hold-'))
  try {
    for (const what of ['server', 'backup'] as const) {
      const files = ['lock', 'pid'].map((kind) => join(folder, `${what}.${kind}`))
      if (what === 'backup')
        for (const file of files) {
          writeFileSync(file, '')
          chmodSync(file, 0o644)
        }
      holdFolder(folder, what)()
      assert.deepEqual(
        files.map((file) => statSync(file).mode & 0o777),
        [0o600, 0o600],
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
