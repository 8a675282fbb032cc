import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, App, Button, Input, Pagination, Table } from 'antd'
import { useRef, useState } from 'react'
import { listClosings, reopenRecord } from '@fengge/domain/registry/closing/contract'
import type { Closing } from '@fengge/domain/registry/closing/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { closingStateWords, closingWords } from '@fengge/web/words/registry.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { closing } from '../../words/closing.ts'

/** How a record went and came back; nothing where it never did. */
export function RecordClosings({ recordId }: { readonly recordId: string }) {
  const { w } = useWords()
  const s = useSayings(closing)
  const list = useQuery({ queryKey: ['closings', recordId], queryFn: () => call(listClosings, { recordId }) })
  const closings = list.data?.closings ?? []
  if (closings.length === 0) return null
  return (
    <section className="panel">
      <h3>{s.title}</h3>
      <ul>
        {closings.map((c) => (
          <li key={c.id}>
            {s.since(c.onDay, w(closingWords, c.kind))} {w(closingStateWords, c.state)}{' '}
            {c.rooms > 0 && s.rooms(c.rooms)}
            <div className="soft">
              {c.reason} {s.by(c.by, showTime(c.at))}
            </div>
            <Reopen closing={c} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Reopen({ closing: c }: { readonly closing: Closing }) {
  const { fault } = useWords()
  const s = useSayings(closing)
  const client = useQueryClient()
  const { message, modal } = App.useApp()
  const reason = useRef('')
  const send = useMutation({
    mutationFn: () => {
      const said = { id: c.id, recordId: c.recordId, reason: reason.current }
      return call(reopenRecord, { requestId: freshId(), ...said })
    },
    onSuccess: async () => {
      void message.success(s.reopened)
      await client.invalidateQueries()
    },
    onError: (error) => void message.error(fault(error)),
  })
  if (!c.can.includes('reopen')) return null
  const ask = () =>
    modal.confirm({
      title: s.reopen,
      content: (
        <Input
          autoFocus
          maxLength={200}
          aria-label={s.reopenWhy}
          placeholder={s.reopenWhy}
          onChange={(e) => {
            reason.current = e.target.value
          }}
        />
      ),
      okText: s.reopen,
      cancelText: s.cancel,
      onOk: () => send.mutateAsync().catch(() => undefined),
    })
  return (
    <Button size="small" onClick={() => void ask()}>
      {s.reopen}
    </Button>
  )
}

/** The latest of one's places, with the way back. */
export function ClosingsList() {
  const { w, fault } = useWords()
  const s = useSayings(closing)
  const [page, setPage] = useState(1)
  const list = useQuery({ queryKey: ['closings', page], queryFn: () => call(listClosings, { page }) })
  return (
    <section>
      <h3>{s.list}</h3>
      {list.error ? <Alert type="error" role="alert" title={fault(list.error)} /> : null}
      <Table<Closing>
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={list.data?.closings ?? []}
        pagination={false}
        scroll={{ x: 700 }}
        locale={{ emptyText: list.isPending ? ' ' : s.none }}
        columns={[
          { title: s.what, render: (_, c) => <ClosedRecord closing={c} /> },
          { title: s.grid, dataIndex: 'gridName' },
          { title: s.how, render: (_, c) => s.since(c.onDay, w(closingWords, c.kind)) },
          { title: s.state, render: (_, c) => w(closingStateWords, c.state) },
          { title: '', render: (_, c) => <Reopen closing={c} /> },
        ]}
      />
      <Pagination
        size="small"
        hideOnSinglePage
        current={page}
        pageSize={50}
        showSizeChanger={false}
        total={list.data?.total ?? 0}
        showTotal={s.total}
        onChange={setPage}
      />
    </section>
  )
}

const ClosedRecord = ({ closing: c }: { readonly closing: Closing }) => (
  <Link to="/registry/record/$id" params={{ id: c.recordId }}>
    {c.name}
  </Link>
)
