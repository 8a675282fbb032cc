/**
 * When, where and of what kind each event of the demo begins. Document 000: 10,500 events in the first 140 days of a
 * year, 3,378 of them (32.2 %) disputes, order and safety; how often each category comes, its season and its hours stand
 * with its texts. Grids have events by their people.
 */
import type { Category } from '@fengge/domain/events/terms'
import { minute } from '@fengge/domain/kernel/time'
import { isInside } from '@fengge/server/places/geometry'
import { scatter } from './net/draw-county.ts'
import { daysFrom, drawMoment, pickWeighted, shareOfSeason } from './telling/moments.ts'
import type { Dice } from './random.ts'
import { canTell, type Story } from './telling/stories.ts'
import type { Shape } from './store.ts'

export const pace = { events: 10_500, safety: 3378, days: 140 }

export interface Beginning {
  readonly at: number
  readonly category: Category
  readonly story: Story
  readonly gridId: string
  readonly point: { lng: number; lat: number }
  readonly source: 'grid-worker' | 'resident' | 'hotline'
}

export interface Period {
  readonly from: string
  readonly days: number
  readonly until: number
  readonly scale: number
}
/** A grid, its border and how much happens there. */
export interface Site extends Shape {
  readonly weight: number
}
export interface Kinds {
  readonly categories: readonly Category[]
  readonly stories: ReadonlyMap<string, Story>
}

const isSafety = ({ classCode }: Category) => ['10', '20', '30'].includes(classCode)

export function drawBeginnings(period: Period, kinds: Kinds, sites: readonly Site[], dice: Dice): Beginning[] {
  const days = daysFrom(period.from, period.days)
  const total = Math.round(pace.events * period.scale * (period.days / pace.days))
  const safe = Math.round(total * (pace.safety / pace.events))
  const weighed = kinds.categories.flatMap((category) => {
    const story = kinds.stories.get(category.code)
    return story ? [{ category, story, weight: story.weight * shareOfSeason(story.season, days) }] : []
  })
  const groups = [weighed.filter((k) => isSafety(k.category)), weighed.filter((k) => !isSafety(k.category))] as const
  return Array.from({ length: total }, (_, i) => {
    const { category, story } = pickWeighted(groups[i < safe ? 0 : 1], (k) => k.weight, dice)
    const at = drawMoment(story.season, story.hours, days, dice)
    const site = pickWeighted(sites, (s) => s.weight, dice)
    return {
      // What would begin after the last moment begins in the hours before it.
      at: Math.round(at < period.until ? at : period.until - (20 + dice.int(400)) * minute),
      category,
      story,
      gridId: site.id,
      point: pointIn(site, dice),
      source: sourceOf(story, dice),
    }
  }).toSorted((a, b) => a.at - b.at)
}

function sourceOf(story: Story, dice: Dice): Beginning['source'] {
  const roll = dice.next()
  let source: Beginning['source'] = 'grid-worker'
  if (roll > 0.94) source = 'resident'
  else if (roll > 0.86) source = 'hotline'
  if (canTell(story, source)) return source
  return source === 'grid-worker' ? 'resident' : 'grid-worker'
}

export function pointIn({ geometry }: Shape, dice: Dice): { lng: number; lat: number } {
  for (let i = 0; i < 20; i++) {
    const [p] = scatter(geometry, 1, dice)
    if (p && isInside(geometry, p[0], p[1]))
      return { lng: Math.round(p[0] * 1e6) / 1e6, lat: Math.round(p[1] * 1e6) / 1e6 }
  }
  const [lng, lat] = geometry.coordinates[0]![0]![0]!
  return { lng, lat }
}
