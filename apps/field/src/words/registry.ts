import { useSayings } from '@fengge/web/words/sayings.ts'
import { en } from './registry.en.ts'
import { zh } from './registry.zh.ts'

export const useRegistryWords = () => useSayings({ zh, en })
