/** What a text finds: pages, events, places; people only by going on to the registry, which asks and writes down. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { searchEvents } from '@fengge/domain/events/contract/desk'
import type { Me } from '@fengge/domain/identity/contract'
import { searchPlaces } from '@fengge/domain/places/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { statusWords, tierWords } from '@fengge/web/words/terms.ts'
import { shellSayings } from '../../words/shell.ts'
import { pagesFor, type Page } from '../frame/pages.ts'
import { has } from '../useMe.ts'

export interface Found {
  readonly key: string
  readonly kind: 'page' | 'event' | 'place' | 'people'
  readonly title: string
  readonly note: string
  /** Where it leads, from the root of the console. */
  readonly to: string
  /** Goes along unseen, in no address. */
  readonly find?: string
}

const most = 6

/** The text as it stands once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 180)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

const isNamed = (page: Page, name: string, text: string) =>
  text === '' || name.toLowerCase().includes(text) || page.initials.startsWith(text)

export interface Finding {
  readonly found: readonly Found[]
  readonly isLooking: boolean
}

/** Asks for events and places at once, so that no row moves away under a pointer when the other comes. */
async function look(me: Me, typed: string) {
  const text = typed.toLowerCase()
  const [events, places] = await Promise.all([
    text.length > 1 && has(me, 'event.read') ? call(searchEvents, { text, size: most }) : { events: [] },
    text !== '' && has(me, 'place.read') ? call(searchPlaces, { text }) : { places: [] },
  ])
  return { typed, events: events.events, places: places.places.slice(0, most) }
}

export function useFound(me: Me, typed: string): Finding {
  const words = useSayings(shellSayings)
  const { w } = useWords()
  const text = typed.trim()
  const asked = useSettled(text)
  const looked = useQuery({
    queryKey: ['found', asked],
    queryFn: () => look(me, asked),
    placeholderData: keepPreviousData,
  })
  const pages = pagesFor(me)
    .filter((page) => isNamed(page, words[page.name], text.toLowerCase()))
    .map((page): Found => ({ key: page.name, kind: 'page', title: words[page.name], note: '', to: page.path }))
  const { events = [], places = [], typed: looks = '' } = text === '' ? {} : (looked.data ?? {})
  const found: Found[] = [
    ...pages.slice(0, text === '' ? pages.length : most),
    ...events.map((e): Found => ({
      key: e.id,
      kind: 'event',
      title: e.title,
      note: `${w(statusWords, e.status)} · ${e.no}`,
      to: `/events/${e.id}`,
    })),
    ...places.map((p): Found => ({
      key: p.id,
      kind: 'place',
      title: p.name,
      note: [w(tierWords, p.tier), ...p.trail].join(' · '),
      to: `/places?at=${p.id}`,
    })),
    ...peopleFor(me, looks, words.findPeople),
  ]
  return { found, isLooking: text !== '' && (asked !== text || looked.isFetching) }
}

function peopleFor(me: Me, text: string, says: (text: string) => string): Found[] {
  if (text === '' || !has(me, 'registry.read')) return []
  return [{ key: 'people', kind: 'people', title: says(text), note: '', to: '/registry', find: text }]
}
