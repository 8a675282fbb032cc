import { useSayings } from '@fengge/web/words/sayings.ts'
import { en } from './gates.en.ts'
import { zh } from './gates.zh.ts'

export const useGatesWords = () => useSayings({ zh, en })
