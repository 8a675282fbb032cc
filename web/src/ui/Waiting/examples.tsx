import { said, type Example } from '../example.ts'
import { Waiting } from './Waiting.tsx'

const nothing = () => undefined

export const examples: readonly Example[] = [
  {
    name: 'Rows to come',
    shows: (l) => <Waiting stage="rows" label={said(l, ['正在加载', 'Loading'])} slow="" rows={4} />,
  },
  {
    name: 'Slow',
    shows: (l) => (
      <Waiting
        stage="slow"
        label={said(l, ['正在加载', 'Loading'])}
        slow={said(l, ['数据较多，还在算', 'There is much; still reckoning'])}
        stop={{ label: said(l, ['停', 'Stop']), act: nothing }}
        rows={3}
      />
    ),
  },
]
