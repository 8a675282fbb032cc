import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Space, Table } from 'antd'
import { useState } from 'react'
import { listAlarms, listJournal, verifyJournal, type JournalRow } from '@fengge/domain/audit/contract'
import type { z } from 'zod'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import { sayWidened } from '../identity/NetWidened.tsx'
import { showTime } from '@fengge/web/words/time.ts'

type Row = z.infer<typeof JournalRow>

/** The journal for those who audit: who did or looked at what, and whether the chain is whole. */
export function AuditPage() {
  const { t, fault } = useWords()
  const [ask, setAsk] = useState({ fact: '', account: '', subject: '' })
  const rows = useInfiniteQuery({
    queryKey: ['journal', ask],
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last: ReplyOf<typeof listJournal>) => last.next ?? undefined,
    queryFn: ({ pageParam }): Promise<ReplyOf<typeof listJournal>> =>
      call(listJournal, { ...ask, ...(pageParam === undefined ? {} : { before: pageParam }) }),
  })
  const verdict = useQuery({ queryKey: ['verify'], queryFn: () => call(verifyJournal, {}), enabled: false })
  const alarms = useQuery({ queryKey: ['look-alarms'], queryFn: () => call(listAlarms, {}) })
  const kinds: Record<Row['kind'], string> = {
    fact: t('操作', 'Act'),
    look: t('查看', 'Look'),
    session: t('登录', 'Session'),
    refused: t('被拒', 'Refused'),
  }
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        {(['fact', 'account', 'subject'] as const).map((f) => (
          <Input.Search
            key={f}
            allowClear
            placeholder={
              {
                fact: t('事实，如 event.dispatch', 'Fact, e.g. event.dispatch'),
                account: t('账号或姓名', 'Login or name'),
                subject: t('对象编号', 'Subject id'),
              }[f]
            }
            aria-label={f}
            onSearch={(v) => setAsk({ ...ask, [f]: v })}
            style={{ width: 240 }}
          />
        ))}
        <Button onClick={() => void verdict.refetch()} loading={verdict.isFetching}>
          {t('校验日志链', 'Verify the chain')}
        </Button>
      </Space>
      {verdict.data && (
        <Alert
          type={verdict.data.isWhole ? 'success' : 'error'}
          role="status"
          style={{ marginBottom: 12 }}
          title={
            verdict.data.isWhole
              ? t(
                  `日志完整：已封存 ${verdict.data.sealed} 条，待封存 ${verdict.data.unsealed} 条`,
                  `Whole: ${verdict.data.sealed} sealed, ${verdict.data.unsealed} not yet`,
                )
              : t(`发现 ${verdict.data.faults.length} 处异常`, `${verdict.data.faults.length} faults`)
          }
          description={verdict.data.faults
            .slice(0, 10)
            .map((f) => `${f.county} #${f.seq ?? ''} ${f.fault}`)
            .join('；')}
        />
      )}
      {alarms.data?.verdict?.isWhole === false && (
        <Alert
          type="error"
          role="alert"
          style={{ marginBottom: 12 }}
          title={t(
            `每夜自动校验发现日志有 ${alarms.data.verdict.faults} 处异常（${showTime(alarms.data.verdict.at)}），请立即核查并保留现场`,
            `The nightly check found ${alarms.data.verdict.faults} faults in the journal (${showTime(alarms.data.verdict.at)}). Look into it now and change nothing`,
          )}
        />
      )}
      {(alarms.data?.alarms.length ?? 0) > 0 && (
        <Alert
          type="warning"
          role="status"
          style={{ marginBottom: 12 }}
          title={t('近七日异常查看，请核实', 'Unusual looks of the last week; please ask')}
          description={alarms.data!.alarms.map((a, i) => (
            <div key={`${i} ${a.day}`}>
              {a.day} {a.accountName}：{sayAlarm(t, a)}
            </div>
          ))}
        />
      )}
      {rows.error ? <Alert type="error" title={fault(rows.error)} role="alert" /> : null}
      <Table<Row>
        rowKey={(r) => `${r.seq ?? ''}${r.at}${r.fact}`}
        size="small"
        pagination={false}
        loading={rows.isPending}
        dataSource={rows.data?.pages.flatMap((p) => p.rows) ?? []}
        scroll={{ x: 900 }}
        columns={[
          { title: '#', dataIndex: 'seq', width: 80 },
          { title: t('时间', 'Time'), render: (_, r) => showTime(r.at), width: 150 },
          { title: t('种类', 'Kind'), render: (_, r) => kinds[r.kind], width: 80 },
          { title: t('事实', 'Fact'), dataIndex: 'fact', width: 200 },
          {
            title: t('谁', 'Who'),
            render: (_, r) => [r.accountName, r.postingRole].filter(Boolean).join(' · '),
            width: 180,
          },
          { title: t('对象', 'Subject'), dataIndex: 'subject', width: 200, ellipsis: true },
          {
            title: t('详情', 'Detail'),
            render: (_, r) => <code style={{ overflowWrap: 'anywhere' }}>{JSON.stringify(r.detail)}</code>,
          },
        ]}
      />
      {rows.hasNextPage && (
        <Button block onClick={() => void rows.fetchNextPage()}>
          {t('更多', 'More')}
        </Button>
      )}
    </div>
  )
}

type Alarm = ReplyOf<typeof listAlarms>['alarms'][number]

function sayAlarm(t: Words['t'], a: Alarm): string {
  if (a.kind === 'quota')
    return t(`超过每日次数上限，被拒 ${a.refused} 次`, `ran into the daily quota, refused ${a.refused} times`)
  return a.kind === 'net'
    ? sayWidened(t, a)
    : t(`查看 ${a.looks} 次，平日 ${a.usual} 次`, `${a.looks} looks, usually ${a.usual}`)
}
