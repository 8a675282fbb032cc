import { addDays, dayLength, dayOf, hour, minute, showInstant } from '@fengge/domain/kernel/time'
import { lightOf, spanTo, type Light } from '@fengge/domain/events/deadline'
import type { Limit } from '@fengge/domain/events/terms'
import { limitWords, word, type Language } from './terms.ts'

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

/** How long something took, in two units at most: `1 小时 40 分`, `2 天 3 小时`. */
export function showSpan(ms: number, language: Language): string {
  const told = [Math.floor(ms / dayLength), Math.floor((ms % dayLength) / hour), Math.floor((ms % hour) / minute)]
  const first = told.findIndex((count) => count > 0)
  if (first === -1) return units[language][3]
  const parts = told.map((count, i) => (count > 0 && i <= first + 1 ? `${count} ${units[language][i]}` : ''))
  return parts.filter(Boolean).join(' ')
}

/** When something was, as somebody says it who looks at it now: `今天 14:05`, `昨天 14:05`, then `11-18`, and the year where it is another. */
export function showWhen(iso: string, now: number, language: Language): string {
  const [day = '', clock = ''] = showTime(iso).split(' ')
  const today = dayOf(now)
  if (day === today) return language === 'zh' ? `今天 ${clock}` : `today ${clock}`
  if (day === addDays(today, -1)) return language === 'zh' ? `昨天 ${clock}` : `yesterday ${clock}`
  return day.slice(0, 4) === today.slice(0, 4) ? `${day.slice(5)} ${clock}` : `${day} ${clock}`
}

/** The same in a narrow column: of today the clock alone, of older days the day alone. */
export function showWhenShort(iso: string, now: number, language: Language): string {
  const said = showWhen(iso, now, language)
  const [day = '', clock = ''] = said.split(' ')
  if (dayOf(Date.parse(iso)) === dayOf(now)) return clock
  return /^\d/.test(day) ? day : said
}

/** How long something may take: `4 工作小时`. */
export function showLimit({ kind, value }: Limit, language: Language): string {
  const unit = kind === 'natural-hour' ? units[language][1] : word(limitWords, kind, language)
  return `${value} ${language === 'en' && value === 1 ? unit.replace(/s$/, '') : unit}`
}
