import type { Catalogue } from '@fengge/web/words/sayings.ts'
import { storyEn } from './story.en.ts'
import { storyZh } from './story.zh.ts'

export const storySayings: Catalogue<typeof storyZh> = { zh: storyZh, en: storyEn }
