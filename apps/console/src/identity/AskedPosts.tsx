import { useQuery } from '@tanstack/react-query'
import { Button, Space, Table } from 'antd'
import { decideAskedPost, listAskedPosts, type AskedPost } from '@fengge/domain/identity/contract/asked-posts'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useAccountAct } from './AccountActions.tsx'

/** Who comes with a folded department's grid waits for whoever gives posts. */
export function AskedPosts() {
  const { t } = useWords()
  const { run, tell } = useAccountAct()
  const posts = useQuery({ queryKey: ['asked-posts'], queryFn: async () => (await call(listAskedPosts, {})).posts })
  const decide = ({ causeId, accountId, posts: shown }: AskedPost, isAgreed: boolean) =>
    run(async () => {
      await call(decideAskedPost, { requestId: freshId(), causeId, accountId, posts: shown, isAgreed })
      tell('done', isAgreed ? t('已任职', 'Given') : t('已记为不同意', 'Refused'))
    })
  if (!posts.data || posts.data.length === 0) return null
  return (
    <section style={{ marginBottom: 16 }}>
      <h3>{t('部门网格并入，待任职', 'Posts that come with folded grids')}</h3>
      <Table<AskedPost>
        rowKey={(p) => p.posts[0]?.id ?? p.causeId}
        size="small"
        pagination={{ pageSize: 8, hideOnSinglePage: true }}
        dataSource={posts.data}
        columns={[
          { title: t('姓名', 'Name'), dataIndex: 'name' },
          { title: t('岗位', 'Post'), render: (_, p) => t(p.role, p.roleEn) },
          { title: t('网格', 'Grids'), render: (_, p) => p.places.join('、') },
          { title: t('自', 'From'), dataIndex: 'fromOn' },
          { title: t('缘由', 'Because of'), dataIndex: 'cause' },
          { title: t('申请人', 'Asked by'), dataIndex: 'askedBy' },
          {
            title: '',
            render: (_, p) => (
              <Space>
                <Button size="small" type="primary" onClick={() => decide(p, true)}>
                  {t('同意', 'Agree')}
                </Button>
                <Button size="small" onClick={() => decide(p, false)}>
                  {t('不同意', 'Refuse')}
                </Button>
              </Space>
            ),
          },
        ]}
      />
    </section>
  )
}
