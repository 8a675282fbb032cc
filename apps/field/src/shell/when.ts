import { dayLength, dayOf, showInstant } from '@fengge/domain/kernel/time'
import type { Language } from '@fengge/web/words/terms.ts'

const near: Readonly<Record<Language, readonly [today: string, yesterday: string]>> = {
  zh: ['今天', '昨天'],
  en: ['today', 'yesterday'],
}

/** An instant as it is said in a list: 今天 14:05, 昨天 14:05, else 11-18 14:05, and the year where it is another. */
export function showWhen(iso: string, now: number, language: Language): string {
  const at = Date.parse(iso)
  const [day = '', time = ''] = showInstant(at).split(' ')
  const [today, yesterday] = near[language]
  if (day === dayOf(now)) return `${today} ${time}`
  if (day === dayOf(now - dayLength)) return `${yesterday} ${time}`
  return day.slice(0, 4) === dayOf(now).slice(0, 4) ? `${day.slice(5)} ${time}` : `${day} ${time}`
}
