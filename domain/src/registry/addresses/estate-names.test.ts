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

test('names laid over others are added to none of them, and there is room for so many', () => {
  const base = new EstateNames(['阳光花园', '惠山大道'])
  const file = new EstateNames([], { base, room: 2 })
  assert.ok(file.has('阳光花园'))
  assert.equal(file.nearTo('阳光苑'), '阳光花园')
  file.add('古庄家园')
  assert.equal(file.nearTo('古庄苑'), '古庄家园')
  assert.deepEqual([file.isFull, file.size, base.size, base.has('古庄家园')], [false, 3, 2, false])
  file.add('西新路')
  assert.ok(file.isFull)
  assert.deepEqual(new EstateNames(['阳光花园', '阳光家园', '阳光府']).allNear('阳光苑', 2), ['阳光花园', '阳光家园'])
})
