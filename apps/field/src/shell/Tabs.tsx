import { Camera, House, LayoutGrid, Map, User, type LucideIcon } from 'lucide-react'
import { usePhone } from '../offline/usePhone.ts'
import { useShellWords } from '../words/shell.ts'
import { Icon } from './Icon.tsx'

const tabs = ['today', 'grid', 'report', 'mine', 'more'] as const
const drawings: Record<(typeof tabs)[number], LucideIcon> = {
  today: House,
  grid: Map,
  report: Camera,
  mine: User,
  more: LayoutGrid,
}

/** Five doors at the thumb; to report is the one that is solid. */
export function Tabs({ tab }: { readonly tab: string }) {
  const { holdings, outbox, vault } = usePhone()
  const say = useShellWords()
  const reads = holdings.me?.duties.includes('registry.read') ?? false
  const shown = tab === 'visit' || tab === 'todo' || tab === '' ? 'today' : tab
  const unsent = outbox.list().filter((k) => k.state !== 'done' && k.state !== 'kept').length
  return (
    <nav className="tabs" aria-label={say.menu}>
      {tabs
        .filter((k) => k !== 'grid' || reads)
        .map((k) => (
          <button
            key={k}
            className={k === 'report' ? 'solid' : undefined}
            aria-current={k === shown ? 'page' : undefined}
            onClick={() => {
              location.hash = k
            }}
          >
            <Icon of={drawings[k]} size="22px" />
            {say[k]}
            {k === 'more' && unsent > 0 && <span className="count">{unsent}</span>}
            {k === 'more' && unsent === 0 && vault.state === 'none' && <span className="dot" />}
          </button>
        ))}
    </nav>
  )
}
