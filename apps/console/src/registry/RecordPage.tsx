import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, App, Button, DatePicker, Input, Space, Spin, Table, Tag } from 'antd'
import { useState } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { getHistory, listLooks, undoChange, type getRecord } from '@fengge/domain/registry/contract'
import type { RecordView } from '@fengge/domain/registry/terms'
import { unmergePersons } from '@fengge/domain/registry/doubles-contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { besideFieldWords, changeWords, linkRoleWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../shell/useMe.ts'
import { CloseButton } from './closing/CloseButton.tsx'
import { RecordClosings } from './closing/Closings.tsx'
import { Overlays } from './care/Overlays.tsx'
import { Leavings } from './leaving/Leavings.tsx'
import { AskRecusal } from './recusal/AskRecusal.tsx'
import { RecordCard, showValue } from './RecordCard.tsx'
import { RecordForm } from './RecordForm.tsx'
import { fieldsOf, useFields, useRecord } from './useRegistry.ts'

/** One record: today or as of a day, its homes, its history, and who looked at it. */
export function RecordPage() {
  const { t, fault } = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const [on, setOn] = useState<string | undefined>()
  const [edited, setEdited] = useState(false)
  const page = useRecord(id, on)
  if (page.error)
    return (
      <Alert
        type={on === undefined ? 'error' : 'info'}
        role="alert"
        title={fault(page.error)}
        action={on !== undefined && <Button onClick={() => setOn(undefined)}>{t('看现在', 'Show today')}</Button>}
      />
    )
  if (!page.data) return <Spin />
  const { record, homes } = page.data
  return (
    <div className="event-grid">
      <div>
        <RecordCard record={record}>
          <Space wrap style={{ marginTop: 12 }}>
            {record.can.includes('registry.write') && on === undefined && (
              <Button onClick={() => setEdited(true)}>{t('补充或修改', 'Add or change')}</Button>
            )}
            {on === undefined && <CloseButton record={record} name={record.name} />}
            <DatePicker
              placeholder={t('看某日的情况', 'As of a day')}
              onChange={(d) => setOn(d?.format('YYYY-MM-DD'))}
            />
            {on !== undefined && <Tag color="blue">{t(`${on} 当日的情况`, `As of ${on}`)}</Tag>}
          </Space>
        </RecordCard>
        <History id={id} />
      </div>
      <Beside record={record} homes={homes} isNow={on === undefined} />
      <RecordForm kind={record.kind} record={record} isOpen={edited} close={() => setEdited(false)} />
    </div>
  )
}

interface Shown {
  readonly record: RecordView
  readonly homes: ReplyOf<typeof getRecord>['homes']
  readonly isNow: boolean
}

/** What belongs to a record: of a person his homes, his leaving, his care; of a thing how it went. */
function Beside({ record, homes, isNow }: Shown) {
  const me = useMe().data
  const isPerson = record.kind === 'person'
  return (
    <div>
      {isPerson ? <Homes homes={homes} /> : <RecordClosings recordId={record.id} />}
      {isPerson && isNow && <Leavings record={record} />}
      <AskRecusal record={record} />
      {isPerson && has(me, 'overlay.keep') && <Overlays personId={record.id} />}
      {isPerson && record.can.includes('registry.tell') && <Looks id={record.id} />}
    </div>
  )
}

