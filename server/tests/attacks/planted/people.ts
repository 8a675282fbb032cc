/** Plants people, homes, what is kept of them, and the files by which a community brings them in. */
import assert from 'node:assert/strict'
import { sendImport } from '@fengge/domain/registry/bulk-contract'
import { askCare, decideCare, saveHelper, saveOverlay } from '@fengge/domain/registry/care/contract'
import * as registry from '@fengge/domain/registry/contract'
import { saveField } from '@fengge/domain/registry/fields-contract'
import { listLedgerRows, sendLedgers } from '@fengge/domain/registry/ledger-contract'
import { offerMover } from '@fengge/domain/registry/arriving/contract'
import { askErasure } from '@fengge/domain/registry/leaving/contract'
import { askRecusal } from '@fengge/domain/registry/recusal/contract'
import { askLink, listLinkRequests } from '@fengge/domain/registry/link-contract'
import { freshId } from '../../../src/kernel/fresh-id.ts'
import { runImports } from '../../../src/registry/bulk/import-turns.ts'
import { header } from '../../import-files.ts'
import { idOf, type Login } from '../../world.ts'
import { told } from './marks.ts'
import type { Stage } from './stage.ts'

export const form = (
  fields: Record<string, string>,
  files: readonly { readonly field: string; readonly name: string; readonly bytes: Buffer | string }[],
) => {
  const edge = '----planted'
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  for (const { field, name, bytes } of files)
    parts.push(
      Buffer.from(
        `--${edge}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      Buffer.from(bytes),
      Buffer.from('\r\n'),
    )
  return {
    type: `multipart/form-data; boundary=${edge}`,
    payload: Buffer.concat([...parts, Buffer.from(`--${edge}--\r\n`)]),
  }
}

type Values = Record<string, string | number | boolean>
type Kind = 'person' | 'unit' | 'estate' | 'building' | 'house'

const saving =
  ({ get }: Stage) =>
  async (login: Login, kind: Kind, values: Values, more: { placeId?: string; parentId?: string } = {}) =>
    (await get(registry.saveRecord, login, { id: freshId(), kind, version: 0, values, ...more })).id

export async function plantPeople(stage: Stage) {
  const { get } = stage
  await get(saveField, 'rules', {
    kind: 'person',
    code: 'contactName',
    isOn: true,
    isAsked: false,
    basis: '法定职责',
    purpose: '联系',
    reason: '试点',
  })
  const { personName: name, idNo, phone, remark, contactName, headName, headPhone } = told
  const save = saving(stage)
  const values = { name, kind: 'floating', idNo, born: '1977-09-19', phone, remark, contactName }
  const person = await save('worker', 'person', values)
  const twin = await save('worker', 'person', { name, kind: 'floating', phone: told.otherPhone })
  const shop = { name: '闾丘五金店', kind: 'shop', headName, headPhone }
  const unit = await save('village', 'unit', shop, { placeId: idOf('grid1') })
  const link = await settle(stage, person, twin)
  for (const [version, changed] of [told.otherPhone, phone].entries())
    await get(registry.saveRecord, 'village', {
      id: person,
      kind: 'person',
      version: version + 1,
      values: { phone: changed },
    })
  const overlay = freshId()
  await get(saveOverlay, 'keeper', {
    id: overlay,
    personId: person,
    kind: 'drug',
    facts: told.care,
    values: { result: told.careField },
    visitDays: 30,
    cautions: ['in-pairs'],
    startedOn: '2026-01-01',
    endedOn: null,
  })
  const careRequest = freshId()
  const helper = { name: told.helperName, contact: told.helperPhone, role: 'family', fromOn: '2026-02-01' } as const
  await get(saveHelper, 'keeper', { id: freshId(), overlayId: overlay, ...helper })
  await get(askCare, 'keeper', { id: careRequest, overlayId: overlay, purpose: 'visit', note: '走访前了解情况' })
  await get(decideCare, 'chief', { id: careRequest, isAgreed: true })
  const erasure = freshId()
  await get(askErasure, 'worker', { id: erasure, personId: person, basis: 'other', shownBy: '本人到场' })
  const recusal = freshId()
  const kept = { personId: person, login: 'worker2', untilOn: '2026-12-31', reason: '系其近亲属，申请回避' }
  await get(askRecusal, 'village', { id: recusal, ...kept })
  const arrival = freshId()
  const mover = await save('worker', 'person', { name: told.moverName, kind: 'floating' })
  await get(offerMover, 'worker', { id: arrival, personId: mover, toWhere: told.movedTo, onDay: '2026-03-02' })
  return { person, twin, unit, link, overlay, careRequest, erasure, recusal, arrival, ...(await askFromAfar(stage)) }
}

/** They live in the two houses of the play. @returns the first link */
async function settle({ get, played: { house, other } }: Stage, person: string, twin: string): Promise<string> {
  const link = freshId()
  for (const [id, personId, houseId] of [
    [link, person, house],
    [freshId(), twin, other],
  ] as const)
    await get(registry.linkPerson, 'worker', {
      id,
      personId,
      houseId,
      role: 'tenant',
      fromOn: '2026-03-01',
      basis: '自述',
    })
  return link
}

/** Somebody of the second grid asks for a person of the first, by number. */
async function askFromAfar(stage: Stage) {
  const { get } = stage
  const save = saving(stage)
  const estate = await save(
    'village',
    'estate',
    { name: '禾苑', kind: 'estate', hasProperty: false },
    { placeId: idOf('grid2') },
  )
  const block = await save('worker2', 'building', { no: '9', floors: 6 }, { parentId: estate })
  const room = { unitNo: '1', floor: 1, roomNo: '101', use: 'rental' }
  const far = await save('worker2', 'house', room, { parentId: block })
  const values = { name: told.personName, idNo: told.idNo }
  await get(registry.findLikely, 'worker2', { values })
  await get(askLink, 'worker2', {
    id: freshId(),
    houseId: far,
    values,
    role: 'tenant',
    fromOn: '2026-03-02',
    basis: '自述',
  })
  const { requests } = await get(listLinkRequests, 'village', {})
  return { block, far, linkRequest: requests.at(-1)!.id }
}

export async function plantFiles(stage: Stage) {
  const batch = freshId()
  const csv = [
    header.join(','),
    [told.importedName, told.importedNo, told.importedPhone, '阳光花园3幢2单元501室', '租客', ''].join(','),
    [told.faultyName, '12', '', '', '户主', '9'].join(','),
    ['', '', '', '阳光苑1幢101室', '户主', ''].join(','),
  ].join('\n')
  const file = form({ id: batch, kind: 'person', mode: 'good' }, [{ field: 'file', name: 'p.csv', bytes: csv }])
  assert.equal(
    (await stage.request(sendImport.name, 'village', { method: 'POST', url: sendImport.path, ...file })).statusCode,
    200,
  )
  await runImports(stage.engine)
  const run = freshId()
  const employers = `姓名,身份证号,手机,地址\n${told.employedName},${told.employedNo},${told.employedPhone},`
  const rentals = `承租人,证件号码,联系电话,房屋地址\n${told.employedName},,${told.employedPhone},文华苑1幢1单元102室`
  const ledgers = form({ id: run }, [
    { field: 'employers', name: 'e.csv', bytes: employers },
    { field: 'rentals', name: 'r.csv', bytes: rentals },
  ])
  const sent = await stage.request(sendLedgers.name, 'village', { method: 'POST', url: sendLedgers.path, ...ledgers })
  assert.equal(sent.statusCode, 200, sent.body)
  const lists = await Promise.all(
    (['doubtful', 'linked', 'employer-only'] as const).map((state) =>
      stage.get(listLedgerRows, 'village', { runId: run, state }),
    ),
  )
  return { batch, run, ledgerRow: lists.flatMap((l) => l.rows)[0]!.id }
}
