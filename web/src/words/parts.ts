import { en } from './parts.en.ts'
import { zh } from './parts.zh.ts'
import { useSayings } from './sayings.ts'

export const usePartWords = () => useSayings({ zh, en })
