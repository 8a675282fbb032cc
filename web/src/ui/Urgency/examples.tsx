import type { Example } from '../example.ts'
import { Urgency } from './Urgency.tsx'

export const examples: readonly Example[] = [
  { name: 'ordinary, nothing', shows: <Urgency urgency={0} /> },
  { name: 'urgent', shows: <Urgency urgency={1} /> },
  { name: 'most urgent', shows: <Urgency urgency={2} /> },
]
