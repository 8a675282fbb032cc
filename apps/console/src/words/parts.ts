import type { Catalogue } from '@fengge/web/words/sayings.ts'
import { partsEn } from './parts.en.ts'
import { partsZh } from './parts.zh.ts'

export const partsSayings: Catalogue<typeof partsZh> = { zh: partsZh, en: partsEn }
