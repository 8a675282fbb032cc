import { Anchor } from '../Anchor.tsx'
import { said, type Example } from '../example.ts'
import { Panel } from './Panel.tsx'

export const examples: readonly Example[] = [
  {
    name: 'Title, note and one way on',
    isWide: true,
    shows: (l) => (
      <Panel
        title={said(l, ['先做这些', 'Do these first'])}
        note={said(l, ['按时限与退回排好', 'by time left and what came back'])}
        action={<Anchor href="#all">{said(l, ['全部 13 件', 'All 13'])}</Anchor>}
      >
        {said(l, ['内容', 'What it holds'])}
      </Panel>
    ),
  },
  {
    name: 'A count beyond what is allowed',
    isWide: true,
    shows: (l) => (
      <Panel title={said(l, ['谁超期', 'Who is late'])} count={23} tone="over">
        {said(l, ['内容', 'What it holds'])}
      </Panel>
    ),
  },
]
