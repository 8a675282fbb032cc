import { useSayings } from '@fengge/web/words/sayings.ts'
import { en } from './report.en.ts'
import { zh } from './report.zh.ts'

export const useReportWords = () => useSayings({ zh, en })
