import { Table } from 'antd'
import { listRefusedOrders } from '@fengge/domain/matters/contract'
import { call } from '@fengge/web/api/call.ts'
import { matterObjectWords, orderDoorWords, taskKindWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { More, usePaged } from '../shell/Paged.tsx'

/** What was asked of the grid beyond its matters: refused, and counted with who asked (A3). */
export function RefusedTab() {
  const { t, w, language } = useWords()
  const list = usePaged(['refused-orders'], (after) => call(listRefusedOrders, after))
  const rows = list.data?.pages.flatMap((p) => p.refused) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  return (
    <div className="panel">
      <p className="soft" role="status">
        {t(
          `清单之外的派单一律拦下并计数，共 ${total} 次。需要增加的，请先申请准入。`,
          `Whatever lies beyond the list is turned away and counted: ${total} times. What is needed has to be admitted first.`,
        )}
      </p>
      <Table
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 900 }}
        locale={{ emptyText: t('没有拦下的派单', 'Nothing was turned away') }}
        columns={[
          { title: t('最近一次', 'Last'), render: (_, r) => showTime(r.lastAt), width: 150 },
          {
            title: t('谁派的', 'By'),
            render: (_, r) => (
              <>
                {r.byName}
                <div className="soft">
                  {r.placeName} {r.officeName}
                </div>
              </>
            ),
          },
          { title: t('途径', 'By way of'), render: (_, r) => w(orderDoorWords, r.door), width: 100 },
          {
            title: t('借用的事项', 'Under'),
            render: (_, r) =>
              r.matterCode === '' ? t('（清单内没有）', '(not listed)') : `${r.matterCode} ${r.matterName}`,
          },
          {
            title: t('要做什么', 'What'),
            render: (_, r) =>
              [
                r.taskKind && w(taskKindWords, r.taskKind),
                r.object && w(matterObjectWords, r.object),
                t(`${r.minutes} 分钟`, `${r.minutes} min`),
              ]
                .filter(Boolean)
                .join(' · '),
          },
          { title: t('为何拦下', 'Why'), render: (_, r) => sentenceFor(r.problem, language) },
          { title: t('次数', 'Times'), dataIndex: 'times', width: 70 },
        ]}
      />
      <More list={list} shown={rows.length} total={undefined} />
    </div>
  )
}
