/** Acts whose work belongs to others by now: kept sealed for the desk of the place. */
import { actKept } from '@fengge/domain/sync/facts'
import type { Act } from '@fengge/domain/sync/terms'
import { actAs } from '../../kernel/act-as.ts'
import { accountOf, type Asking, type Caller, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { confidedDesk, placeOfEvent } from '../../events/door.ts'
import { placeTree } from '../../places/door.ts'
import { placeOfRecord } from '../../registry/door.ts'
import { readersOfVisit } from '../../visits/door.ts'
import { aboutIn, eventIn } from '../about.ts'
import type { HeldPhoto } from '../handed.ts'
import { expectPhoto } from '../store/photos.ts'
import { askAt, findReport, saveKept } from '../store/inbox.ts'

export interface Stray {
  readonly act: Act
  /** Why it could not be done. */
  readonly problem: string
  readonly deviceId: string | null
  /** Photos that come after it, from the phone that hands it in. */
  readonly photos?: readonly HeldPhoto[]
  /** What tells its place, where its own ask does not. */
  readonly about?: NamedAct
}
type NamedAct = Pick<Act, 'name' | 'ask'>
type Judging = Pick<Asking, 'tx' | 'caller' | 'now' | 'shelf'>

/** Once however often it is sent: the id of the act is the key. */
export async function keepAct(ground: Ground, caller: Caller, stray: Stray): Promise<void> {
  const { act, problem, deviceId, photos = [], about } = stray
  const county = caller.countyCode
  const own = caller.posts[0]?.placeId
  const asker = { tx: ground.database.read, caller, now: ground.clock.now(), shelf: ground.shelf }
  const place =
    (await placeOfAct(asker, act, own)) ??
    (about && (await placeOfAct(asker, about, own))) ??
    own ??
    placeTree(ground).byCode(`${county}000000`)?.id ??
    null
  await actAs(ground, caller, 'sync.keep', async (ctx) => {
    const isNew = await saveKept(ctx.tx, {
      county_code: county,
      id: act.requestId,
      account_id: accountOf(caller),
      holder: caller.name,
      device_id: deviceId,
      place_id: place,
      name: act.name,
      // What its sender calls it is shown to nobody, and may name anybody.
      subject: '',
      ask_sealed: ctx.sealer.seal(JSON.stringify(act.ask), askAt(act.requestId)),
      problem,
      made_at: new Date(Math.min(Date.parse(act.madeAt), ctx.now)),
      received_at: new Date(ctx.now),
      event_id: eventIn(act.name, act.ask) ?? null,
      kept_for: await keptFor(ctx, act),
    })
    if (deviceId !== null)
      for (const { id, eventId, phase } of photos) {
        const photo = { county_code: county, id, act_id: act.requestId, device_id: deviceId, event_id: eventId, phase }
        await expectPhoto(ctx.tx, { ...photo, received_at: new Date(ctx.now) })
      }
    if (isNew) ctx.tell(actKept, { name: act.name, problem }, act.requestId)
  })
}

/** Of a visit with a form of the strictest tier whoever keeps the record decides, and no desk. */
const keptFor = async (ctx: Ctx, act: Act): Promise<'desk' | 'keeper'> =>
  act.name === 'recordVisit' && (await readersOfVisit(ctx, act.ask)).isCore ? 'keeper' : 'desk'

/**
 * The place that an act is about: that of the event or the record that its form names, else one that it names itself. What
 * is told in confidence lies with the desk that would have had it; what follows a report that lies here, beside it.
 */
async function placeOfAct(asker: Judging, act: NamedAct, own: string | undefined): Promise<string | undefined> {
  const { tx: read, caller } = asker
  const county = caller.countyCode
  const { eventId, standsAt, placeIds } = aboutIn(act.name, act.ask)
  const desk = act.name === 'reportEvent' ? await confidedDesk(asker, act.ask, own ?? null) : undefined
  if (desk !== undefined) return desk
  const placeOfIt =
    eventId && ((await placeOfEvent(read, county, eventId)) ?? (await findReport(read, county, eventId))?.place_id)
  if (placeOfIt) return placeOfIt
  for (const record of standsAt.slice(0, mostAsked)) {
    const place = await placeOfRecord(read, county, record)
    if (place) return place
  }
  const tree = placeTree(asker)
  return placeIds.find((id) => tree.get(id) !== undefined)
}
/** A list of records is of one household: its first few tell where that is. */
const mostAsked = 3
