/** The filter of a list of events as a condition over `events.event e`. */
import type { EventFilter } from '@fengge/domain/events/contract/views'
import { isEventNumber } from '@fengge/domain/events/event-number'
import { EventStatus } from '@fengge/domain/events/terms'
import type { Duty } from '@fengge/domain/kernel/duty'
import { dayLength, dayOf, startOf } from '@fengge/domain/kernel/time'
import type { Asker } from '../../kernel/context.ts'
import { sql } from '../../kernel/db/sql.ts'
import { placeTree } from '../../places/door.ts'
import { reachOf, scopeWord, type Reach } from '../reach.ts'
import { queryWords, recentScope } from '../words.ts'
import { waiting, within, type Condition } from './conditions.ts'

/** Whose list it is, when, and by which duty he sees it. */
export interface Viewing extends Asker {
  readonly now: number
  readonly duty?: Duty
  /** Look only at the month of this moment and the one before. */
  readonly recentBefore?: number
}

/** The where-clause of a filter within the caller's reach. */
export function filterOf(filter: EventFilter, viewing: Viewing): Condition {
  const { now, duty = 'event.read', recentBefore } = viewing
  const reach = reachOf(viewing, duty)
  return sql.join(
    [
      within(reach),
      waiting(filter.queue, viewing, now),
      ...placeParts(viewing, filter.placeId),
      ...textParts(filter.text?.trim() ?? '', scopeLexemes(textScope(viewing, filter, reach), recentBefore)),
      ...fieldParts(filter),
      ...dueParts(filter, now),
      ...dateParts(filter),
    ],
    sql` and `,
  )
}

function fieldParts(filter: EventFilter): Condition[] {
  const parts: Condition[] = []
  if (filter.statuses !== undefined) {
    const known = filter.statuses.split(',').filter((s) => EventStatus.safeParse(s).success)
    parts.push(sql`e.status = any(${known}::text[])`)
  }
  if (filter.categoryCode !== undefined) parts.push(sql`e.category_code = ${filter.categoryCode}`)
  if (filter.classCode !== undefined) parts.push(sql`starts_with(e.category_code, ${filter.classCode})`)
  if (filter.source !== undefined) parts.push(sql`e.source = ${filter.source}`)
  if (filter.level !== undefined) parts.push(sql`e.level = ${filter.level}`)
  if (filter.departmentId !== undefined) parts.push(sql`e.department_id = ${filter.departmentId}`)
  if (filter.isOpen !== undefined) parts.push(filter.isOpen === 'yes' ? sql`e.is_open` : sql`not e.is_open`)
  if (filter.supervised !== undefined) parts.push(sql`e.supervision > 0`)
  return parts
}

function dueParts({ due }: EventFilter, now: number): Condition[] {
  if (due === undefined) return []
  const tonight = new Date(startOf(dayOf(now)) + dayLength)
  return [sql`e.is_open`, sql`e.due_at >= ${new Date(now)}`, sql`e.due_at < ${tonight}`]
}

export function dateParts({ from, to }: Pick<EventFilter, 'from' | 'to'>): Condition[] {
  const parts: Condition[] = []
  if (from !== undefined) parts.push(sql`e.reported_at >= ${new Date(startOf(from))}`)
  if (to !== undefined) parts.push(sql`e.reported_at < ${new Date(startOf(to) + dayLength)}`)
  return parts
}

export function placeParts(asker: Asker, placeId: string | undefined): Condition[] {
  if (placeId === undefined) return []
  const node = placeTree(asker).get(placeId)
  switch (node?.tier) {
    case 'province':
    case 'city':
    case 'county':
      return []
    case 'town':
      return [sql`e.town_id = ${node.id}`]
    case 'village':
      return [sql`e.village_id = ${node.id}`]
    case 'grid':
      return [sql`e.grid_id = ${node.id}`]
    default:
      return [sql`false`]
  }
}

/** Words must all be there; single signs, letters and figures may be the start of a longer one. Sensitive events are found by number alone (I6). */
export function textParts(text: string, scope: readonly string[]): Condition[] {
  if (text === '') return []
  if (isEventNumber(text)) return [sql`e.no = ${text}`]
  const words = queryWords(text)
  if (words.length === 0) return [sql`false`]
  const query = [...words.map(asLexeme), ...scope].join(' & ')
  return [sql`e.search @@ ${query}::tsquery`, sql`not e.is_sensitive`]
}

function asLexeme(word: string): string {
  const isStart = word.length < 2 || /^[\p{Script=Latin}\d]+$/u.test(word)
  return `'${word.replaceAll(/['\\]/g, ' ').trim()}'${isStart ? ':*' : ''}`
}

function scopeLexemes(scope: string | undefined, recentBefore: number | undefined): string[] {
  if (scope === undefined) return []
  if (recentBefore === undefined) return [`'${scope}'`]
  const months = recentScope(scope, recentBefore).map((word) => `'${word}'`)
  return [`(${months.join(' | ')})`]
}

/** The index word of the one town or village that a search is held to, by what was asked or by reach. */
export function textScope(asker: Asker, filter: EventFilter, reach: Reach): string | undefined {
  const place = filter.placeId === undefined ? undefined : placeTree(asker).get(filter.placeId)
  if (place?.tier === 'town') return `t:${place.id}`
  if (place?.tier === 'village') return `v:${place.id}`
  return scopeWord(reach)
}
