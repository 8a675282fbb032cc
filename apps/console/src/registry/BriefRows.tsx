import { Link } from '@tanstack/react-router'
import { Table, Tag } from 'antd'
import type { Brief } from '@fengge/domain/registry/terms'
import { useWords } from '@fengge/web/words/language.ts'
import { recordKindWords, sortWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { addressFor } from './useRegistry.ts'

export function BriefRows({ rows, isLoading }: { rows: readonly Brief[]; isLoading?: boolean }) {
  const { t, w } = useWords()
  return (
    <Table<Brief>
      rowKey="id"
      size="small"
      loading={isLoading ?? false}
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 600 }}
      locale={{ emptyText: t('没有', 'None') }}
      columns={[
        { title: t('名称', 'Name'), render: (_, r) => <Link to={addressFor(r.kind, r.id)}>{r.name}</Link> },
        {
          title: t('类别', 'Kind'),
          render: (_, r) => (
            <>
              <Tag>{w(recordKindWords, r.kind)}</Tag>
              {r.sort !== '' && w(sortWords, r.sort)}
            </>
          ),
        },
        { title: t('说明', 'Note'), dataIndex: 'note' },
        { title: t('网格', 'Grid'), dataIndex: 'gridName' },
        {
          title: t('核实期限', 'Verify by'),
          render: (_, r) => (
            <span>
              {r.dueAt ? showTime(r.dueAt).slice(0, 10) : '—'} {r.isDue && <Tag color="orange">{t('到期', 'due')}</Tag>}
            </span>
          ),
        },
      ]}
    />
  )
}
