import { statuses } from '@fengge/domain/events/terms'
import type { Example } from '../example.ts'
import { State } from './State.tsx'

export const examples: readonly Example[] = [
  ...statuses.map((status) => ({ name: status, shows: <State status={status} /> })),
  ...(['reported', 'registered', 'in-progress', 'handled'] as const).map((status) => ({
    name: `${status}, one’s turn`,
    shows: <State status={status} isMine />,
  })),
]
