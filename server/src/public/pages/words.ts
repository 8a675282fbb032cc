/** Texts of the resident pages, by language. */
import { en } from './words.en.ts'
import { zh } from './words.zh.ts'
import type { Language } from './frame.ts'

export type Words = typeof zh
export const wordsOf = (language: Language): Words => (language === 'zh' ? zh : en)
