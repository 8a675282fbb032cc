import { useQuery } from '@tanstack/react-query'
import { Table } from 'antd'
import { listEventReadings } from '@fengge/domain/sensors/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { saysAlarms, sensorKindWords, sensorUnits } from '@fengge/web/words/sensors.ts'
import { showTime } from '@fengge/web/words/time.ts'

/** The alarms behind an event, counted; that one is over is only noted. Nothing where no device has a part in it. */
export function EventReadings({ eventId }: { readonly eventId: string }) {
  const { t, w } = useWords()
  const found = useQuery({
    queryKey: ['event-readings', eventId],
    queryFn: () => call(listEventReadings, { eventId }),
    refetchInterval: 60_000,
  })
  const reply = found.data
  if (!reply || reply.alarms === 0) return null
  return (
    <>
      <h3>{t('设备报警', 'Alarms of devices')}</h3>
      <p>
        <strong>{saysAlarms(reply, t)}</strong>
        {reply.cleared > 0 && (
          <span className="soft">
            {' '}
            {t(
              `其中 ${reply.cleared} 台已报恢复（不代表事件已处理，仍须到场核实）`,
              `${reply.cleared} of them said it is over (which settles nothing: somebody still has to look)`,
            )}
          </span>
        )}
      </p>
      <Table
        rowKey={(r) => `${r.name} ${r.firstAt}`}
        size="small"
        dataSource={reply.readings}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 700 }}
        columns={[
          { title: t('设备', 'Device'), render: (_, r) => `${w(sensorKindWords, r.kind)} ${r.name}` },
          { title: t('位置', 'Spot'), dataIndex: 'spot' },
          { title: t('管理部门', 'Owner'), render: (_, r) => r.departmentName ?? '—' },
          { title: t('次数', 'Times'), dataIndex: 'alarms', align: 'right' },
          { title: t('最近', 'Last'), render: (_, r) => showTime(r.lastAt) },
          {
            title: t('读数', 'Value'),
            render: (_, r) => (r.value === null ? '—' : `${r.value} ${sensorUnits[r.kind]}`),
          },
          {
            title: t('恢复', 'Over'),
            render: (_, r) => (r.clearedAt === null ? '—' : showTime(r.clearedAt)),
          },
        ]}
      />
    </>
  )
}
