import { Navigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { Me } from '@fengge/domain/identity/contract'
import { showInstant } from '@fengge/domain/kernel/time'
import { Anchor } from '@fengge/web/ui/Anchor.tsx'
import { buttonClass } from '@fengge/web/ui/Button/Button.tsx'
import { Door, Doors } from '@fengge/web/ui/Door/Door.tsx'
import { Kbd } from '@fengge/web/ui/Kbd/Kbd.tsx'
import { showCount } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useSayings, type Like } from '@fengge/web/words/sayings.ts'
import { showLeft, showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../shell/useMe.ts'
import { useNow } from '../shell/useNow.ts'
import { homeSayings } from '../words/home.ts'
import type { homeZh } from '../words/home.zh.ts'
import { Agenda } from './Agenda.tsx'
import { FirstThings } from './FirstThings.tsx'
import { GridsToday } from './GridsToday.tsx'
import { addressOf, plans, type ListName } from './plans.ts'
import { homeOf } from './roles.ts'
import { TwoWeeks } from './TwoWeeks.tsx'
import { useLists, type ListShown } from './useHome.ts'
import './HomePage.css'

type Words = Like<typeof homeZh>

/** The first page: what waits for whoever is signed in, what presses, and what is on today. Who dispatches begins at the desk. */
export function HomePage() {
  const me = useMe().data
  if (me === undefined) return null
  return homeOf(me) === 'desk' ? <Navigate to="/dispatch" replace /> : <Home me={me} />
}

function Home({ me }: { readonly me: Me }) {
  const kind = homeOf(me)
  const { doors, first } = plans[kind]
  const lists = useLists([...new Set([...doors, ...first])])
  const of = (names: readonly ListName[]) => names.flatMap((name) => lists.filter((list) => list.name === name))
  const isForDay = has(me, 'visit.read')
  // A community's own desk sees its grids; who stands above sees too many for a first page.
  const place = kind === 'officer' && isForDay && has(me, 'sync.watch') ? me.postings[0]?.placeId : undefined
  return (
    <div className="home">
      <HomeHead me={me} lists={lists} />
      <HomeDoors lists={of(doors)} />
      <div className="home-columns">
        <div className="home-column">
          <FirstThings lists={of(first)} />
          <TwoWeeks />
        </div>
        {isForDay && (
          <div className="home-column">
            {place !== undefined && <GridsToday placeId={place} />}
            <Agenda />
          </div>
        )}
      </div>
    </div>
  )
}

interface HeadProps {
  readonly me: Me
  readonly lists: readonly ListShown[]
}

function HomeHead({ me, lists }: HeadProps) {
  const words = useSayings(homeSayings)
  const { language } = useWords()
  const now = useNow()
  const hour = Number(showInstant(now).slice(11, 13))
  const day = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    timeZone: 'Asia/Shanghai',
  }).format(now)
  return (
    <header className="home-head">
      <div>
        <h1>{words.greeting(hour, me.name)}</h1>
        <p>{[day, sumUp(lists, words)].join(' · ')}</p>
      </div>
      {has(me, 'event.report') && (
        <Anchor href="/report" className={buttonClass('solid')}>
          <Plus aria-hidden size={18} strokeWidth={1.75} />
          {words.report}
          <Kbd name="N" />
        </Anchor>
      )}
    </header>
  )
}

/** One line: what is late, what came back, what has to be done today. */
function sumUp(lists: readonly ListShown[], words: Words): string {
  if (lists.some(({ total }) => total === undefined)) return words.counting
  const of = (name: ListName) => lists.find((list) => list.name === name)?.total ?? 0
  const parts = [
    of('late') > 0 && words.sumLate(of('late')),
    of('back') > 0 && words.sumBack(of('back')),
    of('due') > 0 && words.sumDue(of('due')),
    of('decide') > 0 && words.sumDecide(of('decide')),
  ].filter((part) => part !== false)
  return parts.length === 0 ? words.sumNothing : words.sum(parts)
}

function HomeDoors({ lists }: { readonly lists: readonly ListShown[] }) {
  const words = useSayings(homeSayings)
  const hint = useHint()
  return (
    <Doors label={words.waits}>
      {lists.map((list) => (
        <Door
          key={list.name}
          label={words[list.name]}
          count={countOf(list)}
          tone={tones[list.name] ?? 'plain'}
          href={addressOf(list.name)}
          {...hint(list)}
        />
      ))}
    </Doors>
  )
}

const tones: Partial<Record<ListName, 'over' | 'tight'>> = { late: 'over', due: 'tight' }

function countOf({ total, isMore }: ListShown): number | string {
  if (total === undefined) return '—'
  return isMore ? showCount(total, isMore) : total
}

/** Why a number matters: the longest over, the next that is due. */
function useHint() {
  const words = useSayings(homeSayings)
  const { language } = useWords()
  const now = useNow()
  return ({ name, rows }: ListShown): { readonly hint?: string } => {
    const due = rows[0]?.dueAt ?? null
    if (due === null) return {}
    if (name === 'late') return { hint: words.longest(showLeft(due, now, language)) }
    if (name === 'due') return { hint: words.nearest(showTime(due).slice(11)) }
    return { hint: showLeft(due, now, language) }
  }
}
