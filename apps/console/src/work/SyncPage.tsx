import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Segmented, Table, Tag } from 'antd'
import { useState } from 'react'
import * as c from '@fengge/domain/sync/contract'
import { listSafety } from '@fengge/domain/visits/contract/desk'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { causeWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../shell/useMe.ts'
import { AskForm } from '../shell/AskForm.tsx'
import { InboxTable } from './InboxTable.tsx'
import { PhoneBounds } from './PhoneBounds.tsx'

/** Whose phone is behind, since when and why; what came from phones that belongs to others now; lone visits. Nobody is judged by it. */
export function SyncPage() {
  const { t, w, fault } = useWords()
  const me = useMe().data
  const [only, setOnly] = useState<'behind' | 'all'>('behind')
  const devices = useQuery({
    queryKey: ['devices', only],
    queryFn: () => call(c.listDevices, { only }),
    refetchInterval: 60_000,
  })
  const client = useQueryClient()
  const safety = useQuery({
    queryKey: ['safety'],
    queryFn: () => call(listSafety, {}),
    enabled: has(me, 'task.order'),
    refetchInterval: 60_000,
  })
  return (
    <div className="panel">
      {(safety.data?.shares.length ?? 0) > 0 && (
        <Card size="small" title={t('单独上门', 'Lone visits')} style={{ marginBottom: 12 }}>
          {safety.data!.shares.map((s) => (
            <p key={s.id} style={{ margin: 4 }}>
              {s.isOverdue ? (
                <Tag color="red">{t('到时未报平安，请联系', 'Not reported back: call')}</Tag>
              ) : (
                <Tag color="green">{t('进行中', 'Under way')}</Tag>
              )}{' '}
              {s.gridName} {s.name} · {s.where} · {t('预计返回', 'back by')} {showTime(s.until)}
            </p>
          ))}
        </Card>
      )}
      {devices.error && <Alert type="error" role="alert" title={fault(devices.error)} />}
      <InboxTable />
      <h2>
        {t('手机同步', 'Phones')}{' '}
        <Segmented
          size="small"
          value={only}
          onChange={(v) => setOnly(v as 'behind' | 'all')}
          options={[
            { value: 'behind', label: t('需要关注', 'Behind') },
            { value: 'all', label: t('全部', 'All') },
          ]}
        />
      </h2>
      {devices.data && <PhoneBounds bounds={devices.data.bounds} most={devices.data.most} />}
      <Table
        rowKey="id"
        size="small"
        loading={devices.isPending}
        dataSource={devices.data?.devices ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 900 }}
        locale={{ emptyText: t('都正常', 'All well') }}
        columns={[
          { title: t('持有人', 'Holder'), render: (_, d) => `${d.holder} · ${d.placeName}` },
          {
            title: t('原因', 'Why'),
            render: (_, d) =>
              d.causes.map((x) => (
                <Tag key={x} color="orange">
                  {w(causeWords, x)}
                </Tag>
              )),
          },
          {
            title: t('上次联系', 'Last contact'),
            render: (_, d) => (d.lastPullAt ? showTime(d.lastPullAt) : t('从未', 'never')),
          },
          {
            title: t('待送', 'Waiting'),
            render: (_, d) => (d.waiting > 0 ? `${d.waiting}（${d.oldestAt ? showTime(d.oldestAt) : ''}）` : '0'),
          },
          {
            title: t('时间偏差', 'Clock'),
            render: (_, d) =>
              Math.abs(d.skewMinutes) < 2 ? t('准', 'right') : t(`${d.skewMinutes} 分`, `${d.skewMinutes} min`),
          },
          { title: t('手机', 'Phone'), dataIndex: 'name', ellipsis: true },
          {
            title: '',
            render: (_, d) =>
              d.wipe === '' && (
                <AskForm
                  label={t('清除', 'Wipe')}
                  isSmall
                  isDanger
                  changes={['devices']}
                  note={
                    <p>
                      {t(
                        '手机丢失或离岗时使用。下次联网时清除，未送出的内容先交回。',
                        'For a lost phone or a leaver. Wiped at its next contact; what is unsent is handed in first.',
                      )}
                    </p>
                  }
                  questions={[{ name: 'reason', label: t('理由', 'Reason'), kind: 'line', most: 200 }]}
                  send={(v) => call(c.wipeDevice, { requestId: freshId(), id: d.id, reason: String(v['reason']) })}
                />
              ),
          },
        ]}
      />
      {(devices.data?.never.length ?? 0) > 0 && (
        <p className="soft">
          {t('尚未开启离线使用：', 'Not yet working without signal: ')}
          {devices
            .data!.never.slice(0, 30)
            .map((n) => `${n.holder}（${n.placeName}）`)
            .join('、')}
        </p>
      )}
      <Button
        onClick={() => {
          void devices.refetch()
          void client.invalidateQueries({ queryKey: ['inbox'] })
        }}
      >
        {t('刷新', 'Reload')}
      </Button>
    </div>
  )
}
