import type { EventRow } from '@fengge/domain/events/contract/views'
import { Anchor } from '@fengge/web/ui/Anchor.tsx'
import { buttonClass } from '@fengge/web/ui/Button/Button.tsx'
import { Clock } from '@fengge/web/ui/Clock/Clock.tsx'
import { Empty } from '@fengge/web/ui/Empty/Empty.tsx'
import { Mark } from '@fengge/web/ui/Mark/Mark.tsx'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { State } from '@fengge/web/ui/State/State.tsx'
import { Supervision } from '@fengge/web/ui/Supervision/Supervision.tsx'
import { Urgency } from '@fengge/web/ui/Urgency/Urgency.tsx'
import { Waiting } from '@fengge/web/ui/Waiting/Waiting.tsx'
import { showCount } from '@fengge/web/words/count.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { useNow } from '../shell/useNow.ts'
import { homeSayings } from '../words/home.ts'
import { addressOf, isTurn, type ListName } from './plans.ts'
import type { ListShown } from './useHome.ts'

/** What presses, in groups, each row once and with one button. */
export function FirstThings({ lists }: { readonly lists: readonly ListShown[] }) {
  const words = useSayings(homeSayings)
  const groups = withoutRepeats(lists).filter(({ rows }) => rows.length > 0)
  const isLooking = lists.some(({ total }) => total === undefined)
  return (
    <Panel
      title={words.first}
      note={words.firstWhy}
      action={<Anchor href="/events?isOpen=yes&order=due">{words.allOpen}</Anchor>}
      isFlush
    >
      {groups.map((group) => (
        <Group key={group.name} group={group} />
      ))}
      {groups.length === 0 && isLooking && <Waiting label={words.loading} slow={words.slow} />}
      {groups.length === 0 && !isLooking && (
        <Empty drawing="done" title={words.nothingFirst}>
          {words.nothingFirstWhy}
        </Empty>
      )}
    </Panel>
  )
}

/** An event stands in the first group that has it. */
function withoutRepeats(lists: readonly ListShown[]): ListShown[] {
  const seen = new Set<string>()
  return lists.map((list) => {
    const rows = list.rows.filter(({ id }) => !seen.has(id))
    rows.forEach(({ id }) => seen.add(id))
    return { ...list, rows }
  })
}

function Group({ group: { name, total, isMore, rows } }: { readonly group: ListShown }) {
  const words = useSayings(homeSayings)
  return (
    <section aria-label={words[name]}>
      <h3 className="first-group">
        <Anchor href={addressOf(name)}>
          {words[name]} <span>{total === undefined ? '' : showCount(total, isMore)}</span>
        </Anchor>
      </h3>
      <ul className="first-rows">
        {rows.map((event) => (
          <FirstRow key={event.id} event={event} name={name} />
        ))}
      </ul>
    </section>
  )
}

const does = {
  late: 'doUrge',
  due: 'doLook',
  back: 'doHandle',
  check: 'doCheck',
  verify: 'doVerify',
  decide: 'doDecide',
  dispatch: 'doDispatch',
  call: 'doCall',
  sign: 'doSign',
  carded: 'doLook',
  handle: 'doHandle',
} as const satisfies Readonly<Record<ListName, string>>

function FirstRow({ event, name }: { readonly event: EventRow; readonly name: ListName }) {
  const words = useSayings(homeSayings)
  const now = useNow()
  const where = event.gridName ?? event.villageName ?? event.townName
  return (
    <li className="first-row">
      <span className="first-what">
        <span className="first-title">
          <Urgency urgency={event.urgency} />
          <Anchor href={`/events/${event.id}`}>{event.title}</Anchor>
          <Supervision card={event.supervision} />
          <Mark kind="rework" count={event.reworks} />
          <Mark kind="repeated" count={event.reopens} />
        </span>
        <span className="first-note">{[where, event.departmentName].filter(Boolean).join(' · ')}</span>
      </span>
      <State status={event.status} isMine={isTurn(name)} />
      <Clock
        startedAt={event.stageStartedAt}
        dueAt={event.dueAt}
        halfAt={event.halfAt}
        soonAt={event.soonAt}
        now={now}
        isPaused={event.status === 'suspended'}
      />
      <Anchor
        href={`/events/${event.id}`}
        className={buttonClass('outline', 'small')}
        label={words.actOn(words[does[name]], event.title)}
      >
        {words[does[name]]}
      </Anchor>
    </li>
  )
}
