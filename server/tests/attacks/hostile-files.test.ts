/**
 * Hostile files through every door that takes files: each is refused with a sentence or comes out clean, nothing of it
 * stays on the disk, and the event loop is never held up.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { enrolDevice, handIn, wipeDevice } from '@fengge/domain/sync/contract'
import { hasSentence } from '@fengge/web/words/problems.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { batchOf, sendFile } from '../import-files.ts'
import { county, openWorld, type World } from '../world.ts'
import { carriers, falseOffice, falsePdfs, falsePhotos, falseTables, type HostileFile } from './hostile-makers.ts'
import { bars, measured } from './measured.ts'
import { baseOf, upload } from './uploading.ts'

let world: World
let base: string
let jpeg: Buffer
let photos: readonly HostileFile[]
const [pdfs, office, tables] = [falsePdfs(), falseOffice(), falseTables()]
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  base = baseOf(world)
  jpeg = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#a83' } })
    .jpeg()
    .toBuffer()
  photos = falsePhotos(jpeg)
  // Threads, parsers and stores are there before anything is measured.
  await evidence({ what: '', name: 'a.jpg', type: 'image/jpeg', bytes: jpeg })
  await evidence({ what: '', name: 'a.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7\n%%EOF\n') })
})
after(() => world.close())

/** What came of a file: how it was refused, or nothing where it was taken. */
type Fate = { readonly problem: string } | undefined
type Door = (file: HostileFile) => Promise<Fate>

const evidence: Door = async ({ bytes, name, type }) => {
  const { status, problem } = await upload(base, 'worker', bytes, { name, type })
  if (status < 400) return undefined
  assert.ok(status < 500, `${status}`)
  return { problem: problem ?? 'none' }
}

const hotline: Door = async ({ what, bytes, name }) => {
  const ask = { requestId: freshId(), fileName: name, base64: bytes.toString('base64') }
  const { status, body } = await world.post('hotline', '/api/hotline/import', ask)
  if (status === 200) return body.errors.length > 0 ? { problem: 'file.columns' } : undefined
  assert.ok(status < 500, `${what}: ${status}`)
  return { problem: body.problem }
}

const registry: Door = async ({ bytes, name }) => {
  const { status, id } = await sendFile(world, 'village', { name, bytes })
  if (status !== 200) {
    assert.ok(status < 500, `${status}`)
    return { problem: 'file.type' }
  }
  const batch = await batchOf(world, id)
  return batch.created === 0 ? { problem: batch.problem ?? 'file.broken' } : undefined
}

const resident: Door = async ({ bytes, name, type }) => {
  const edge = '----edge'
  const fields = { county, id: freshId(), title: '井盖', content: '井盖', category: '5001', place: '巷口' }
  const head = Object.entries(fields).map(
    ([key, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  )
  const photo = `--${edge}\r\ncontent-disposition: form-data; name="photo"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`
  const answer = await fetch(`${base}/report`, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
    body: new Uint8Array(
      Buffer.concat([Buffer.from(head.join('') + photo), bytes, Buffer.from(`\r\n--${edge}--\r\n`)]),
    ),
  })
  const page = await answer.text()
  if (answer.status === 200) return undefined
  assert.ok(answer.status < 500, `${answer.status}`)
  assert.match(page, /role="alert"/)
  return { problem: 'file.broken' }
}

/** Every file under the data folder. */
const onDisk = () =>
  ['files', 'uploads', 'imports']
    .map((folder) => join(world.engine.settings.dataDir, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

async function refuseAll(door: Door, files: readonly HostileFile[]): Promise<void> {
  const before = onDisk().toSorted()
  for (const file of files) {
    const { value: fate, longest } = await measured(() => () => door(file))
    assert.ok(fate, `${file.what} was taken`)
    assert.ok(hasSentence(fate.problem), `${file.what}: ${fate.problem} has no sentence`)
    assert.ok(longest < bars.turn, `${file.what} held the loop up for ${longest} ms`)
    assert.deepEqual(onDisk().toSorted(), before, `${file.what} left something on the disk`)
  }
}

test('fifty kinds and more are made', () => {
  const all = [...photos, ...pdfs, ...office, ...tables, ...carriers(jpeg, 'x')]
  assert.ok(new Set(all.map((f) => f.what)).size >= 50, `${all.length}`)
})

test('evidence: what only calls itself a photo is refused', () => refuseAll(evidence, photos))
test('evidence: documents that run, send, fetch, hide or swell are refused by any spelling', () =>
  refuseAll(evidence, pdfs))
test('evidence: office files with macros, objects, foreign parts, entities, bad names and bombs are refused', () =>
  refuseAll(evidence, office))
test('a resident hands in a photo or nothing', () =>
  refuseAll(resident, [...photos.slice(1), ...pdfs.slice(0, 3), ...office.slice(0, 3)]))
test('hotline: tables that are none, carry formulas or entities, or swell are refused', () =>
  refuseAll(hotline, tables))
test('registry: the same tables bring in nobody', () =>
  refuseAll(
    registry,
    tables.filter((f) => !/text without|formulas/.test(f.what)),
  ))

test('no bomb takes more than 200 MB', async () => {
  const bombs: [Door, HostileFile][] = [
    ...[...photos, ...pdfs, ...office]
      .filter((f) => /bomb|000 by/.test(f.what))
      .map((f): [Door, HostileFile] => [evidence, f]),
    ...tables.filter((f) => /bomb|multiply/.test(f.what)).map((f): [Door, HostileFile] => [hotline, f]),
  ]
  assert.ok(bombs.length >= 10, `${bombs.length}`)
  for (const [door, file] of bombs) {
    const { grown } = await measured(() => () => door(file))
    assert.ok(grown < bars.megabytes, `${file.what} took ${grown} MB`)
  }
})

test('true photos come out clean, whatever they carried', async () => {
  const marker = 'EVIL-MARKER-7781'
  for (const door of [evidence, resident])
    for (const file of carriers(jpeg, marker)) {
      const before = new Set(onDisk())
      assert.equal(await door(file), undefined, file.what)
      const fresh = onDisk().filter((path) => !before.has(path))
      assert.equal(fresh.length, 2, `${file.what}: the photo and its small picture`)
      for (const path of fresh) {
        assert.ok(path.startsWith(join(world.engine.settings.dataDir, 'files', county)))
        assert.ok(!readFileSync(path).includes(marker), file.what)
      }
    }
})

test('an honest document is taken as it is', async () => {
  const honest = Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>\nendobj\n%%EOF\n')
  assert.equal(await evidence({ what: '', name: 'a.pdf', type: 'application/pdf', bytes: honest }), undefined)
})

test('what a wiped phone hands in is kept sealed, and nothing of it lies on the disk', async () => {
  const { id, token } = await world.ask(enrolDevice, 'worker', {
    id: freshId(),
    name: '测试机',
    dataKey: Buffer.alloc(32, 7).toString('base64url'),
  })
  await world.ask(wipeDevice, 'village', { id, reason: '手机丢失' })
  await world.signBackIn('worker')
  const before = onDisk().toSorted()
  for (const sealed of ['', 'no base64 at all!', 'A'.repeat(5000), jpeg.toString('base64url')]) {
    const answer = await world.post(null, handIn.path, { requestId: freshId(), device: id, token, sealed: [sealed] })
    assert.ok(answer.status < 500, `${answer.status}`)
    if (answer.status === 200) assert.equal(answer.body.kept, 0)
  }
  assert.deepEqual(onDisk().toSorted(), before)
})
