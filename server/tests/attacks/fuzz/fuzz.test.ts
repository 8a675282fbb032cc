/** Five hundred hostile requests of twenty thousand (`npm run fuzz`), by every role and by nobody. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { playRichly, type Played } from '../../rich-play.ts'
import { fuzz } from './play.ts'

let played: Played
before(async () => {
  played = await playRichly()
})
after(() => played.world.close())

test('whatever is asked, no answer is a failure of the server, and none tells of a stack, a statement or a path', async () => {
  const { statuses, faults } = await fuzz(played, { seed: 20_261_127, count: 500 })
  assert.deepEqual(faults, [])
  assert.ok((statuses['200'] ?? 0) > 30, `enough of it is understood: ${JSON.stringify(statuses)}`)
})
