import { Link, useLocation } from '@tanstack/react-router'
import { LayoutGrid } from 'lucide-react'
import type { Me } from '@fengge/domain/identity/contract'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { shellSayings } from '../../words/shell.ts'
import { Brand } from './Brand.tsx'
import { Flyout } from './Flyout.tsx'
import { pageAt, pageGroups, pagesFor, railOf, type Page } from './pages.ts'
import { useTurns, type Turns } from './useTurns.ts'

const groupWords = { events: 'ofEvents', people: 'ofPeople', net: 'ofNet', office: 'ofOffice' } as const

const turnOf = (page: Page, turns: Turns): number =>
  page.name === 'events' || page.name === 'dispatch' ? turns[page.name] : 0

/** At most two figures: what is more is many. */
const shown = (count: number): string => (count > 99 ? '99+' : String(count))

/** Where one can go: icon and two characters, a red count only where it is one's turn, the rest under one more. */
export function Rail({ me }: { readonly me: Me }) {
  const words = useSayings(shellSayings)
  const { pathname } = useLocation()
  const pages = pagesFor(me)
  const current = pageAt(pages, pathname)
  const turns = useTurns(me)
  return (
    <nav className="rail" aria-label={words.mainMenu}>
      <Brand />
      <ul className="rail-list">
        {railOf(pages).map((page) => (
          <li key={page.name}>
            <RailLink page={page} isCurrent={page === current} count={turnOf(page, turns)} />
          </li>
        ))}
      </ul>
      {pages.length > 0 && <MorePages pages={pages} current={current} />}
    </nav>
  )
}

interface LinkProps {
  readonly page: Page
  readonly isCurrent: boolean
  readonly count: number
}

function RailLink({ page, isCurrent, count }: LinkProps) {
  const words = useSayings(shellSayings)
  const Icon = page.icon
  const name = words[page.name]
  return (
    <Link to={page.path} className="rail-item" aria-current={isCurrent ? 'page' : undefined}>
      <Icon aria-hidden size={20} strokeWidth={1.75} />
      <span aria-hidden>{words[`${page.name}Short`]}</span>
      <span className="unseen">{count > 0 ? words.waits(name, shown(count)) : name}</span>
      {count > 0 && (
        <span className="rail-count" aria-hidden>
          {shown(count)}
        </span>
      )}
    </Link>
  )
}

interface MoreProps {
  readonly pages: readonly Page[]
  readonly current: Page | undefined
}

/** Every page by its full name, in groups. */
function MorePages({ pages, current }: MoreProps) {
  const words = useSayings(shellSayings)
  return (
    <Flyout
      className="rail-item"
      panelClass="flyout-panel rail-more"
      face={
        <>
          <LayoutGrid aria-hidden size={20} strokeWidth={1.75} />
          <span>{words.more}</span>
        </>
      }
    >
      {(close) =>
        pageGroups
          .map((group) => ({ group, held: pages.filter((page) => page.group === group) }))
          .filter(({ held }) => held.length > 0)
          .map(({ group, held }) => (
            <section key={group} className="rail-more-group" aria-label={words[groupWords[group]]}>
              <h2>{words[groupWords[group]]}</h2>
              <ul>
                {held.map((page) => (
                  <li key={page.name}>
                    <Link to={page.path} aria-current={page === current ? 'page' : undefined} onClick={close}>
                      <page.icon aria-hidden size={18} strokeWidth={1.75} />
                      {words[page.name]}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))
      }
    </Flyout>
  )
}
