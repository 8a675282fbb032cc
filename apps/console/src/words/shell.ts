import type { Catalogue, Like } from '@fengge/web/words/sayings.ts'
import { shellEn } from './shell.en.ts'
import { shellZh } from './shell.zh.ts'

export const shellSayings: Catalogue<typeof shellZh> = { zh: shellZh, en: shellEn }
export type ShellSayings = Like<typeof shellZh>
