import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Space, Table, Tag } from 'antd'
import { Download } from 'lucide-react'
import { useState } from 'react'
import {
  askEventExport,
  decideEventExport,
  eventExportLimit,
  listEventExports,
  readEventExport,
} from '@fengge/domain/events/contract/exports'
import type { ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { counted } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { exportStateWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { More, usePaged } from '../../shell/Paged.tsx'
import { has, useMe } from '../../shell/useMe.ts'

type Filter = Readonly<Record<string, string>>
type Row = ReplyOf<typeof listEventExports>['exports'][number]

/** Opens the exports of events: the list as it is filtered now, asked for with a purpose, and what was asked before. */
export function ExportButton({ filter }: { filter: Filter }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="ev-quiet" onClick={() => setOpen(true)}>
        <Download size={16} strokeWidth={1.75} aria-hidden="true" />
        {t('导出 Excel', 'Export to Excel')}
      </button>
      {isOpen && <ExportDialog filter={filter} onClose={() => setOpen(false)} />}
    </>
  )
}

function ExportDialog({ filter, onClose }: { filter: Filter; onClose: () => void }) {
  const { t, fault } = useWords()
  const me = useMe().data
  const client = useQueryClient()
  const list = usePaged(['event-exports'], (after) => call(listEventExports, after))
  const rows = list.data?.pages.flatMap((p) => p.exports) ?? []
  const refresh = () => client.invalidateQueries({ queryKey: ['event-exports'] })
  const ask = useMutation({
    mutationFn: ({ purpose }: { purpose: string }) => {
      const filled = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
      const sent = { filter: filled, purpose } as Pick<SentOf<typeof askEventExport>, 'filter' | 'purpose'>
      return call(askEventExport, { requestId: freshId(), id: freshId(), ...sent })
    },
    onSuccess: refresh,
  })
  const decide = useMutation({
    mutationFn: (v: { id: string; isAgreed: boolean }) => call(decideEventExport, { requestId: freshId(), ...v }),
    onSuccess: refresh,
  })
  const failed = ask.error ?? decide.error
  return (
    <Modal open onCancel={onClose} footer={null} width={820} title={t('导出事件', 'Exports of events')}>
      {failed ? <Alert type="error" role="alert" title={fault(failed)} /> : null}
      {has(me, 'event.export') && (
        <Form layout="inline" onFinish={(v) => ask.mutate(v)} style={{ rowGap: 8, marginBottom: 12 }}>
          <Form.Item name="purpose" label={t('用途', 'Purpose')} rules={[{ required: true, min: 2, max: 100 }]}>
            <Input style={{ width: 320 }} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={ask.isPending}>
            {t('申请导出当前列表', 'Ask for the list as it is')}
          </Button>
        </Form>
      )}
      <p className="soft">
        {t(
          `超过 ${eventExportLimit} 件须由他人审批；文件带水印，七天后失效。`,
          `Above ${eventExportLimit} events somebody else must agree; files are marked and gone after seven days.`,
        )}
      </p>
      <Requests rows={rows} isLoading={list.isPending} decide={(id, isAgreed) => decide.mutate({ id, isAgreed })} />
      <More list={list} shown={rows.length} total={undefined} />
    </Modal>
  )
}

interface Shown {
  readonly rows: Row[]
  readonly isLoading: boolean
  readonly decide: (id: string, isAgreed: boolean) => void
}

function Requests({ rows, isLoading, decide }: Shown) {
  const { t, w } = useWords()
  return (
    <Table<Row>
      rowKey="id"
      size="small"
      dataSource={rows}
      loading={isLoading}
      pagination={{ pageSize: 8, showSizeChanger: false, hideOnSinglePage: true }}
      locale={{ emptyText: t('没有申请', 'None') }}
      columns={[
        {
          title: t('内容', 'Content'),
          render: (_, e) => t(`${e.placeName} ${e.rows} 件`, `${e.placeName}, ${counted(e.rows, 'event')}`),
        },
        { title: t('用途', 'Purpose'), dataIndex: 'purpose' },
        { title: t('申请人', 'By'), render: (_, e) => `${e.by} ${showTime(e.askedAt)}` },
        { title: t('状态', 'State'), render: (_, e) => <Tag>{w(exportStateWords, e.state)}</Tag> },
        {
          title: '',
          render: (_, e) => (
            <Space>
              {e.isMine && e.state === 'approved' && (
                <Button size="small" href={`${readEventExport.path}?id=${e.id}`}>
                  {t('下载', 'Download')}
                </Button>
              )}
              {e.canDecide && (
                <>
                  <Button size="small" type="primary" onClick={() => decide(e.id, true)}>
                    {t('同意', 'Agree')}
                  </Button>
                  <Button size="small" onClick={() => decide(e.id, false)}>
                    {t('不同意', 'Refuse')}
                  </Button>
                </>
              )}
            </Space>
          ),
        },
      ]}
    />
  )
}
