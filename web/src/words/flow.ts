/** What a step of an event says beside its name: from whom to whom, until when. Read by console, phone and resident pages. */
import { showInstant } from '@fengge/domain/kernel/time'
import { levelWords, word, type Language } from './terms.ts'

/** A step with the names of the departments and places whose ids stand in its detail. */
export interface Step {
  readonly action: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly names: Readonly<Record<string, string>>
}

const inLanguage = (language: Language) => (zh: string, en: string) => (language === 'zh' ? zh : en)

/** Where a step led: to which department, from which level or grid to which. Only names of offices. */
export function stepPlaces({ action, detail, names }: Step, language: Language): string[] {
  const t = inLanguage(language)
  const name = (key: string) => {
    const value = detail[key]
    return typeof value === 'string' ? names[value] : undefined
  }
  const listed = (Array.isArray(detail['departments']) ? detail['departments'] : []).map((id) => names[String(id)])
  const department = name('department')
  const isHandedBack = action === 'return' || action === 'agree-return'
  const [from, to] = ['from', 'to'].map((key) =>
    typeof detail[key] === 'number' ? word(levelWords, detail[key], language) : name(key),
  )
  return [
    department && (isHandedBack ? t(`由${department}`, `by ${department}`) : t(`给${department}`, `to ${department}`)),
    from && to && `${from} → ${to}`,
    listed.filter(Boolean).join('、'),
  ].filter((part): part is string => typeof part === 'string' && part !== '')
}

/** Until when: the date that was asked for, or that now holds; empty where the step set none. */
export function stepDate({ action, detail }: Step, language: Language): string {
  const t = inLanguage(language)
  const at = detail['due'] ?? detail['until']
  if (typeof at !== 'number') return ''
  const time = showInstant(at)
  return action.includes('suspension') ? t(`挂账至 ${time}`, `stopped until ${time}`) : t(`至 ${time}`, `until ${time}`)
}
