/** The phone's program judges nothing: what stands in for its schemas says so, and nothing in the build asks it to. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { z as stand } from './no-schemas.ts'

type Stand = Record<string, (...given: unknown[]) => Stand>
const z = stand as Stand

test('schemas can be built without schemas, as contracts do', () => {
  assert.doesNotThrow(() =>
    z['strictObject']!({ id: z['uuid']!(), n: z['int']!()['min']!(0)['default']!(0) })['extend']!({}),
  )
})

test('whoever asks it to read something is told at once, instead of getting nothing', () => {
  for (const name of ['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'decode', 'encode'])
    assert.throws(() => z['strictObject']!({})[name]!({}), /no schemas on the phone/, name)
})

/** Names of the methods of a schema that judge; JSON.parse and Date.parse are others'. */
const judging = /(?<!\bJSON)(?<!\bDate)\.(?:parse|safeParse|parseAsync|safeParseAsync|safeDecode|safeEncode)\(/g
const assets = join(import.meta.dirname, '../../../apps/field/dist/assets')
const why = existsSync(assets) ? false : 'the phone is not built here'

test('the built program of the phone calls no schema', { skip: why }, () => {
  const files = readdirSync(assets).filter((f) => f.endsWith('.js'))
  assert.ok(files.length > 5)
  for (const file of files) {
    const found = readFileSync(join(assets, file), 'utf8').matchAll(judging)
    for (const hit of found) {
      const around = hit.input.slice(Math.max(0, hit.index - 60), hit.index + 40)
      assert.fail(`${file}: …${around}…`)
    }
  }
})

test('the search would find one', () => {
  assert.equal([...'const a=R.parse(x),b=JSON.parse(y),c=Date.parse(z),d=Q().safeParse(x)'.matchAll(judging)].length, 2)
})
