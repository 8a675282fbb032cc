import type { Like } from '@fengge/web/words/sayings.ts'
import type { rulesZh } from './rules.zh.ts'

export const rulesEn = {
  asksWait: 'Changes of categories that wait for somebody else of the county',
  askOf: (code, name, from) => `${code} ${name}, from ${from}`,
  takesOff: (fields) => `Takes off or lowers: ${fields}`,
  askedBy: (name, at) => `Asked by ${name} ${at}`,
  agree: 'Agree',
  refuse: 'Refuse',
  savedOrWaits: 'Asked for: it holds from the day after somebody else of the county agrees',
} satisfies Like<typeof rulesZh>
