import { en } from './parts.en.ts'
import { zh } from './parts.zh.ts'
import { useSayings } from '../../words/sayings.ts'

export const usePartWords = () => useSayings({ zh, en })
