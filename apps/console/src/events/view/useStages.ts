/** The parts of an event's life in words, for its bar and its line of steps. */
import { useQueries } from '@tanstack/react-query'
import { getCalendar } from '@fengge/domain/events/contract/rules'
import type { EventView } from '@fengge/domain/events/contract/views'
import { dueAfter, minutesOf, type WorkCalendar } from '@fengge/domain/events/deadline'
import { call } from '@fengge/web/api/call.ts'
import type { StageSpan } from '@fengge/web/ui/StageBar/StageBar.tsx'
import type { Step } from '@fengge/web/ui/Steps/Steps.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { showLeft, showLimit, showSpan, showWhenShort } from '@fengge/web/words/time.ts'
import { reckon } from '@fengge/web/ui/Clock/reckon.ts'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'
import { isOver, spansOf, wayOf, type Way } from './stages.ts'

/** The work calendar of the years that an event touches; undefined until it is there. */
export function useCalendar(since: string): WorkCalendar | undefined {
  const years = [...new Set([since.slice(0, 4), String(new Date(useNow()).getFullYear())])]
  const asked = useQueries({
    queries: years.map((year) => ({
      queryKey: ['calendar', year],
      queryFn: () => call(getCalendar, { year: Number(year) }),
      staleTime: 600_000,
    })),
  })
  const replies = asked.map((a) => a.data)
  if (replies.some((r) => r === undefined)) return undefined
  const [first] = replies
  const days = replies.flatMap((r) => r!.days)
  return {
    version: first!.version,
    windows: first!.windows.map(({ from, to }) => [minutesOf(from), minutesOf(to)] as const),
    special: new Map(days.map(({ day, kind }) => [day, kind])),
  }
}

/** When it is due if it is handed to somebody now; null while the calendar is not there. */
export function useHandleDue(event: EventView): string | null {
  const calendar = useCalendar(event.reportedAt)
  const now = useNow()
  if (calendar === undefined || calendar.windows.length === 0) return null
  return new Date(dueAfter(now, event.limits.handle, calendar)).toISOString()
}

/** Where its time went, and what is left of the limit that runs. */
export function useSpans(event: EventView, isAheadShown = false): StageSpan[] {
  const { language } = useWords()
  const say = useEventWords()
  const now = useNow()
  const calendar = useCalendar(event.reportedAt)
  const spans = spansOf(event, calendar, now).map((span, i): StageSpan => ({
    key: String(i),
    name: say.parts(span.part),
    ms: span.to - span.from,
    time: span.isRunning
      ? say.already(showSpan(span.to - span.from, language))
      : showSpan(span.to - span.from, language),
    state: stateOf(span),
  }))
  const left = event.dueAt === null ? 0 : Date.parse(event.dueAt) - now
  if (!isAheadShown || left <= 0) return spans
  // What is ahead takes two fifths of the bar at most: where the time went is what one looks for.
  const used = spans.reduce((sum, span) => sum + span.ms, 0)
  return [
    ...spans,
    {
      key: 'left',
      name: '',
      ms: Math.min(left, used * 0.66),
      time: showLeft(event.dueAt, now, language),
      state: 'ahead',
    },
  ]
}

function stateOf(span: ReturnType<typeof spansOf>[number]): StageSpan['state'] {
  if (span.part === 'rest') return 'rests'
  if (isOver(span)) return 'over'
  return span.isRunning ? 'now' : 'gone'
}

/** The way gone with its times, what is left now, and how long what is ahead may take. */
export function useWay(event: EventView): Step[] {
  const { language } = useWords()
  const say = useEventWords()
  const now = useNow()
  const { light } = reckon({ ...event, startedAt: event.stageStartedAt }, now)
  return wayOf(event).map(({ way, state, at }): Step => {
    const step = { key: way, name: say.ways(way), state }
    if (state === 'gone') return at === null ? step : { ...step, time: showWhenShort(at, now, language) }
    if (state === 'now')
      return event.dueAt === null
        ? step
        : { ...step, time: showLeft(event.dueAt, now, language), isPressing: light === 'orange' || light === 'red' }
    const milestone = limited[way]
    return milestone === undefined ? step : { ...step, time: showLimit(event.limits[milestone], language) }
  })
}

const limited: { readonly [W in Way]?: keyof EventView['limits'] } = {
  dispatch: 'dispatch',
  sign: 'sign',
  handle: 'handle',
  check: 'check',
  callback: 'callback',
}
