/** Pictures of strangers are drawn one at a time, those of staff beside them, and none that unpacks to far more than it weighs. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { strangerAt } from '../../src/kernel/door-line.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { redraw } from '../../src/kernel/judging/pictures.ts'
import { county, openWorld, type World } from '../world.ts'
import { baseOf, upload } from './uploading.ts'

let world: World
let base: string
let phone: Buffer
const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  base = baseOf(world)
  phone = await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 75 })
    .toBuffer()
})
after(() => world.close())

async function report(bytes: Buffer, type: string, remoteAddress: string) {
  const edge = '----edge'
  const fields = { county, id: freshId(), title: '井盖', content: '井盖', category: '5001', place: '巷口' }
  const text = Object.entries(fields).map(
    ([name, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${edge}\r\ncontent-disposition: form-data; name="photo"; filename="a"\r\ncontent-type: ${type}\r\n\r\n`
  const answer = await world.app.inject({
    method: 'POST',
    url: '/report',
    remoteAddress,
    headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: Buffer.concat([Buffer.from(text.join('') + head), bytes, Buffer.from(`\r\n--${edge}--\r\n`)]),
  })
  return { status: answer.statusCode, page: answer.payload }
}

/**
 * How many pictures were on threads at the same time while some work is done: so many as three looks in a row saw, for
 * the two counters are not read in one, and a picture that goes from one to the other is for a moment in both.
 */
async function mostAtOnce<T>(work: Promise<T>): Promise<{ value: T; most: number }> {
  let most = 0
  let seen: readonly [number, number] = [0, 0]
  const look = () => {
    const { queue, process } = sharp.counters()
    most = Math.max(most, Math.min(...seen, queue + process))
    seen = [seen[1], queue + process]
  }
  const timer = setInterval(look, 1)
  return work.then((value) => ({ value, most })).finally(() => clearInterval(timer))
}

test('of what strangers send one picture is drawn at a time; a network that sends many is told to come again, another is not', async () => {
  const small = await sharp({ create: { width: 500, height: 400, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 95 })
    .toBuffer()
  assert.ok(small.length > 65_536)
  const { promise: held, resolve: letGo } = Promise.withResolvers<Buffer>()
  const first = redraw(() => held, strangerAt('203.0.113.77'))
  const refused: string[] = []
  // Three bodies of a network are read at a time, twelve wait unread (kernel/running/body-room.ts).
  const sent = Array.from({ length: 17 }, async (_, i) => {
    const { status, page } = await report(small, 'image/jpeg', `192.0.2.${i}`)
    if (status === 429 && refused.push(page) === 2) letGo(phone)
    return status
  })
  const other = report(phone, 'image/jpeg', '198.18.0.5')
  const { value, most } = await mostAtOnce(Promise.all([other, first, ...sent]))
  assert.equal(most, 1)
  const [honest, , ...codes] = value
  assert.equal(honest.status, 200, 'the photo of a phone comes in')
  const taken = codes.filter((code) => code === 200).length
  assert.deepEqual([taken, refused.length], [15, 2])
  assert.ok(refused.every((page) => page.includes('<html')))
})

test('a picture of staff waits for none of strangers', async () => {
  const order: string[] = []
  const noted = async (who: string, done: Promise<{ status: number }>) => order.push(`${who} ${(await done).status}`)
  const flood = Array.from({ length: 4 }, (_, i) => noted('stranger', report(phone, 'image/jpeg', `192.0.2.${i}`)))
  const own = noted('staff', upload(base, 'worker', phone, { name: 'a.jpg', type: 'image/jpeg' }))
  const { most } = await mostAtOnce(Promise.all([own, ...flood]))
  assert.ok(most <= 2, `${most}`)
  assert.ok(order.findIndex((o) => /^staff 20\d/.test(o)) < order.lastIndexOf('stranger 200'), order.join())
})

test('a kilobyte that unpacks to millions of pixels is refused before it is drawn, whoever sends it', async () => {
  const hollow = await sharp({ create: { width: 3000, height: 2990, channels: 3, background: '#a83' } })
    .avif({ effort: 0 })
    .toBuffer()
  assert.ok(hollow.length < 2000)
  assert.equal((await report(hollow, 'image/avif', '203.0.113.5')).status, 413)
  const { status, problem } = await upload(base, 'worker', hollow, { name: 'a.avif', type: 'image/avif' })
  assert.deepEqual([status, problem], [413, 'file.too-large'])
  assert.equal(sharp.concurrency(), 1)
})
