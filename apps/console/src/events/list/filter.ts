/** A list as it stands in the address: what the server is asked, and how it is shown. */
import { queues } from '@fengge/domain/events/contract/views'
import { EventFilter } from '@fengge/domain/events/contract/views'
import { orderOf, type Filter } from '../useEvents.ts'

/** What of the address only says how a list is shown. */
export const shownKeys = ['columns', 'id'] as const

const conditions = Object.keys(EventFilter.shape) as (keyof Filter)[]

/** The conditions that are set, without how it is ordered and shown. */
export const conditionsOf = (search: Readonly<Record<string, string | undefined>>): Filter =>
  Object.fromEntries(conditions.flatMap((key) => (search[key] ? [[key, search[key]]] : [])))

/** What is asked for where the address asks nothing: what is still open. */
const nothing: Filter = { isOpen: 'yes' }

export function askedBy(search: Readonly<Record<string, string | undefined>>): Filter {
  const set = conditionsOf(search)
  return Object.keys(set).length === 0 ? nothing : set
}

export const tabKeys = ['open', ...queues.filter((q) => q !== 'all'), 'all'] as const
export type TabKey = (typeof tabKeys)[number]

/** Which tab a list stands under. */
export function tabOf(asked: Filter): TabKey {
  const found = queues.find((q) => q === asked.queue)
  if (found !== undefined && found !== 'all') return found
  return asked.isOpen === 'yes' ? 'open' : 'all'
}

/** What a tab asks; a list of one's turn is its own condition. */
export function askOfTab(tab: TabKey): Filter {
  if (tab === 'open') return {}
  return tab === 'all' ? { queue: 'all' } : { queue: tab }
}

/** What is open is read by how pressing it is, as what waits for somebody is. */
export const orderIn = (search: Filter, asked: Filter): string =>
  search.order ?? (tabOf(asked) === 'open' ? 'pressing' : orderOf(asked))
