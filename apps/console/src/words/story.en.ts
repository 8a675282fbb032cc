import type { Like } from '@fengge/web/words/sayings.ts'
import type { storyZh } from './story.zh.ts'

export const storyEn = {
  stepsBetween: (count) => `${count} more steps between: show them`,
} satisfies Like<typeof storyZh>
