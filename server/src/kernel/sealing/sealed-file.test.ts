import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openBytes, streamBytes } from '../file-bytes.ts'
import { problemOf } from '../problems.ts'
import { createSealer, type Sealer } from '../seal.ts'
import { findSealed, isSealedNow, sealPieces } from './sealed-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'fengge-sealed-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'one')
const secret = 'a secret of thirty-two signs at least'
const next = 'another secret of thirty-two signs!!'
const about = 'registry.batch 1'

async function wholeOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
const seal = async (sealer: Sealer, bytes: Uint8Array, step = 10_000) => {
  const parts = function* () {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
  }
  writeFileSync(path, await wholeOf(sealPieces(sealer, about, parts())))
}
const opened = async (sealer: Sealer) =>
  wholeOf(streamBytes(await findSealed(sealer, path, about)) as AsyncIterable<Buffer>)
const isBroken = (error: unknown) => problemOf(error)?.problem === 'file.broken'

for (const suite of ['intl', 'sm'] as const) {
  const sealer = createSealer(secret, suite)

  test(`${suite}: a file of any length comes back whole, and from any place on`, async () => {
    for (const length of [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001]) {
      const bytes = randomBytes(length)
      await seal(sealer, bytes)
      assert.ok((await opened(sealer)).equals(bytes), `${length}`)
      const file = await openBytes(await findSealed(sealer, path, about))
      assert.equal(file.size, length)
      for (const [at, many] of [
        [0, 4],
        [65_530, 20],
        [100, 140_000],
        [199_999, 50],
      ] as const)
        assert.ok((await file.read(at, many)).equals(bytes.subarray(at, at + many)), `${length} from ${at}`)
      await file.close()
      const part = await wholeOf(
        streamBytes(await findSealed(sealer, path, about), 65_000, 132_000) as AsyncIterable<Buffer>,
      )
      assert.ok(part.equals(bytes.subarray(65_000, 132_001)))
    }
  })

  test(`${suite}: nothing of it stands in clear, and a changed, moved, missing or cut piece is refused`, async () => {
    const bytes = Buffer.from('planted value 4711,'.repeat(12_000))
    await seal(sealer, bytes)
    const sealed = readFileSync(path)
    assert.ok(!sealed.includes('planted value'))
    const piece = 65_536 + (suite === 'intl' ? 16 : 32)
    const changed = Buffer.from(sealed)
    changed[70_000]! ^= 1
    const parts = [0, 1, 2, 3].map((i) => sealed.subarray(36 + i * piece, 36 + (i + 1) * piece))
    const [head, a, b, c, d] = [sealed.subarray(0, 36), ...parts] as [Buffer, Buffer, Buffer, Buffer, Buffer]
    const odd = [
      changed,
      Buffer.concat([head, b, a, c, d]),
      Buffer.concat([head, a, c, d]),
      Buffer.concat([head, a, b]),
    ]
    for (const one of [...odd, sealed.subarray(0, -1), head]) {
      writeFileSync(path, one)
      await assert.rejects(opened(sealer), isBroken)
    }
    for (const one of [bytes, Buffer.from('')]) {
      writeFileSync(path, one)
      await assert.rejects(findSealed(sealer, path, about), isBroken, 'what lies there in clear is not read')
    }
  })

  test(`${suite}: it opens under its own name and its own secret, and under the former while keys are changed`, async () => {
    await seal(sealer, Buffer.from('x'))
    await assert.rejects(findSealed(sealer, path, 'registry.batch 2'), isBroken)
    await assert.rejects(findSealed(createSealer(next, suite), path, about), isBroken)
    const both = createSealer(next, suite === 'sm' ? 'intl' : 'sm', secret)
    assert.equal((await opened(both)).toString(), 'x')
    assert.deepEqual([await isSealedNow(both, path, about), await isSealedNow(sealer, path, about)], [false, true])
  })
}
