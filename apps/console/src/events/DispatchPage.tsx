import { useState } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Action } from '@fengge/domain/events/acts'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { Empty } from '@fengge/web/ui/Empty/Empty.tsx'
import { Kbd } from '@fengge/web/ui/Kbd/Kbd.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { useEventWords } from '../words/events.ts'
import { ActDialog } from './acts/ActDialog.tsx'
import { turnOf } from './acts/turns.ts'
import { Assign } from './desk/Assign.tsx'
import { Case } from './desk/Case.tsx'
import { Queue } from './desk/Queue.tsx'
import { tabs, useDesk, type DeskTab } from './desk/useDesk.ts'
import { useKeys } from '../shell/keys/useKeys.ts'
import { TurnPanel } from './page/TurnPanel.tsx'
import { useEvent } from './useEvents.ts'
import { Where } from './view/Where.tsx'
import './events.css'
import './desk/desk.css'

/** The dispatcher's desk: the queue by least time, the case, and to whom it goes; the next case comes by itself. */
export function DispatchPage() {
  const search = useSearch({ strict: false }) as { readonly tab?: string }
  const navigate = useNavigate()
  const tab = tabs.find((t) => t === search.tab) ?? 'dispatch'
  const desk = useDesk(tab)
  const turn = (to: DeskTab) => void navigate({ to: '/dispatch', search: to === 'dispatch' ? {} : { tab: to } })
  return (
    <div className="desk">
      <Queue desk={desk} tab={tab} turn={turn} />
      <Chosen desk={desk} />
      <Foot desk={desk} />
    </div>
  )
}

type Desk = ReturnType<typeof useDesk>

function Chosen({ desk }: { readonly desk: Desk }) {
  const { fault } = useWords()
  const say = useEventWords()
  const navigate = useNavigate()
  const { data: event, error } = useEvent(desk.current?.id)
  const [action, setAction] = useState<Action | null>(null)
  useKeys({
    J: { says: say.next, act: desk.next },
    K: { says: say.previous, act: desk.previous },
    ArrowDown: desk.next,
    ArrowUp: desk.previous,
    E: event && { says: say.keyOpen, act: () => void navigate({ to: '/events/$id', params: { id: event.id } }) },
  })
  if (error)
    return (
      <section className="desk-case">
        <Notice kind="refused" title={fault(error)} />
      </section>
    )
  if (desk.isEmpty)
    return (
      <section className="desk-case">
        <Empty drawing="done" title={say.allSent}>
          {say.newOnesCome}
        </Empty>
      </section>
    )
  if (!event) return <section className="desk-case" aria-busy="true" />
  return (
    <>
      <Case key={event.id} event={event} act={setAction} />
      <aside className="desk-side" aria-label={say.whoHandles}>
        {turnOf(event.can)[0] === 'dispatch' ? (
          <Assign key={event.id} event={event} act={setAction} />
        ) : (
          <TurnPanel key={event.id} event={event} act={setAction} />
        )}
        <Where event={event} className="desk-map" />
      </aside>
      {action && <ActDialog event={event} action={action} onClose={() => setAction(null)} />}
    </>
  )
}

/** The keys that work here, and how old what is shown is. */
function Foot({ desk }: { readonly desk: Desk }) {
  const say = useEventWords()
  return (
    <footer className="desk-foot">
      <span>
        <Kbd name="J" /> <Kbd name="K" /> {say.keyMove}
      </span>
      <span>
        <Kbd name="D" /> {say.keyDispatch}
      </span>
      <span>
        <Kbd name="1" />–<Kbd name="5" /> {say.keyChoose}
      </span>
      <span>
        <Kbd name="E" /> {say.keyOpen}
      </span>
      <Link className="desk-foot-end" to="/events" search={{ queue: 'to-dispatch' }}>
        {say.asList}
      </Link>
      <span role="status">{desk.readAt === null ? '' : say.readAt(desk.readAt)}</span>
    </footer>
  )
}
