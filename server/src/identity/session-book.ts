/** The sessions as the kernel asks for them; main.ts hands it over at start, so that the kernel knows no slice. */
import type { SessionBook } from '../kernel/sessions.ts'
import { findSession } from './queries/callers.ts'
import { touchSession } from './store/sessions.ts'

export const sessionBook: SessionBook = { find: findSession, touch: touchSession }
