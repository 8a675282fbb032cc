import type { Example } from '../example.ts'
import { Kbd } from './Kbd.tsx'

export const examples: readonly Example[] = [
  { name: 'A letter', shows: () => <Kbd name="D" /> },
  { name: 'Two at once', shows: () => <Kbd name="Ctrl K" /> },
]
