import { useSayings } from '@fengge/web/words/sayings.ts'
import { en } from './day.en.ts'
import { zh } from './day.zh.ts'

export const useDayWords = () => useSayings({ zh, en })
