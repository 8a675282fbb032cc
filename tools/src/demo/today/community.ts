/** What a community keeps beside its work: office telephones on its cards, photos on badges, a move that is still to come. */
import sharp from 'sharp'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { readyWeights } from '@fengge/domain/places/load'
import { saveBadgePhoto } from '@fengge/server/identity/badge-photos'
import { saveGridCard } from '@fengge/server/identity/grid-cards'
import { actAs } from '@fengge/server/kernel/act-as'
import type { Caller } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { saveWeights } from '@fengge/server/places/commands/import-borders'
import { placeTree } from '@fengge/server/places/door'
import { leavePerson } from '@fengge/server/registry/leaving/leave-person'
import { shortName } from '../net/spots.ts'
import { listSomePeople } from '../store.ts'
import { callerFor } from './office-work.ts'

export async function furnishCommunity(engine: Engine, county: string, gridId: string): Promise<void> {
  await weighLand(engine, county)
  await hangCards(engine, county, gridId)
  for (const [login, colour] of [
    ['worker', '#3b6ea5'],
    ['liaison', '#8a5a44'],
  ] as const)
    await putOnPhoto(engine, await callerFor(engine, county, login), await drawPortrait(colour))
  await announceMove(engine, county, gridId)
}

/** The county counts hills and polders less than the reference does: both are small here. */
async function weighLand(engine: Engine, county: string): Promise<void> {
  const caller = await callerFor(engine, county, 'net')
  const countyId = placeTree(engine).byCode(`${county}000000`)!.id
  const source = '区网格中心折算办法：出租、单位、纠纷与山地、圩区按工作量折算人数（演示）'
  const weights = { ...readyWeights, validFrom: '2025-01-01', hill: 80, water: 40, source }
  await actAs(engine, caller, 'demo:weights', (ctx) =>
    saveWeights(ctx, { requestId: ctx.requestId, countyId, weights }),
  )
}

/** Seven digits, as no telephone of the city has them: nobody is rung by the demo. */
const phoneOf = (nth: number) => `0510-555${String(100 + nth).padStart(4, '0')}`

async function hangCards(engine: Engine, county: string, gridId: string): Promise<void> {
  const caller = await callerFor(engine, county, 'village')
  const village = placeTree(engine).ancestor(gridId, 'village')!
  const group = { groupName: `${shortName(village.name)}第1网格居民群`, groupCode: 'https://example.org/g/demo' }
  const cards = [
    { placeId: village.id, officePhone: phoneOf(1), groupName: '', groupCode: '', groupUntil: null },
    { placeId: gridId, officePhone: phoneOf(2), ...group, groupUntil: addDays(dayOf(engine.clock.now()), 7) },
  ]
  for (const card of cards)
    await actAs(engine, caller, 'demo:card', (ctx) => saveGridCard(ctx, { requestId: ctx.requestId, ...card }))
}

/** Consent is the holder's own, as on his screen. */
async function putOnPhoto(engine: Engine, holder: Caller, photo: Buffer): Promise<void> {
  await actAs(engine, holder, 'demo:photo', async (ctx) => {
    const ask = { requestId: ctx.requestId, photo: photo.toString('base64'), consents: true } as const
    return saveBadgePhoto.command(ctx, ask, await saveBadgePhoto.prepare(ctx, ask))
  })
}

/** A figure without a face, which says that it is none. */
function drawPortrait(colour: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="600"><rect width="480" height="600" fill="#eef2f6"/><circle cx="240" cy="215" r="95" fill="${colour}"/><path d="M60 560c0-130 80-205 180-205s180 75 180 205z" fill="${colour}"/><text x="240" y="592" font-size="30" text-anchor="middle" fill="#4b5563">演示 DEMO</text></svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

/** A tenant has said that he moves in two weeks. */
async function announceMove(engine: Engine, county: string, gridId: string): Promise<void> {
  const caller = await callerFor(engine, county, 'village')
  const personId = (await listSomePeople(engine.database.read, county, gridId, 60)).at(-1)
  if (personId === undefined) return
  await actAs(engine, caller, 'demo:move', (ctx) =>
    leavePerson(ctx, {
      requestId: ctx.requestId,
      id: freshId(ctx.now),
      personId,
      kind: 'moved',
      onDay: addDays(dayOf(ctx.now), 14),
      toWhere: '江苏省常州市武进区',
      seenBy: 'self',
      reason: '租约到期',
    }),
  )
}
