import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, App, Button, Input, Modal, Pagination, Select, Space, Spin, Table, Tag } from 'antd'
import { useState } from 'react'
import {
  askErasure,
  decideErasure,
  erasureBases,
  listErasures,
  listLeavings,
  returnPerson,
  undoLeaving,
  type Erasure,
} from '@fengge/domain/registry/leaving/contract'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { wentField } from '@fengge/domain/registry/leaving/leaving'
import type { Leaving } from '@fengge/domain/registry/leaving/terms'
import type { RecordView } from '@fengge/domain/registry/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import {
  erasureAimWords,
  erasureBasisWords,
  erasureStateWords,
  leavingStateWords,
  leavingWords,
  witnessWords,
} from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { RevealDialog } from '../RecordCard.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { today } from '../../shell/Days.tsx'

/** How one person left and came back, and what may be done about it. */
export function Leavings({ record }: { record: RecordView }) {
  const { t } = useWords()
  const [leaves, setLeaves] = useState(false)
  const [erases, setErases] = useState(false)
  const list = useQuery({
    queryKey: ['leavings', record.id],
    queryFn: () => call(listLeavings, { personId: record.id }),
  })
  const mayWrite = record.can.includes('registry.write')
  const leavings = list.data?.leavings ?? []
  const latest = leavings.find((l) => l.toWhere !== '')?.id
  if (!mayWrite && leavings.length === 0) return null
  return (
    <section className="panel" style={{ marginTop: 12 }}>
      <h3 style={{ marginTop: 0 }}>{t('搬走、去世与回来', 'Leaving and coming back')}</h3>
      {leavings.map((l) => (
        <OneLeaving key={l.id} leaving={l} isLatest={l.id === latest} />
      ))}
      {mayWrite && (
        <Space wrap>
          <Button onClick={() => setLeaves(true)}>
            {record.can.includes('registry.correct')
              ? t('登记搬走、去世或登记错了', 'He left, died, or never was')
              : t('登记搬走或去世', 'He left or died')}
          </Button>
          <Button onClick={() => setErases(true)}>{t('受理本人删除申请', 'He asks to be deleted')}</Button>
        </Space>
      )}
      {leaves && <LeaveDialog person={record} close={() => setLeaves(false)} />}
      {erases && <ErasureDialog personId={record.id} close={() => setErases(false)} />}
    </section>
  )
}

