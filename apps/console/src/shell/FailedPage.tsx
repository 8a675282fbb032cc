import { Button, Result } from 'antd'
import { useWords } from '@fengge/web/words/language.ts'

/** Where a page cannot be shown: what happened, and what to do about it. */
export function FailedPage({ error }: { readonly error: unknown }) {
  const { t } = useWords()
  const isOutdated = error instanceof Error && error.message === 'part.not-loaded'
  return (
    <Result
      status="warning"
      title={
        isOutdated
          ? t('系统已更新，请重新打开', 'The program was renewed; please open it again')
          : t('页面出错了', 'This page failed')
      }
      subTitle={t('已保存的内容不受影响。', 'What was saved is not touched.')}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('重新打开', 'Open again')}
        </Button>
      }
    />
  )
}

export function UnknownPage() {
  const { t } = useWords()
  return (
    <Result
      status="404"
      title={t('没有这个页面', 'There is no such page')}
      extra={
        <Button type="primary" href="/console/">
          {t('回到首页', 'To the first page')}
        </Button>
      }
    />
  )
}
