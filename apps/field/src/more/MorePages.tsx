import {
  BookOpen,
  ChevronRight,
  CloudOff,
  HandHelping,
  Inbox,
  Settings as Gear,
  ShieldCheck,
  UserPlus,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { showInstant } from '@fengge/domain/kernel/time'
import { useField, usePhone } from '../offline/usePhone.ts'
import { AnswerAct } from '../registry/AskedBack.tsx'
import { MendRecord } from '../registry/MendRecord.tsx'
import { Frame } from '../shell/Frame.tsx'
import { ChoosePin, SignIn } from '../shell/Gates.tsx'
import { Icon } from '../shell/Icon.tsx'
import { useMoreWords } from '../words/more.ts'
import { ArrivalsPage } from './ArrivalsPage.tsx'
import { BadgePage } from './BadgePage.tsx'
import { LibraryPage } from './LibraryPage.tsx'
import { OutboxPage } from './OutboxPage.tsx'
import { SafetyPage } from './SafetyPage.tsx'
import { ServicesPage } from './ServicesPage.tsx'
import { Settings } from './Settings.tsx'
import { WeekPage } from './WeekPage.tsx'
import './outbox.css'

/** Pages by name; some are about something. */
const pages: Readonly<Record<string, (id: string | undefined) => ReactNode>> = {
  pin: () => <ChoosePin />,
  outbox: () => <OutboxPage />,
  mend: (id = '') => <MendRecord key={id} requestId={id} />,
  answer: (id = '') => <AnswerAct key={id} requestId={id} />,
  week: () => <WeekPage />,
  arrivals: () => <ArrivalsPage />,
  services: () => <ServicesPage house={undefined} />,
  service: (id) => <ServicesPage house={id} />,
  library: () => <LibraryPage />,
  safety: () => <SafetyPage />,
  badge: () => <BadgePage />,
  'sign-in': () => <SignIn problem={null} />,
  settings: () => <Settings />,
}

type Door = readonly [at: string, drawing: LucideIcon, name: string, count: number]

export function MorePages({ at }: { at: string }) {
  const { holdings, outbox, vault } = usePhone()
  const say = useMoreWords()
  const field = useField()
  const [page, id] = at.split('.')
  const open = pages[page ?? '']
  if (open) return open(id)
  const unsent = outbox.list().filter((k) => k.state !== 'done' && k.state !== 'kept').length
  const doors: readonly (readonly Door[])[] = [
    [
      ['outbox', Inbox, say.outbox, unsent],
      ['arrivals', UserPlus, say.arrivals, 0],
      ['services', HandHelping, say.services, holdings.table('service').size],
    ],
    [
      ['library', BookOpen, say.library, 0],
      ['safety', ShieldCheck, say.safety, 0],
    ],
    [
      ['pin', CloudOff, vault.state === 'open' ? say.offlineOn : say.offlineOff, 0],
      ['settings', Gear, say.settings, 0],
    ],
  ]
  return (
    <Frame title={say.more}>
      {doors.map((group) => (
        <Doors key={group[0]?.[0]} doors={group} />
      ))}
      <p className="soft">
        {say.dataOf(holdings.pulledAt === 0 ? '—' : showInstant(holdings.pulledAt))}
        {field.fault === '' ? '' : ` · ${field.fault}`}
      </p>
    </Frame>
  )
}

/** What one goes to from here, each with its drawing and how much lies there. */
function Doors({ doors }: { readonly doors: readonly Door[] }) {
  return (
    <nav className="list">
      {doors.map(([at, drawing, name, count]) => (
        <a key={at} href={`#more/${at}`}>
          <Icon of={drawing} size="22px" />
          <span className="grow">{name}</span>
          {count > 0 && <span className={at === 'outbox' ? 'count' : 'soft'}>{count}</span>}
          <ChevronRight className="i on" size={18} strokeWidth={1.75} aria-hidden />
        </a>
      ))}
    </nav>
  )
}
