import { showInstant } from '@fengge/domain/kernel/time'
import { lightOf, spanTo, type Light } from '@fengge/domain/events/deadline'
import type { Language } from './terms.ts'

export const showTime = (iso: string | null) => (iso === null ? '' : showInstant(Date.parse(iso)))

const units = { zh: ['天', '小时', '分', '不到 1 分'], en: ['d', 'h', 'min', 'under a minute'] } as const

/** `剩 2 天 3 小时` or `超 4 小时`; two units at most, and under a minute that it is less than one. */
export function showLeft(due: string | null, now: number, language: Language): string {
  if (due === null) return ''
  const { days, hours, minutes, isLate } = spanTo(Date.parse(due), now)
  const told = [days, hours, days === 0 ? minutes : 0]
  const parts = told.flatMap((count, i) => (count > 0 ? [`${count} ${units[language][i]}`] : []))
  const text = parts.slice(0, 2).join(' ') || units[language][3]
  return language === 'zh' ? `${isLate ? '超' : '剩'} ${text}` : `${text} ${isLate ? 'late' : 'left'}`
}

/** What a light goes by: a clock, and when half and four fifths of it are used; null in what was kept before there were such marks. */
interface Clocked {
  readonly stageStartedAt: string
  readonly dueAt: string | null
  readonly halfAt: string | null
  readonly soonAt: string | null
}

export function lightFor({ stageStartedAt, dueAt, halfAt, soonAt }: Clocked, now: number): Light {
  if (dueAt === null) return 'none'
  const [started, due] = [Date.parse(stageStartedAt), Date.parse(dueAt)]
  const mark = (at: string | null, share: number) => (at === null ? started + (due - started) * share : Date.parse(at))
  return lightOf({ half: mark(halfAt, 0.5), soon: mark(soonAt, 0.8) }, due, now)
}
export const lightColours: Record<Light, string> = {
  none: '#5c6470',
  green: '#1f7a3a',
  yellow: '#8a6100',
  orange: '#b54708',
  red: '#b42318',
}

export function showMs(ms: number, language: Language): string {
  const hours = ms / 3_600_000
  if (hours < 1) return `${Math.round(ms / 60_000)} ${language === 'zh' ? '分' : 'min'}`
  return hours < 48
    ? `${hours.toFixed(1)} ${language === 'zh' ? '小时' : 'h'}`
    : `${(hours / 24).toFixed(1)} ${language === 'zh' ? '天' : 'd'}`
}
