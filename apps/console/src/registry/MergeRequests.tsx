import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Space, Table, Tag } from 'antd'
import { askMerge, decideMerge, listMerges, type MergeRequest } from '@fengge/domain/registry/doubles-contract'
import type { RecordView } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { mergeStateWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { AskForm } from '../shell/AskForm.tsx'
import { More, usePaged } from '../shell/Paged.tsx'
import { useFields } from './useRegistry.ts'

/** Two records with a number each: one asks that they be merged, and another who answers for both agrees. */
export function AskMerge({ a, b, take }: { a: RecordView; b: RecordView; take: readonly string[] }) {
  const { t } = useWords()
  const both = { keepId: a.id, keepVersion: a.version, dropId: b.id, dropVersion: b.version, take: [...take] }
  return (
    <AskForm<{ reason: string }>
      label={t('申请合并', 'Ask to merge')}
      title={t('证件号码不同，申请合并', 'Two numbers: ask to merge')}
      changes={['merge-requests']}
      note={t(
        '两条登记各有证件号码。另一人同意后才合并；在此之前两条都不变。',
        'Each record has a number of its own. They are merged once a second person agrees; until then neither changes.',
      )}
      questions={[
        { name: 'reason', label: t('理由（如何核对的）', 'Why, and how it was checked'), kind: 'text', most: 200 },
      ]}
      send={({ reason }) => call(askMerge, { requestId: freshId(), id: freshId(), ...both, reason })}
    />
  )
}

/** What waits for a second person, and what was decided lately. */
export function MergeRequests() {
  const { t, fault } = useWords()
  const list = usePaged(['merge-requests'], (after) => call(listMerges, after))
  const rows = list.data?.pages.flatMap((p) => p.requests) ?? []
  if (list.error) return <Alert type="error" role="alert" title={fault(list.error)} />
  if (rows.length === 0) return null
  return (
    <section className="panel" style={{ marginBottom: 12 }} aria-label={t('合并申请', 'Requests to merge')}>
      <h3 style={{ marginTop: 0 }}>{t('合并申请（证件号码不同）', 'Requests to merge, with two numbers')}</h3>
      <Table<MergeRequest>
        rowKey="id"
        size="small"
        dataSource={rows}
        pagination={false}
        scroll={{ x: 900 }}
        columns={[
          { title: t('保留', 'Kept'), render: (_, r) => `${r.keepName} · ${r.keepGridName ?? ''}` },
          { title: t('并入', 'Merged into it'), render: (_, r) => `${r.dropName} · ${r.dropGridName ?? ''}` },
          { title: t('采用并入一方的', 'Taken from the other'), render: (_, r) => <Taken codes={r.take} /> },
          { title: t('理由', 'Reason'), dataIndex: 'reason' },
          { title: t('申请', 'Asked'), render: (_, r) => `${r.askedBy} ${showTime(r.askedAt)}` },
          { title: t('状态', 'State'), render: (_, r) => <State request={r} /> },
          { title: '', render: (_, r) => r.canDecide && <Decide request={r} /> },
        ]}
      />
      <More list={list} shown={rows.length} total={list.data?.pages[0]?.total} />
    </section>
  )
}

function Taken({ codes }: { codes: readonly string[] }) {
  const { t } = useWords()
  const fields = useFields().data ?? []
  const name = (code: string) => {
    const field = fields.find((f) => f.kind === 'person' && f.code === code)
    return field ? t(field.name, field.nameEn) : code
  }
  return <>{codes.map(name).join(t('、', ', '))}</>
}

function State({ request: r }: { request: MergeRequest }) {
  const { t, w } = useWords()
  return (
    <>
      <Tag color={r.state === 'asked' ? 'orange' : 'default'}>{w(mergeStateWords, r.state)}</Tag>
      {r.decidedBy}
      {r.isStale ? (
        <div className="soft">{t('登记已有变动，请不同意后重新申请', 'Changed since: refuse it, and ask anew')}</div>
      ) : null}
    </>
  )
}

function Decide({ request }: { request: MergeRequest }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const deciding = useMutation({
    mutationFn: (isAgreed: boolean) => call(decideMerge, { requestId: freshId(), id: request.id, isAgreed }),
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <Space wrap>
      {deciding.error ? <Alert type="error" role="alert" title={fault(deciding.error)} /> : null}
      {request.isStale ? null : (
        <Button size="small" type="primary" loading={deciding.isPending} onClick={() => deciding.mutate(true)}>
          {t('同意合并', 'Merge them')}
        </Button>
      )}
      <Button size="small" loading={deciding.isPending} onClick={() => deciding.mutate(false)}>
        {t('不同意', 'Refuse')}
      </Button>
    </Space>
  )
}
