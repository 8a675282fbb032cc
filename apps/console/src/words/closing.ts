import { en } from './closing.en.ts'
import { zh } from './closing.zh.ts'

export const closing = { zh, en }
