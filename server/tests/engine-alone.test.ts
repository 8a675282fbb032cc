/** Tools and jobs act without a server: what follows from an act follows there too. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { netChanged } from '@fengge/domain/places/facts'
import { personMerged } from '@fengge/domain/registry/facts'
import { heardFacts } from '../src/kernel/reactions.ts'
import { createEngine } from '../src/main.ts'
import { monday, serverUrlFor, settingsFor } from './template.ts'
import { setClock } from '../src/kernel/stand-ins/set-clock.ts'

test('an engine that nobody serves from hears of every change of the net and of people', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-test-'))
  assert.deepEqual(heardFacts(), [])
  const engine = createEngine(settingsFor(folder), serverUrlFor('world'), setClock(monday))
  for (const fact of [netChanged, personMerged]) assert.ok(heardFacts().includes(fact.name), fact.name)
  await engine.database.close()
  rmSync(folder, { recursive: true, force: true })
})
