/** Threads that are lent: whoever takes too long or too much is stopped alone, and nobody's work stops another's. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCrew } from '../../src/kernel/beside.ts'
import { problemOf } from '../../src/kernel/problems.ts'

const crew = openCrew(new URL('./slow-worker.ts', import.meta.url), {
  threads: 2,
  longest: 2500,
  patience: 60_000,
  memory: 32,
  line: { own: 3, all: 12 },
  codes: { busy: 'border.busy', tooMuch: 'border.too-much', failed: 'border.invalid' },
})
const work = (who: string, task: string, ms: number) =>
  crew
    .lend(who, (send) => send({ task, given: ms }, []))
    .then(String)
    .catch((error: unknown) => problemOf(error)?.problem ?? String(error))

test('what takes longer than a thread is lent ends with it, and so does what takes more memory; the next is done', async () => {
  const [late, full, other] = await Promise.all([
    work('a', 'wait', 60_000),
    work('b', 'fill', 60_000),
    work('c', 'add', 1),
  ])
  assert.deepEqual([late, full, other], ['border.too-much', 'border.too-much', 'add'])
  assert.equal(await work('a', 'again', 1), 'again')
  assert.equal(await work('a', 'fail', 1), 'border.invalid')
})

test('one account has one thread and a short line; another is served before its last piece of work', async () => {
  const done: string[] = []
  const said = (who: string, ms: number) =>
    work(who, who, ms).then((x) => {
      done.push(x)
      return x
    })
  const much = Array.from({ length: 6 }, () => said('loud', 300))
  const quiet = said('quiet', 1)
  assert.equal(await quiet, 'quiet')
  const answers = await Promise.all(much)
  assert.equal(answers.filter((x) => x === 'border.busy').length, 2)
  assert.ok(done.indexOf('quiet') < done.lastIndexOf('loud'), done.join())
})
