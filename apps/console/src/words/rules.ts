import type { Catalogue } from '@fengge/web/words/sayings.ts'
import { rulesEn } from './rules.en.ts'
import { rulesZh } from './rules.zh.ts'

export const rulesSayings: Catalogue<typeof rulesZh> = { zh: rulesZh, en: rulesEn }
