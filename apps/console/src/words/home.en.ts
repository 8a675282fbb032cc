import type { Like } from '@fengge/web/words/sayings.ts'
import type { homeZh } from './home.zh.ts'

export const homeEn = {
  hello: (name) => `Hello, ${name}`,
  waits: 'What waits for you',
} satisfies Like<typeof homeZh>
