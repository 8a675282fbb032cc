import { useSayings } from '@fengge/web/words/sayings.ts'
import { en } from './elder.en.ts'
import { zh } from './elder.zh.ts'

export const useElderWords = () => useSayings({ zh, en })
