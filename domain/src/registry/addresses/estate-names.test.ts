import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { estateName, isClose } from './estate-name.ts'
import { EstateNames } from './estate-names.ts'

const part = fc.constantFrom('阳光', '花园', '文华', '苑', '小区', '东', '1期', '新村', '枫林', '家园', '里', '苑北')
const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))

test('the near name is the one that a walk through all known names finds first', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 40 }), name, (known, sought) => {
      const firsts = new Map<string, string>()
      for (const shown of known) if (!firsts.has(estateName(shown))) firsts.set(estateName(shown), shown)
      const walked = [...firsts].find(([plain]) => isClose(plain, estateName(sought)))?.[1]
      assert.equal(new EstateNames(known).nearTo(sought), walked)
    }),
    { numRuns: 400 },
  )
})
