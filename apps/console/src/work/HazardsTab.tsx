/** Hidden dangers until they are cleared: by a re-check, or ended by a second person with a reason (E8). */
import { Link } from '@tanstack/react-router'
import { Segmented, Table, Tag } from 'antd'
import { useState } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import * as c from '@fengge/domain/visits/contract/desk'
import { hazardEnds, type HazardEnd, type hazardStates } from '@fengge/domain/visits/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { hazardEndWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { AskForm } from '../shell/AskForm.tsx'
import { More, usePaged } from '../shell/Paged.tsx'
import { has, useMe } from '../shell/useMe.ts'

type HazardState = (typeof hazardStates)[number]

export function HazardsTab() {
  const { t } = useWords()
  const [state, setState] = useState<HazardState>('open')
  const list = usePaged(['hazards', state], (after) => call(c.listHazards, { state, ...after }))
  const total = list.data?.pages[0]?.total
  const hazards = list.data?.pages.flatMap((p) => p.hazards) ?? []
  return (
    <div className="panel">
      <Segmented
        value={state}
        onChange={(v) => setState(v as HazardState)}
        options={[
          { value: 'open', label: t('整改中', 'Open') },
          { value: 'cleared', label: t('已销号', 'Cleared') },
          { value: 'ended', label: t('已终结', 'Ended') },
        ]}
        style={{ marginBottom: 12 }}
      />
      <HazardTable hazards={hazards} isLoading={list.isPending} />
      <More list={list} shown={hazards.length} total={total} />
    </div>
  )
}

type Row = ReplyOf<typeof c.listHazards>['hazards'][number]

function HazardTable({ hazards, isLoading }: { readonly hazards: readonly Row[]; readonly isLoading: boolean }) {
  const { t } = useWords()
  return (
    <Table
      rowKey="id"
      size="small"
      loading={isLoading}
      dataSource={[...hazards]}
      pagination={false}
      scroll={{ x: 800 }}
      locale={{ emptyText: t('没有', 'None') }}
      columns={[
        { title: t('隐患', 'Hazard'), dataIndex: 'what' },
        { title: t('网格', 'Grid'), dataIndex: 'gridName' },
        { title: t('发现', 'Found'), dataIndex: 'foundOn' },
        {
          title: t('整改期限', 'Fix by'),
          render: (_, h) => (
            <>
              {h.fixBy} {h.isOverdue && <Tag color="red">{t('逾期', 'overdue')}</Tag>}
            </>
          ),
        },
        { title: t('复查次数', 'Re-checks'), dataIndex: 'rechecks' },
        {
          title: t('事件', 'Event'),
          render: (_, h) =>
            h.eventId && (
              <Link to="/events/$id" params={{ id: h.eventId }}>
                {t('查看', 'Open')}
              </Link>
            ),
        },
        {
          title: '',
          render: (_, h) => <HowItEnds hazard={h} />,
        },
      ]}
    />
  )
}

function HowItEnds({ hazard: h }: { readonly hazard: Row }) {
  const { t } = useWords()
  const me = useMe().data
  if (h.endReason !== null)
    return [t(...hazardEndWords[h.endReason]), h.endWord].filter((x) => x !== '').join(t('：', ': '))
  if (h.state !== 'open' || !has(me, 'task.order')) return null
  return <EndHazard id={h.id} hasEvent={h.eventId !== null} />
}

function EndHazard({ id, hasEvent }: { readonly id: string; readonly hasEvent: boolean }) {
  const { t } = useWords()
  const options = hazardEnds
    .filter((value) => hasEvent || value !== 'in-event')
    .map((value) => ({ value, label: t(...hazardEndWords[value]) }))
  return (
    <AskForm<{ reason: HazardEnd; word: string }>
      label={t('终结', 'End')}
      title={t('终结隐患', 'End a hazard')}
      isSmall
      changes={['hazards', 'tasks']}
      note={
        <p className="soft">
          {t(
            '已整改的请安排复查销号；这里只用于不必再复查的。发现人本人不能终结。',
            'What was put right is cleared by a re-check; this is for what needs none. Who found it may not end it.',
          )}
        </p>
      }
      questions={[
        { name: 'reason', label: t('原因', 'Reason'), kind: 'choice', options },
        { name: 'word', label: t('核实情况', 'What was seen'), kind: 'line', most: 200 },
      ]}
      send={({ reason, word }) => call(c.endHazard, { requestId: freshId(), id, reason, word })}
    />
  )
}
