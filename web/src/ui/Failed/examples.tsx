import { Button } from '../Button/Button.tsx'
import { said, type Example } from '../example.ts'
import { Failed } from './Failed.tsx'

export const examples: readonly Example[] = [
  {
    name: 'An act that failed',
    isWide: true,
    shows: (l) => (
      <Failed
        title={said(l, ['没能派出去，事件还在待派遣', 'It was not dispatched; the event still waits'])}
        action={
          <>
            <Button kind="solid" shortcut="D">
              {said(l, ['再派一次', 'Dispatch again'])}
            </Button>
            <Button>{said(l, ['复制错误号', 'Copy the number'])}</Button>
          </>
        }
        foot={said(l, ['错误号 E-7F3A', 'Number E-7F3A'])}
      >
        {said(l, ['您写的意见已留着，再派一次不会重复。', 'What you wrote is kept; once more does not do it twice.'])}
      </Failed>
    ),
  },
]
