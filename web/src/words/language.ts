/** The language a person reads, kept on the device: zh-CN unless chosen otherwise. */
import { useSyncExternalStore } from 'react'
import { word, type Language } from './terms.ts'
import { sentenceFor } from './problems.ts'
import { Refused } from '../api/call.ts'

const key = 'fengge.language'
const listeners = new Set<() => void>()
const read = (): Language => (localStorage.getItem(key) === 'en' ? 'en' : 'zh')

export function setLanguage(language: Language): void {
  localStorage.setItem(key, language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  for (const listener of listeners) listener()
}

export interface Words {
  readonly language: Language
  /** One text in both languages, side by side. */
  readonly t: (zh: string, en: string) => string
  readonly w: (table: Parameters<typeof word>[0], code: string | number | null | undefined) => string
  /** A sentence for an error of any kind. */
  readonly fault: (error: unknown) => string
}

export function useWords(): Words {
  const language = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    read,
    () => 'zh' as const,
  )
  const t = (zh: string, en: string) => (language === 'zh' ? zh : en)
  const fault = (error: unknown) => {
    if (!(error instanceof Refused)) return t('出错了，请重试。', 'Something went wrong; please try again.')
    if (error.problem.problem === 'network.down')
      return t('没有网络连接，请稍后再试。', 'No connection; please try again.')
    return sentenceFor(error.problem.problem, language, error.problem.details)
  }
  return {
    language,
    t,
    w: (table, code) => word(table, code, language),
    fault,
  }
}
