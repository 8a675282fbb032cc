import { said, type Example } from '../example.ts'
import { Door, Doors } from './Door.tsx'

export const examples: readonly Example[] = [
  {
    name: 'A row of doors',
    isWide: true,
    shows: (l) => (
      <Doors label={said(l, ['等着的事', 'What waits'])}>
        <Door
          label={said(l, ['超时', 'Late'])}
          count={1}
          tone="over"
          hint={said(l, ['最久 2 小时', 'the longest by 2 h'])}
          href="#late"
        />
        <Door
          label={said(l, ['今天到期', 'Due today'])}
          count={3}
          tone="tight"
          hint={said(l, ['最近 11:30', 'the next at 11:30'])}
          href="#due"
        />
        <Door label={said(l, ['退回来的', 'Sent back'])} count={0} tone="over" href="#back" />
      </Doors>
    ),
  },
]
