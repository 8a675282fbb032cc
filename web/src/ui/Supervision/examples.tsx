import type { Example } from '../example.ts'
import { Supervision } from './Supervision.tsx'

export const examples: readonly Example[] = [0, 1, 2, 3].map((card) => ({
  name: ['none, nothing', 'ordinary', 'yellow card', 'red card'][card]!,
  shows: <Supervision card={card} />,
}))
