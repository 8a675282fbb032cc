import { useQuery } from '@tanstack/react-query'
import { Alert, Progress, Segmented, Space, Table, Tag } from 'antd'
import { useState } from 'react'
import * as c from '@fengge/domain/visits/contract/desk'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { dropWords } from '@fengge/web/words/field.ts'
import { counted } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { More, usePaged } from '../shell/Paged.tsx'
import { SheetButton } from '../shell/SheetButton.tsx'
import { has, useMe } from '../shell/useMe.ts'
import { CampaignButton } from './CampaignDialog.tsx'
import { OrderButton } from './OrderDialog.tsx'
import { AskForm, useOwnGrids } from '../shell/AskForm.tsx'

type TaskState = 'open' | 'late' | 'done' | 'dropped'

/** Tasks with the matter behind each. What is not on the list cannot be ordered, and says why. */
export function TasksTab() {
  const { t, w, fault } = useWords()
  const me = useMe().data
  const [state, setState] = useState<TaskState>('open')
  const list = usePaged(['tasks', state], (after) => call(c.listTasks, { state, ...after }))
  const total = list.data?.pages[0]?.total
  const tasks = list.data?.pages.flatMap((p) => p.tasks) ?? []
  const states: Record<TaskState, string> = {
    open: t('待做', 'Open'),
    late: t('逾期', 'Overdue'),
    done: t('已完成', 'Done'),
    dropped: t('已撤销', 'Dropped'),
  }
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        <Segmented
          value={state}
          onChange={(v) => setState(v as TaskState)}
          options={(Object.keys(states) as TaskState[]).map((k) => ({ value: k, label: states[k] }))}
        />
        {has(me, 'task.order') && <OrderButton />}
        <SheetButton promise={c.exportTasks} filter={{ state }} />
        {total !== undefined && <span className="soft">{t(`共 ${total} 件`, `${total} in all`)}</span>}
      </Space>
      {list.error ? <Alert type="error" role="alert" title={fault(list.error)} /> : null}
      <Table
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={tasks}
        pagination={false}
        scroll={{ x: 900 }}
        locale={{ emptyText: t('没有任务', 'None') }}
        columns={[
          {
            title: t('任务', 'Task'),
            render: (_, r) => (
              <>
                {r.title}
                {r.note !== '' && <div className="soft">{r.note}</div>}
              </>
            ),
          },
          { title: t('依据事项', 'Matter'), dataIndex: 'matterName' },
          { title: t('网格', 'Grid'), dataIndex: 'gridName' },
          {
            title: t('期限', 'Due'),
            render: (_, r) => (
              <>
                {r.dueOn}
                {r.tries > 0 && <Tag>{t(`未遇 ${r.tries} 次`, `tried ${counted(r.tries, 'time')}`)}</Tag>}
              </>
            ),
          },
          {
            title: t('结果', 'Result'),
            render: (_, r) => r.doneOn ?? (r.dropReason !== '' ? w(dropWords, r.dropReason) : ''),
          },
          {
            title: '',
            render: (_, r) =>
              r.state === 'open' &&
              r.origin !== 'recheck' &&
              has(me, 'task.order') && (
                <AskForm
                  label={t('撤销', 'Drop')}
                  isSmall
                  changes={['tasks']}
                  questions={[{ name: 'reason', label: t('理由', 'Reason'), kind: 'line', most: 200 }]}
                  send={(v) => call(c.dropTask, { requestId: freshId(), id: r.id, reason: String(v['reason']) })}
                />
              ),
          },
        ]}
      />
      <More list={list} shown={tasks.length} total={total} />
    </div>
  )
}

/** Time-boxed sets of tasks over chosen households or places, with progress by area; no counting of finds. */
export function CampaignsTab() {
  const { t } = useWords()
  const me = useMe().data
  const list = useQuery({ queryKey: ['campaigns'], queryFn: () => call(c.listCampaigns, {}) })
  const { placeId, placeName } = useOwnGrids()
  return (
    <div className="panel">
      <Space wrap>
        {has(me, 'task.order') && placeId && <CampaignButton placeId={placeId} placeName={placeName} />}
        {(list.data?.campaigns.length ?? 0) > 0 && <SheetButton promise={c.exportCampaigns} filter={{}} />}
      </Space>
      {list.data?.campaigns.length === 0 && <p className="soft">{t('还没有专项行动。', 'No campaigns yet.')}</p>}
      {list.data?.campaigns.map((x) => (
        <section key={x.id} style={{ marginTop: 16 }}>
          <h2>
            {x.name} {!x.isOpen && <Tag>{t('已结束', 'Ended')}</Tag>}
          </h2>
          <p className="soft">
            {x.placeName} · {x.matterName} · {x.fromOn} — {x.toOn} ·{' '}
            {t(`完成 ${x.done} / ${x.total}`, `${x.done} of ${x.total} done`)}
          </p>
          <Progress percent={x.total === 0 ? 0 : Math.round((x.done / x.total) * 100)} aria-label={x.name} />
          <Table
            rowKey="id"
            size="small"
            pagination={false}
            style={{ marginBottom: 8 }}
            dataSource={x.areas}
            columns={[
              { title: t('区域', 'Area'), dataIndex: 'name' },
              { title: t('完成', 'Done'), render: (_, a) => `${a.done} / ${a.total}` },
            ]}
          />
          {x.isOpen && has(me, 'task.order') && (
            <AskForm
              label={t('提前结束', 'End it')}
              isSmall
              changes={['campaigns', 'tasks']}
              questions={[{ name: 'reason', label: t('理由', 'Reason'), kind: 'line', most: 200 }]}
              send={(v) => call(c.endCampaign, { requestId: freshId(), id: x.id, reason: String(v['reason']) })}
            />
          )}
        </section>
      ))}
    </div>
  )
}