function Homes({ homes }: { readonly homes: ReplyOf<typeof getRecord>['homes'] }) {
  const { t, w } = useWords()
  return (
    <section className="panel">
      <h3 style={{ marginTop: 0 }}>{t('居所', 'Homes')}</h3>
      <ul>
        {homes.map((h) => (
          <li key={h.linkId}>
            {h.address === '' ? (
              t(`${h.gridName ?? ''}（不在您的范围内）`, `${h.gridName ?? ''} (outside your area)`)
            ) : (
              <Link to="/registry/house/$id" params={{ id: h.houseId }}>
                {h.address}
              </Link>
            )}{' '}
            {w(linkRoleWords, h.role)} {h.isLead && <Tag>{t('牵头网格', 'Lead grid')}</Tag>}
            <span className="soft">
              {h.fromOn} — {h.toOn ?? t('今', 'now')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function History({ id }: { id: string }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const { modal } = App.useApp()
  const fields = useFields().data
  const history = useQuery({ queryKey: ['history', id], queryFn: () => call(getHistory, { id }) })
  const record = useRecord(id).data?.record
  const undo = useMutation({
    mutationFn: async (v: { changeId: string; what: string; reason: string }) => {
      const ask = { requestId: freshId(), changeId: v.changeId, reason: v.reason }
      if (v.what === 'merge') await call(unmergePersons, ask)
      else await call(undoChange, ask)
    },
    onSuccess: () => client.invalidateQueries(),
  })
  const ask = (changeId: string, what: string) => {
    let reason = ''
    modal.confirm({
      title:
        what === 'merge'
          ? t('拆开这次合并？', 'Take this merge apart?')
          : t('撤回这次修改？', 'Take this change back?'),
      content: (
        <Input
          placeholder={t('理由', 'Reason')}
          aria-label={t('理由', 'Reason')}
          onChange={(e) => {
            reason = e.target.value
          }}
        />
      ),
      okText: t('撤回', 'Take back'),
      cancelText: t('取消', 'Cancel'),
      onOk: () =>
        undo.mutateAsync({ changeId, what, reason: reason || t('录入有误', 'Entered wrongly') }).catch(() => undefined),
    })
  }
  return (
    <section className="panel">
      <h3 style={{ marginTop: 0 }}>{t('变更历史', 'History')}</h3>
      {undo.error ? <Alert type="error" role="alert" title={fault(undo.error)} /> : null}
      <Table
        rowKey="id"
        size="small"
        loading={history.isPending}
        dataSource={history.data?.changes ?? []}
        pagination={false}
        scroll={{ x: 500 }}
        columns={[
          { title: t('时间', 'When'), render: (_, c) => showTime(c.at), width: 150 },
          { title: t('事项', 'What'), render: (_, c) => <Tag>{w(changeWords, c.what)}</Tag>, width: 90 },
          {
            title: t('内容', 'Content'),
            render: (_, c) => (
              <>
                {c.fields.map((f) => {
                  const spec = fieldsOf(fields, record?.kind ?? 'person').find((x) => x.code === f.field)
                  return (
                    <div key={f.field}>
                      {spec ? t(spec.name, spec.nameEn) : w(besideFieldWords, f.field)}：{showValue(spec, f.from, t)} →{' '}
                      {showValue(spec, f.to, t)}
                    </div>
                  )
                })}
                {c.reason !== '' && <div className="soft">{c.reason}</div>}
              </>
            ),
          },
          { title: t('经办', 'By'), dataIndex: 'by', width: 110 },
          {
            title: '',
            width: 80,
            render: (_, c) =>
              c.canUndo && (
                <Button size="small" onClick={() => ask(c.id, c.what)}>
                  {t('撤回', 'Undo')}
                </Button>
              ),
          },
        ]}
      />
    </section>
  )
}

function Looks({ id }: { id: string }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const looks = useQuery({ queryKey: ['looks', id], queryFn: () => call(listLooks, { id }), enabled: isOpen })
  return (
    <section className="panel" style={{ marginTop: 12 }}>
      <h3 style={{ marginTop: 0 }}>{t('谁查看过', 'Who looked')}</h3>
      {!isOpen && <Button onClick={() => setOpen(true)}>{t('应本人要求查询', 'At the person’s own request')}</Button>}
      {looks.data && (
        <ul>
          {looks.data.looks.map((l, i) => (
            <li key={i}>
              {showTime(l.at)} {l.office} <span className="soft">{l.purpose}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
