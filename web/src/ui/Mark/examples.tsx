import type { Example } from '../example.ts'
import { Mark } from './Mark.tsx'

export const examples: readonly Example[] = [
  { name: 'handed back twice', shows: <Mark kind="returned" count={2} /> },
  { name: 'the third time', shows: <Mark kind="repeated" count={3} /> },
  { name: 'sent back once', shows: <Mark kind="rework" count={1} /> },
  { name: 'handled again', shows: <Mark kind="reopened" count={1} /> },
  { name: 'an answer is owed', shows: <Mark kind="asked" /> },
  { name: 'not checked in time', shows: <Mark kind="unchecked" /> },
  { name: 'two joined', shows: <Mark kind="joined" count={2} /> },
  { name: 'go in pairs', shows: <Mark kind="together" /> },
  { name: 'not yet sent', shows: <Mark kind="unsent" count={3} /> },
  { name: 'core', shows: <Mark kind="core" /> },
  { name: 'sensitive', shows: <Mark kind="secret" /> },
  { name: 'in no grid', shows: <Mark kind="unplaced" /> },
  { name: 'not signed in time', shows: <Mark kind="unsigned" /> },
  { name: 'none, nothing', shows: <Mark kind="returned" count={0} /> },
]
