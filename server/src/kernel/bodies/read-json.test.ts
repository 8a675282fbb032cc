import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excessOf } from './read-json.ts'

const judged = (text: string, most = 10) => excessOf(Buffer.from(text), most)

test('lists, objects and commas are counted, and what stands within a text is not', () => {
  for (const [text, excess] of [
    ['', undefined],
    ['{}', undefined],
    ['[1,2,3,4,5,6,7,8,9,10]', undefined],
    ['[1,2,3,4,5,6,7,8,9,10,11]', 'too_big'],
    [`[${'{},'.repeat(6)}{}]`, 'too_big'],
    [`["${','.repeat(50)}"]`, undefined],
    [String.raw`["\",,,,,,,,,,,,,,,,","\\",1]`, undefined],
    [String.raw`["\\",1,2,3,4,5,6,7,8,9,10]`, 'too_big'],
    [`["${'\\"'.repeat(300)},,,,,,,,,,,,"]`, undefined],
    [`["${'文'.repeat(300)}",1,2,3,4,5,6,7,8,9,10]`, 'too_big'],
  ] as const)
    assert.equal(judged(text), excess, text.slice(0, 60))
})

test('a long text ends at its own quote, however many backslashes stand before it', () => {
  const tail = ',1,2,3,4,5,6,7,8,9,10]'
  for (const length of [0, 1, 255, 256, 257, 258, 600])
    for (const slashes of [0, 2, 4, 258]) {
      const text = `["${'a'.repeat(length)}${'\\'.repeat(slashes)}"${tail}`
      assert.doesNotThrow(() => JSON.parse(text))
      assert.equal(judged(text), 'too_big', `${length} ${slashes}`)
      const open = `["${'a'.repeat(length)}${'\\'.repeat(slashes)}\\"${tail}"]`
      assert.doesNotThrow(() => JSON.parse(open))
      assert.equal(judged(open), undefined, `${length} ${slashes} and a quote of the text`)
    }
})

test('nesting is refused beyond a hundred, and a text without an end is left to the parser', () => {
  assert.equal(judged('['.repeat(100), 1000), undefined)
  assert.equal(judged('['.repeat(101), 1000), 'too-deep')
  assert.equal(judged('{"a":"', 1000), undefined)
  assert.equal(judged(`{"a":"${'b'.repeat(400)}\\`, 1000), undefined)
})
