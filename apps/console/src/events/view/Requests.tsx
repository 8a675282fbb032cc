import type { ReactNode } from 'react'
import type { EventView } from '@fengge/domain/events/contract/views'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { suspendWords } from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { useEventWords } from '../../words/events.ts'
import { ReturnsList } from '../acts/Returns.tsx'
import { Asked } from './Asked.tsx'
import { useCategoryName } from './Facts.tsx'
import { CallList } from './Reporter.tsx'
import { SpeakFor } from './SpeakFor.tsx'

/** What was asked for and not yet answered, and what holds an event up. */
export function Requests({ event }: { readonly event: EventView }) {
  const { w } = useWords()
  const say = useEventWords()
  const { pendingExtension, suspension, redLeader } = event
  return (
    <div className="ev-requests">
      <Asked event={event} />
      <SpeakFor event={event} />
      <CallList event={event} />
      {pendingExtension && (
        <Told title={say.extensionAsked(showTime(pendingExtension.until))}>
          {pendingExtension.reason} {pendingExtension.plan}
        </Told>
      )}
      {suspension && <Told title={`${w(suspendWords, suspension.reason)} → ${showTime(suspension.until)}`} />}
      {['return-requested', 'ruling', 'registered'].includes(event.status) && <ReturnsList event={event} />}
      {event.cancelReason && (
        <Told isWarm title={say.takeBackAsked}>
          {event.cancelReason}
        </Told>
      )}
      {event.recodeAsk && <RecodeAsked ask={event.recodeAsk} />}
      {event.forceCloseReason && (
        <Told isWarm title={say.forceAsked}>
          {[event.forceCloseReason, event.forceCloseAnswer && say.answerProposed(event.forceCloseAnswer)]
            .filter(Boolean)
            .join('；')}
        </Told>
      )}
      {redLeader && <Told isWarm title={say.redCard(redLeader)} />}
    </div>
  )
}

interface Saying {
  readonly title: string
  readonly isWarm?: boolean
  readonly children?: ReactNode
}
const Told = ({ title, isWarm = false, children }: Saying) => (
  <Notice kind={isWarm ? 'warn' : 'tip'} title={title}>
    {children}
  </Notice>
)

/** Until a second person of the county agrees it stays a matter about staff. */
function RecodeAsked({ ask }: { readonly ask: NonNullable<EventView['recodeAsk']> }) {
  const say = useEventWords()
  const nameOf = useCategoryName()
  return (
    <Told isWarm title={say.recodeAsked(nameOf(ask.categoryCode))}>
      {ask.reason}
    </Told>
  )
}
