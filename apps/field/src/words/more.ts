import { useSayings } from '@fengge/web/words/sayings.ts'
import { en } from './more.en.ts'
import { zh } from './more.zh.ts'

export const useMoreWords = () => useSayings({ zh, en })
