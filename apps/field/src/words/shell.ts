import { useSayings } from '@fengge/web/words/sayings.ts'
import { en } from './shell.en.ts'
import { zh } from './shell.zh.ts'

export const useShellWords = () => useSayings({ zh, en })
