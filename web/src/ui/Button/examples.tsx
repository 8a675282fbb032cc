import { said, type Example } from '../example.ts'
import { Button } from './Button.tsx'

export const examples: readonly Example[] = [
  {
    name: 'Solid, with its key',
    shows: (l) => (
      <Button kind="solid" shortcut="D">
        {said(l, ['派遣', 'Dispatch'])}
      </Button>
    ),
  },
  { name: 'Outlined', shows: (l) => <Button>{said(l, ['催办', 'Urge'])}</Button> },
  { name: 'Text', shows: (l) => <Button kind="text">{said(l, ['查看', 'Look'])}</Button> },
  { name: 'Danger', shows: (l) => <Button kind="danger">{said(l, ['强制结案', 'Force close'])}</Button> },
  { name: 'Disabled', shows: (l) => <Button disabled>{said(l, ['派遣', 'Dispatch'])}</Button> },
  { name: 'Small', shows: (l) => <Button size="small">{said(l, ['小', 'Small'])}</Button> },
  {
    name: 'Main',
    shows: (l) => (
      <Button kind="solid" size="main">
        {said(l, ['提交', 'Send'])}
      </Button>
    ),
  },
]
