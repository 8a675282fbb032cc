import type { FieldBrief } from '@fengge/domain/registry/rows'
import type { Language } from '@fengge/web/words/terms.ts'

/** A value as it is read: a choice by its name. */
export function showChoice(f: FieldBrief, value: unknown, language: Language): string {
  const choice = f.choices.find(([code]) => code === value)
  return choice ? choice[language === 'zh' ? 1 : 2] : String(value)
}
export const nameOfField = (f: FieldBrief, language: Language): string => (language === 'zh' ? f.name : f.nameEn)
