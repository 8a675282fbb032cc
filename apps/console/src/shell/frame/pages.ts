/** Every page there is, who may open it, and where it lies in the menus. */
import {
  BookOpen,
  Building2,
  CalendarDays,
  ChartColumn,
  Footprints,
  House,
  Inbox,
  Map as MapIcon,
  Radio,
  ScrollText,
  Search,
  Send,
  SquarePen,
  Smartphone,
  Tags,
  UserCog,
  Users,
  type LucideIcon,
} from 'lucide-react'
import type { Me } from '@fengge/domain/identity/contract'
import type { Duty } from '@fengge/domain/kernel/duty'
import { has } from '../useMe.ts'

export type PageGroup = 'events' | 'people' | 'net' | 'office'
export const pageGroups = ['events', 'people', 'net', 'office'] as const satisfies readonly PageGroup[]

interface PlainPage {
  /** The word it goes by; with `Short` its two characters in the rail. */
  readonly name: string
  readonly path: string
  readonly icon: LucideIcon
  readonly group: PageGroup
  /** One of these opens it. */
  readonly duties: readonly Duty[]
  /** Stands in the rail wherever it may be opened. */
  readonly isMain?: boolean
  /** Letters of its name in pinyin. */
  readonly initials: string
}

export const allPages = [
  { name: 'home', path: '/', icon: House, group: 'events', duties: ['event.read'], isMain: true, initials: 'sy' },
  {
    name: 'events',
    path: '/events',
    icon: Inbox,
    group: 'events',
    duties: ['event.read'],
    isMain: true,
    initials: 'sjqd',
  },
  {
    name: 'dispatch',
    path: '/dispatch',
    icon: Send,
    group: 'events',
    duties: ['event.dispatch'],
    isMain: true,
    initials: 'pq',
  },
  { name: 'report', path: '/report', icon: SquarePen, group: 'events', duties: ['event.report'], initials: 'sbsj' },
  {
    name: 'registry',
    path: '/registry',
    icon: Users,
    group: 'people',
    duties: ['registry.read', 'registry.count', 'registry.approve', 'field.edit'],
    isMain: true,
    initials: 'sydj',
  },
  { name: 'trace', path: '/trace', icon: Search, group: 'people', duties: ['registry.trace'], initials: 'czry' },
  {
    name: 'work',
    path: '/work',
    icon: Footprints,
    group: 'people',
    duties: ['visit.read', 'matter.edit', 'badge.issue', 'sync.watch'],
    isMain: true,
    initials: 'zfyrw',
  },
  { name: 'sync', path: '/sync', icon: Smartphone, group: 'people', duties: ['sync.watch'], initials: 'tbqk' },
  {
    name: 'places',
    path: '/places',
    icon: MapIcon,
    group: 'net',
    duties: ['place.read'],
    isMain: true,
    initials: 'qyywg',
  },
  {
    name: 'shares',
    path: '/shares',
    icon: ChartColumn,
    group: 'events',
    duties: ['event.read'],
    isMain: true,
    initials: 'sjyp',
  },
  {
    name: 'sensors',
    path: '/sensors',
    icon: Radio,
    group: 'net',
    duties: ['sensor.read', 'sensor.manage', 'catalogue.edit'],
    initials: 'gzsb',
  },
  {
    name: 'catalogue',
    path: '/catalogue',
    icon: BookOpen,
    group: 'net',
    duties: ['event.read', 'catalogue.edit'],
    initials: 'sxml',
  },
  {
    name: 'calendar',
    path: '/calendar',
    icon: CalendarDays,
    group: 'net',
    duties: ['event.read', 'calendar.edit'],
    initials: 'gzrl',
  },
  { name: 'labels', path: '/labels', icon: Tags, group: 'net', duties: ['catalogue.edit'], initials: 'cw' },
  {
    name: 'accounts',
    path: '/accounts',
    icon: UserCog,
    group: 'office',
    duties: ['account.manage', 'posting.manage', 'audit.read'],
    initials: 'zhyrz',
  },
  {
    name: 'departments',
    path: '/departments',
    icon: Building2,
    group: 'office',
    duties: ['department.manage'],
    initials: 'bm',
  },
  { name: 'audit', path: '/audit', icon: ScrollText, group: 'office', duties: ['audit.read'], initials: 'sjrz' },
] as const satisfies readonly PlainPage[]

export type PageName = (typeof allPages)[number]['name']
export type Page = PlainPage & { readonly name: PageName }

/** The pages somebody may open, in the order of the menus. */
export const pagesFor = (me: Me): readonly Page[] =>
  (allPages as readonly Page[]).filter((page) => has(me, ...page.duties))

/** How many stand in the rail where few of them are everybody's. */
const most = 7

/** The rail: the main ones; who has few of those sees his own beside them. */
export function railOf(pages: readonly Page[]): readonly Page[] {
  const main = pages.filter((page) => page.isMain)
  if (main.length >= 4) return main
  const others = pages.filter((page) => !page.isMain)
  return [...main, ...others.slice(0, most - main.length)]
}

/** The page that an address belongs to: the longest that begins it. */
export const pageAt = (pages: readonly Page[], path: string): Page | undefined =>
  pages
    .filter((page) => (page.path === '/' ? path === '/' : path === page.path || path.startsWith(`${page.path}/`)))
    .toSorted((a, b) => b.path.length - a.path.length)[0]
