import type { Example } from '../example.ts'
import { Clock } from './Clock.tsx'

const now = Date.parse('2026-11-20T10:00:00+08:00')
const minute = 60_000
const iso = (minutes: number) => new Date(now + minutes * minute).toISOString()
/** @param used minutes since it began @param left minutes till it is due */
const clock = (used: number, left: number) => ({ startedAt: iso(-used), dueAt: iso(left), now })

export const examples: readonly Example[] = [
  { name: 'more than half left', shows: <Clock {...clock(60, 300)} /> },
  { name: 'less than half left', shows: <Clock {...clock(200, 110)} /> },
  { name: 'less than a fifth left', shows: <Clock {...clock(60, 11)} kind="派遣时限" /> },
  { name: 'over', shows: <Clock {...clock(180, -120)} /> },
  { name: 'not begun', shows: <Clock startedAt={iso(0)} dueAt={null} now={now} /> },
  { name: 'resting', shows: <Clock startedAt={iso(0)} dueAt={null} now={now} isPaused until={iso(150 * 1440)} /> },
  { name: 'wide', shows: <Clock {...clock(60, 11)} form="wide" /> },
  { name: 'wide, over', shows: <Clock {...clock(60, -11)} form="wide" /> },
]
