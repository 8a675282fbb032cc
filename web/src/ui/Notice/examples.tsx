import { Button } from '../Button/Button.tsx'
import { said, type Example } from '../example.ts'
import { Notice } from './Notice.tsx'

export const examples: readonly Example[] = [
  {
    name: 'Good to know',
    isWide: true,
    shows: (l) => <Notice kind="tip" title={said(l, ['派遣后，3 位上报人会看到', 'Three people will see it'])} />,
  },
  {
    name: 'No line, twice the same',
    isWide: true,
    shows: (l) => (
      <Notice
        kind="warn"
        title={said(l, ['连不上服务器', 'The server is out of reach'])}
        action={<Button kind="text">{said(l, ['现在试', 'Try now'])}</Button>}
      >
        {said(l, ['看到的是 10:24 的数据', 'What you see is of 10:24'])}
      </Notice>
    ),
  },
  {
    name: 'Refused',
    isWide: true,
    shows: (l) => (
      <Notice kind="refused" title={said(l, ['不能派给示例社区', 'It cannot go to this community'])}>
        {said(l, ['“市政设施养护”不在社区事项清单里。', 'Street furniture is not on its list of matters.'])}
      </Notice>
    ),
  },
  {
    name: 'Across the page',
    isWide: true,
    shows: (l) => <Notice isStrip kind="warn" title={said(l, ['没有信号，照样能用', 'No signal; go on'])} />,
  },
]