/** @property isLatest of those of whom it is known where they went to: that one is revealed */
function OneLeaving({ leaving: l, isLatest }: { leaving: Leaving; isLatest: boolean }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const { modal } = App.useApp()
  const [asksUndo, setAsksUndo] = useState(false)
  const done = { onSuccess: () => client.invalidateQueries() }
  const of = { id: l.id, personId: l.personId }
  const undo = useMutation({
    mutationFn: (said: Pick<AskOf<typeof undoLeaving>, 'reason' | 'headIs'>) =>
      call(undoLeaving, { requestId: freshId(), ...of, ...said }),
    ...done,
  })
  const back = useMutation({
    mutationFn: () => call(returnPerson, { requestId: freshId(), ...of, onDay: today().format('YYYY-MM-DD') }),
    ...done,
  })
  const askUndo = () => {
    let reason = ''
    modal.confirm({
      title: t('撤回这次注销？', 'Take this back?'),
      content: <Input aria-label={t('理由', 'Reason')} onChange={(e) => (reason = e.target.value)} />,
      okText: t('撤回', 'Take back'),
      cancelText: t('取消', 'Cancel'),
      onOk: () => undo.mutateAsync({ reason: reason || t('登记有误', 'Said wrongly') }).catch(() => undefined),
    })
  }
  return (
    <div style={{ marginBottom: 12 }}>
      <Tag color={stateColours[l.state] ?? 'default'}>{w(leavingWords, l.kind)}</Tag> {l.onDay}{' '}
      {isLatest && <WhereTo personId={l.personId} />}{' '}
      <span className="soft">
        {w(witnessWords, l.seenBy)} · {l.by} {showTime(l.at)} · {w(leavingStateWords, l.state)}
        {l.returnedOn && ` ${l.returnedOn}`}
        {l.state === 'open' && t(`，资料保存至 ${l.keepUntil}`, `; kept until ${l.keepUntil}`)}
      </span>
      {(undo.error ?? back.error) ? <Alert type="error" role="alert" title={fault(undo.error ?? back.error)} /> : null}
      <AskHead error={undo.error} say={(headIs) => undo.variables && undo.mutate({ ...undo.variables, headIs })} />
      {asksUndo && <UndoErasureDialog personId={l.personId} close={() => setAsksUndo(false)} />}
      <div>
        {l.can.includes('ask-undo') && (
          <Button size="small" onClick={() => setAsksUndo(true)}>
            {t('申请撤回删除', 'Ask to take the deletion back')}
          </Button>
        )}{' '}
        {l.can.includes('return') && (
          <Button size="small" loading={back.isPending} onClick={() => back.mutate()}>
            {t('回来了', 'Came back')}
          </Button>
        )}{' '}
        {l.can.includes('undo') && (
          <Button size="small" onClick={askUndo}>
            {t('撤回', 'Take back')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Who heads his household, where somebody else does by now: asked where the server asks it. */
function AskHead({ error, say }: { error: unknown; readonly say: (headIs: 'again' | 'member') => void }) {
  const { t } = useWords()
  if (!(error instanceof Refused) || error.problem.problem !== 'leaving.headed') return null
  return (
    <Space wrap>
      <Button size="small" onClick={() => say('again')}>
        {t('由他任户主，现户主改为成员', 'He heads it again, the other is a member')}
      </Button>
      <Button size="small" onClick={() => say('member')}>
        {t('现户主不变，他作为成员回来', 'The other stays head, he is a member')}
      </Button>
    </Space>
  )
}

const stateColours: Readonly<Partial<Record<Leaving['state'], string>>> = { open: 'red', planned: 'blue' }

/** Where he went: known, and shown for a purpose and a reason. */
function WhereTo({ personId }: { personId: string }) {
  const { t } = useWords()
  const [asks, setAsks] = useState(false)
  const [place, setPlace] = useState<string | null>(null)
  if (place !== null) return <span>{place}</span>
  return (
    <>
      {t('去向已登记', 'Where to is known')}{' '}
      <Button size="small" onClick={() => setAsks(true)}>
        {t('查看', 'Show')}
      </Button>
      <RevealDialog
        field={asks ? { code: wentField, name: '去向', nameEn: 'Where to' } : null}
        id={personId}
        close={() => setAsks(false)}
        done={(_, value) => {
          setPlace(String(value ?? ''))
          setAsks(false)
        }}
      />
    </>
  )
}

interface Asking {
  readonly personId: string
  readonly close: () => void
}

/** Asks for a deletion or for its undoing; another officer decides. */
function useAskErasure({ personId, close }: Asking, aim: Erasure['aim']) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: Pick<Erasure, 'basis' | 'shownBy'>) =>
      call(askErasure, { requestId: freshId(), id: freshId(), personId, aim, ...asked }),
    onSuccess: async () => {
      close()
      void message.success(t('已受理，由另一人审核', 'Taken; another officer decides'))
      await client.invalidateQueries()
    },
  })
}

/** What two agreed to, two take back: this is the first of them. */
function UndoErasureDialog({ personId, close }: Asking) {
  const { t, fault } = useWords()
  const [shownBy, setShownBy] = useState('')
  const ask = useAskErasure({ personId, close }, 'undo')
  const label = t('谁提出撤回、为什么、如何确认身份', 'Who wants it, why, and how he showed who he is')
  return (
    <Modal
      open
      title={t('申请撤回删除', 'Ask to take the deletion back')}
      onCancel={close}
      onOk={() => ask.mutate({ basis: 'other', shownBy })}
      okText={t('提出', 'Ask')}
      cancelText={t('取消', 'Cancel')}
      okButtonProps={{ disabled: shownBy.trim() === '', loading: ask.isPending }}
    >
      {ask.error ? <Alert type="error" role="alert" title={fault(ask.error)} /> : null}
      <p className="soft">
        {t(
          '删除由两人同意，撤回也须另一人审核；审核前仍按期删除。',
          'Two agreed to the deletion; another officer decides on this too. Until then the day of deletion stands.',
        )}
      </p>
      <Input
        placeholder={label}
        aria-label={label}
        maxLength={120}
        value={shownBy}
        onChange={(e) => setShownBy(e.target.value)}
      />
    </Modal>
  )
}

function ErasureDialog({ personId, close }: Asking) {
  const { t, w, fault } = useWords()
  const [basis, setBasis] = useState<Erasure['basis']>('purpose-over')
  const [shownBy, setShownBy] = useState('')
  const ask = useAskErasure({ personId, close }, 'erase')
  return (
    <Modal
      open
      title={t('受理删除申请', 'A request to be deleted')}
      onCancel={close}
      onOk={() => ask.mutate({ basis, shownBy })}
      okText={t('受理', 'Take it')}
      cancelText={t('取消', 'Cancel')}
      okButtonProps={{ disabled: shownBy.trim() === '', loading: ask.isPending }}
    >
      {ask.error ? <Alert type="error" role="alert" title={fault(ask.error)} /> : null}
      <p className="soft">
        {t(
          '依照个人信息保护法第四十七条，本人可以申请删除。受理与审核须为两人。',
          'By art. 47 of the PIPL one may ask to be deleted. One officer takes it, another decides.',
        )}
      </p>
      <Select
        style={{ width: '100%', marginBottom: 12 }}
        aria-label={t('情形', 'Case')}
        value={basis}
        onChange={setBasis}
        options={erasureBases.map((b) => ({ value: b, label: w(erasureBasisWords, b) }))}
      />
      <Input
        placeholder={t('如何确认是本人', 'How he showed who he is')}
        aria-label={t('如何确认是本人', 'How he showed who he is')}
        maxLength={120}
        value={shownBy}
        onChange={(e) => setShownBy(e.target.value)}
      />
    </Modal>
  )
}

/** Who left one's places lately, and who asked to be deleted. */
export function LeavingsTab() {
  const { t, w } = useWords()
  const left = useQuery({ queryKey: ['leavings'], queryFn: () => call(listLeavings, {}) })
  const [page, setPage] = useState(1)
  const asked = useQuery({ queryKey: ['erasures', page], queryFn: () => call(listErasures, { page }) })
  if (left.isPending) return <Spin />
  return (
    <>
      {asked.data?.erasures.map((e) => (
        <OneErasure key={e.id} erasure={e} />
      ))}
      {asked.data && asked.data.total > 0 && (
        <Pagination
          style={{ marginBottom: 12 }}
          size="small"
          current={page}
          pageSize={50}
          total={asked.data.total}
          showSizeChanger={false}
          showTotal={(n) =>
            t(
              `删除申请共 ${n} 件，待审核 ${asked.data.open} 件`,
              `${n} requests to be deleted, ${asked.data.open} wait`,
            )
          }
          onChange={setPage}
        />
      )}
      <Table
        locale={{ emptyText: t('没有注销记录', 'Nobody left') }}
        rowKey="id"
        size="small"
        dataSource={left.data?.leavings ?? []}
        pagination={{ pageSize: 30, showSizeChanger: false }}
        scroll={{ x: 700 }}
        columns={[
          {
            title: t('姓名', 'Name'),
            render: (_, l) => (
              <Link to="/registry/record/$id" params={{ id: l.personId }}>
                {l.name === '' ? t('已删除', 'Deleted') : l.name}
              </Link>
            ),
          },
          { title: t('网格', 'Grid'), dataIndex: 'gridName' },
          { title: t('情况', 'What'), render: (_, l) => w(leavingWords, l.kind) },
          { title: t('日期', 'Day'), dataIndex: 'onDay' },
          { title: t('状态', 'State'), render: (_, l) => w(leavingStateWords, l.state) },
          { title: t('经办', 'By'), dataIndex: 'by' },
          { title: t('保存至', 'Kept until'), dataIndex: 'keepUntil' },
        ]}
      />
    </>
  )
}

function OneErasure({ erasure: e }: { erasure: Erasure }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const decide = useMutation({
    mutationFn: (isAgreed: boolean) => call(decideErasure, { requestId: freshId(), id: e.id, isAgreed, reason }),
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <section className="panel" style={{ marginBottom: 12 }}>
      <Space wrap>
        <Link to="/registry/record/$id" params={{ id: e.personId }}>
          {e.name === '' ? t('已删除', 'Deleted') : e.name}
        </Link>
        <Tag>{w(erasureAimWords, e.aim)}</Tag>
        <Tag color={e.state === 'open' ? 'orange' : 'default'}>{w(erasureStateWords, e.state)}</Tag>
        <span className="soft">
          {e.gridName} · {e.aim === 'erase' && `${w(erasureBasisWords, e.basis)} · `} {e.shownBy} · {e.askedBy}{' '}
          {showTime(e.askedAt)} {e.reason}
        </span>
      </Space>
      {decide.error ? <Alert type="error" role="alert" title={fault(decide.error)} /> : null}
      {e.canDecide && (
        <Space wrap style={{ marginTop: 8 }}>
          <Input
            placeholder={t('理由（不同意时必填）', 'Reason, needed to refuse')}
            aria-label={t('理由', 'Reason')}
            maxLength={200}
            value={reason}
            onChange={(x) => setReason(x.target.value)}
          />
          <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
            {e.aim === 'undo' ? t('同意撤回', 'Agree to take it back') : t('同意删除', 'Agree')}
          </Button>
          <Button loading={decide.isPending} onClick={() => decide.mutate(false)}>
            {t('不同意', 'Refuse')}
          </Button>
        </Space>
      )}
    </section>
  )
}
