import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Segmented, Space, Table, Tag } from 'antd'
import { useState } from 'react'
import * as c from '@fengge/domain/sync/contract'
import { listSafety } from '@fengge/domain/visits/contract/desk'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { causeWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../shell/useMe.ts'
import { AskForm } from '../shell/AskForm.tsx'

/** Photos that came with an act of a wiped phone; one that never arrived is named too. */
function HandedPhotos({ photos }: { photos: readonly { readonly id: string; readonly hasCome: boolean }[] }) {
  const { t } = useWords()
  const missing = photos.filter((p) => !p.hasCome).length
  return (
    <>
      {photos
        .filter((p) => p.hasCome)
        .map((p, i) => (
          <a key={p.id} href={`/api/sync/inbox/photo?id=${p.id}`} target="_blank" rel="noreferrer">
            <img
              src={`/api/sync/inbox/photo?id=${p.id}`}
              alt={t(`移交的照片 ${i + 1}`, `Photo ${i + 1} handed in`)}
              loading="lazy"
              style={{ height: 64, margin: 4 }}
            />
          </a>
        ))}
      {missing > 0 && <Tag color="orange">{t(`${missing} 张照片未交回`, `${missing} photos never arrived`)}</Tag>}
    </>
  )
}

/** Whose phone is behind, since when and why; what came from phones that belongs to others now; lone visits. Nobody is judged by it. */
export function SyncPage() {
  const { t, w, fault, language } = useWords()
  const me = useMe().data
  const [only, setOnly] = useState<'behind' | 'all'>('behind')
  const devices = useQuery({
    queryKey: ['devices', only],
    queryFn: () => call(c.listDevices, { only }),
    refetchInterval: 60_000,
  })
  const inbox = useQuery({ queryKey: ['inbox'], queryFn: () => call(c.listInbox, {}) })
  const safety = useQuery({
    queryKey: ['safety'],
    queryFn: () => call(listSafety, {}),
    enabled: has(me, 'visit.plan'),
    refetchInterval: 60_000,
  })
  const names: Record<string, string> = {
    reportEvent: t('上报', 'Report'),
    recordVisit: t('走访', 'Visit'),
    confirmRecords: t('核实', 'Confirm'),
    saveRecord: t('登记', 'Registry'),
    linkPerson: t('入住关联', 'Link'),
    takeService: t('代办受理', 'Service'),
    moveService: t('代办进展', 'Service step'),
    attachEvidence: t('照片', 'Photo'),
  }
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
      {(inbox.error ?? devices.error) ? (
        <Alert type="error" role="alert" title={fault(inbox.error ?? devices.error)} />
      ) : null}
      <h2>{t('待处理的移交内容', 'For the desk to decide')}</h2>
      <p className="soft">
        {t(
          '手机上早先写下、送来时工作已归别人的内容。可以采用、附为说明，或写明理由不采用；不会丢。',
          'Written on a phone earlier, when the work was still its holder’s. Apply it, keep it as a note, or drop it with a reason; nothing is lost.',
        )}
      </p>
      <Table
        rowKey="id"
        size="small"
        loading={inbox.isPending}
        dataSource={inbox.data?.rows ?? []}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        scroll={{ x: 800 }}
        locale={{ emptyText: t('没有', 'None') }}
        columns={[
          {
            title: t('内容', 'Content'),
            render: (_, r) => (
              <>
                <Tag>{names[r.name] ?? r.name}</Tag>
                {r.text}
                <HandedPhotos photos={r.photos} />
              </>
            ),
          },
          { title: t('谁', 'Who'), dataIndex: 'holder' },
          { title: t('写于', 'Written'), render: (_, r) => showTime(r.madeAt) },
          {
            title: t('为何没有直接入册', 'Why not at once'),
            render: (_, r) =>
              r.problem === 'device.wiped'
                ? t('手机被清除前交回', 'Handed in before a wipe')
                : sentenceFor(r.problem, language),
          },
          {
            title: '',
            render: (_, r) =>
              r.canApply && (
                <Space wrap>
                  <AskForm
                    label={t('采用', 'Apply')}
                    isSmall
                    changes={['inbox']}
                    questions={[]}
                    send={() => call(c.decideInbox, { requestId: freshId(), id: r.id, choice: 'apply' })}
                  />
                  <AskForm
                    label={t('附为说明', 'Note')}
                    isSmall
                    changes={['inbox']}
                    questions={[{ name: 'reason', label: t('说明', 'Note'), kind: 'line', most: 200 }]}
                    send={(v) =>
                      call(c.decideInbox, {
                        requestId: freshId(),
                        id: r.id,
                        choice: 'note',
                        reason: String(v['reason']),
                      })
                    }
                  />
                  <AskForm
                    label={t('不采用', 'Drop')}
                    isSmall
                    isDanger
                    changes={['inbox']}
                    questions={[{ name: 'reason', label: t('理由', 'Reason'), kind: 'line', most: 200 }]}
                    send={(v) =>
                      call(c.decideInbox, {
                        requestId: freshId(),
                        id: r.id,
                        choice: 'drop',
                        reason: String(v['reason']),
                      })
                    }
                  />
                </Space>
              ),
          },
        ]}
      />
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
          void inbox.refetch()
        }}
      >
        {t('刷新', 'Reload')}
      </Button>
    </div>
  )
}
