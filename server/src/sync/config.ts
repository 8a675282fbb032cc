/** What changes seldom: catalogue, forms, matters, fields, articles of the county; names and borders around one's own. Sent when its digest differs. */
import { createHash } from 'node:crypto'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Config } from '@fengge/domain/sync/config'
import type { Asking } from '../kernel/context.ts'
import { keptFor } from '../kernel/shelf.ts'
import { eventConfig } from '../events/door.ts'
import { listGridHolders, shownCard } from '../identity/door.ts'
import { listArticles } from '../library/door.ts'
import { mattersInForce } from '../matters/door.ts'
import { bordersOf, placeTree } from '../places/door.ts'
import { registryConfig } from '../registry/door.ts'
import { listForms } from '../visits/door.ts'
import type { Scope } from './scope.ts'

export interface Part<Body> {
  readonly hash: string
  readonly body: Body
}
type OfCounty = Omit<Config, 'places' | 'borders' | 'offices'>
type OfPlaces = Pick<Config, 'places' | 'borders'>
type OfOffices = Required<Pick<Config, 'offices'>>

const partOf = <Body>(body: Body): Part<Body> => ({
  body,
  hash: createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 16),
})

export async function configFor(ctx: Asking, scope: Scope): Promise<Part<Config>> {
  const [shared, around, offices] = await Promise.all([
    countyConfig(ctx),
    placesConfig(ctx, scope),
    officesConfig(ctx, scope),
  ])
  return {
    hash: `${shared.hash}.${around.hash}.${offices.hash}`,
    body: { ...shared.body, ...around.body, ...offices.body },
  }
}

const counties = keptFor<Part<OfCounty>>(10_000)
const countyConfig = (ctx: Asking): Promise<Part<OfCounty>> =>
  counties.get(ctx, ctx.caller.countyCode, () => loadCounty(ctx))

async function loadCounty(ctx: Asking): Promise<Part<OfCounty>> {
  const { tx, now } = ctx
  const county = ctx.caller.countyCode
  const [catalogue, forms, matters, fields, articles] = await Promise.all([
    eventConfig(ctx),
    listForms(tx, county),
    mattersInForce(tx, county, dayOf(now)),
    registryConfig(ctx),
    listArticles(tx, county, dayOf(now)),
  ])
  return partOf({
    catalogue,
    fields,
    articles,
    forms: forms.filter((f) => f.isOn && !f.isCore),
    matters: matters.map((m) => ({
      id: m.id,
      code: m.code,
      name: m.name,
      nameEn: m.nameEn,
      minutes: m.minutes,
      evidence: m.evidence,
      evidenceWhy: m.evidenceWhy,
      basis: m.basis,
      frequency: m.frequency,
    })),
  })
}

/** Names and borders follow the tree alone: they are made anew when its stamp changes. */
const surroundings = keptFor<Part<OfPlaces>>(Infinity)
const placesConfig = (ctx: Asking, scope: Scope): Promise<Part<OfPlaces>> =>
  surroundings.get(ctx, `${scope.key}/${placeTree(ctx).stamp}`, () => loadPlaces(ctx, scope))

async function loadPlaces(ctx: Asking, scope: Scope): Promise<Part<OfPlaces>> {
  const tree = placeTree(ctx)
  const around = new Set([...scope.grids, ...scope.micros])
  for (const id of scope.grids)
    for (const sibling of tree.children(tree.get(id)?.parentId ?? '')) around.add(sibling.id)
  const borders = await bordersOf(ctx.tx, [...around].slice(0, 80))
  const places = [...around].flatMap((id) => {
    const place = tree.get(id)
    if (!place) return []
    const isMine = scope.grids.includes(id) || scope.micros.includes(id)
    return [{ id, name: place.name, code: place.code, isMine, village: tree.ancestor(id, 'village')?.name ?? '' }]
  })
  return partOf({ places, borders: borders.map((b) => ({ id: b.id, geometry: roundDegrees(b.geometry) })) })
}

/** Who serves in a grid changes with its postings, its telephone with its card. */
const surroundingOffices = keptFor<Part<OfOffices>>(60_000)
const officesConfig = (ctx: Asking, scope: Scope): Promise<Part<OfOffices>> =>
  surroundingOffices.get(ctx, scope.key, () => loadOffices(ctx, scope))
/** Whoever serves more grids than that rings a desk. */
const mostOffices = 4

async function loadOffices(ctx: Asking, scope: Scope): Promise<Part<OfOffices>> {
  const tree = placeTree(ctx)
  const all = new Set([...scope.grids, ...scope.micros.map((id) => tree.ancestor(id, 'grid')?.id ?? id)])
  const grids = [...all].slice(0, mostOffices)
  const workers = await listGridHolders(ctx.tx, grids, 'event.verify', ctx.now)
  const cards = await Promise.all(grids.map((id) => shownCard(ctx, id)))
  const offices = grids.map((placeId, i) => ({
    placeId,
    phone: cards[i]?.officePhone ?? '',
    people: workers.filter((w) => w.gridIds.includes(placeId)).map((w) => w.name),
  }))
  return partOf({ offices })
}

/** Five decimals are a metre. */
const roundDegrees = (geometry: unknown) =>
  JSON.parse(
    JSON.stringify(geometry, (_key, v: unknown) => (typeof v === 'number' ? Math.round(v * 1e5) / 1e5 : v)),
  ) as Config['borders'][number]['geometry']
