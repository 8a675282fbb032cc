import type { ReactNode } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import type { Outcome } from '../offline/acts.ts'
import { Step } from './Step.tsx'

/** What has become of an act, in an elder's words, and the way on: `next` before the way home. */
export function Sent({ how, said, next }: { readonly how: Outcome; readonly said: string; readonly next?: ReactNode }) {
  const { t } = useWords()
  return (
    <Step title={t('好了，谢谢您', 'Done, thank you')}>
      <p className="ok" role="status">
        {how.state === 'waiting'
          ? t('已记在手机里，有信号就送出去。', 'Kept on this phone; it goes out with the signal.')
          : said}
      </p>
      {next}
      <a className={next ? 'button plain' : 'button'} href="#">
        {t('回首页', 'Home')}
      </a>
    </Step>
  )
}
