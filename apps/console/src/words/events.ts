import { useSayings } from '@fengge/web/words/sayings.ts'
import { en } from './events.en.ts'
import { zh } from './events.zh.ts'

export const useEventWords = () => useSayings({ zh, en })
