import type { Catalogue } from '@fengge/web/words/sayings.ts'
import { homeEn } from './home.en.ts'
import { homeZh } from './home.zh.ts'

export const homeSayings: Catalogue<typeof homeZh> = { zh: homeZh, en: homeEn }
