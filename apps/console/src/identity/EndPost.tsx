import { Button, Dropdown } from 'antd'
import { endPosting } from '@fengge/domain/identity/contract'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useNow } from '../shell/useNow.ts'
import { useAccountAct, type AccountRow } from './AccountActions.tsx'

type Post = AccountRow['postings'][number]

/** Whether a post has ended, or was taken back before it began. */
export const isOver = ({ fromOn, toOn }: Post): boolean => toOn !== null && (toOn < dayOf(Date.now()) || toOn < fromOn)

/** Ends a post: with the day where that is sooner, or at once, as if it had never been given where it has not begun. */
export function EndPost({ posting, of }: { readonly posting: Post; readonly of: string }) {
  const { t } = useWords()
  const { run, tell, confirm } = useAccountAct()
  const today = dayOf(useNow())
  const hasBegun = posting.fromOn <= today
  const isSooner = hasBegun && (posting.toOn === null || posting.toOn > today)
  const items = [
    ...(isSooner ? [{ key: 'today', label: t('今天任满', 'After today') }] : []),
    { key: 'now', label: t('立即免职', 'At once') },
  ]
  const end = (toOn: string) =>
    run(async () => {
      const { state } = await call(endPosting, { requestId: freshId(), id: posting.id, toOn })
      tell(state, t('已免职', 'The post is ended'))
    })
  const ask = (key: string) => {
    const what = `${t(posting.roleName, posting.roleNameEn)} · ${posting.officeName}`
    confirm({
      title: t(`免去 ${of} 的任职？`, `End this post of ${of}?`),
      content: (
        <>
          <p>{what}</p>
          <p>
            {key === 'today'
              ? t('今天仍有权限，明天起不再有。', 'Its rights hold today and end tomorrow.')
              : t('该岗位的权限立即失效。', 'Its rights end at once.')}
          </p>
        </>
      ),
      okText: t('免职', 'End'),
      onOk: () => end(key === 'today' ? today : addDays(hasBegun ? today : posting.fromOn, -1)),
    })
  }
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => ask(key) }}>
      <Button type="link" size="small">
        {t('免职', 'End')}
      </Button>
    </Dropdown>
  )
}
