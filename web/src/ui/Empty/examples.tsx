import { Button } from '../Button/Button.tsx'
import { said, type Example } from '../example.ts'
import { Empty } from './Empty.tsx'

export const examples: readonly Example[] = [
  {
    name: 'Empty, and that is good',
    shows: (l) => (
      <Empty
        drawing="done"
        title={said(l, ['都派完了', 'All dispatched'])}
        action={<Button>{said(l, ['看退回待裁 2', 'See 2 sent back'])}</Button>}
      >
        {said(l, ['新到的事件会自动出现在这里。', 'New ones show up here by themselves.'])}
      </Empty>
    ),
  },
  {
    name: 'Nothing found',
    shows: (l) => (
      <Empty
        drawing="nothing"
        title={said(l, ['没有同时符合三项的事件', 'No event fits all three'])}
        action={<Button>{said(l, ['去掉来源', 'Drop the source'])}</Button>}
      >
        {said(l, ['去掉“来源”有 3 件。', 'Without the source there are 3.'])}
      </Empty>
    ),
  },
  {
    name: 'The first time',
    shows: (l) => (
      <Empty
        drawing="first"
        title={said(l, ['还没有网格', 'No grids yet'])}
        action={<Button kind="solid">{said(l, ['导入边界', 'Import borders'])}</Button>}
      >
        {said(l, ['先导入行政区划和边界。', 'Import the areas and their borders first.'])}
      </Empty>
    ),
  },
  {
    name: 'Not for this post',
    shows: (l) => (
      <Empty drawing="locked" title={said(l, ['这一栏是核心信息', 'This is of the core tier'])}>
        {said(l, ['确因工作要看，写明事由申请，看一次记一次。', 'Ask with a reason; each look is kept.'])}
      </Empty>
    ),
  },
]
