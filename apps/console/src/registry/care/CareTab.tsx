import { Link } from '@tanstack/react-router'
import { Table, Tag } from 'antd'
import { listCare } from '@fengge/domain/registry/care/contract'
import { call } from '@fengge/web/api/call.ts'
import { counted } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { CareBack } from './CareBack.tsx'
import { CareDueButton } from './CareRequestsTab.tsx'
import { More, usePaged } from '../../shell/Paged.tsx'
import { InboxTable } from '../../work/InboxTable.tsx'

/** Whom the keeper looks after, the longest due first. Why stands on each person's own page. */
export function CareTab() {
  const { t } = useWords()
  const list = usePaged(['care'], (after) => call(listCare, after))
  const people = list.data?.pages.flatMap((p) => p.people) ?? []
  const { total = 0, due = 0, back = [], backTotal = 0 } = list.data?.pages[0] ?? {}
  return (
    <div className="panel">
      <CareDueButton />
      <p className="soft">
        {t(
          `共 ${total} 人，待走访 ${due} 人。类别和核心信息在本人页面，查看须他人同意。`,
          `${counted(total, 'person', 'people')}, ${counted(due, 'visit')} due. Why stands on the page of each, and is read once somebody else agrees.`,
        )}
      </p>
      {backTotal > 0 && <CareBack back={back} total={backTotal} />}
      <Table
        rowKey="personId"
        size="small"
        loading={list.isPending}
        dataSource={people}
        pagination={false}
        scroll={{ x: 700 }}
        locale={{ emptyText: t('辖区内没有登记特殊人群', 'Nobody is in care here') }}
        columns={[
          {
            title: t('姓名', 'Name'),
            render: (_, p) => (
              <Link to="/registry/record/$id" params={{ id: p.personId }}>
                {p.name}
              </Link>
            ),
          },
          { title: t('网格', 'Grid'), dataIndex: 'gridName' },
          {
            title: t('走访期限', 'Visit due'),
            render: (_, p) => (
              <>
                {p.isDue && <Tag color="orange">{t('待走访', 'due')}</Tag>}
                {showTime(p.dueAt).slice(0, 10)}
              </>
            ),
          },
          {
            title: t('上次走访', 'Last visit'),
            render: (_, p) => (p.visitedAt === null ? '—' : showTime(p.visitedAt).slice(0, 10)),
          },
          { title: t('帮扶小组', 'Team'), render: (_, p) => t(`${p.helpers} 人`, `${p.helpers}`) },
        ]}
      />
      <More list={list} shown={people.length} total={total} />
      <InboxTable isQuiet />
    </div>
  )
}
