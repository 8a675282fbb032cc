import { Button, Input, Segmented, Select, Space, Table, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { endSensor, listSensors, renewSensorKey, sensorFilters, type SensorRow } from '@fengge/domain/sensors/contract'
import { sensorKinds, type SensorKind } from '@fengge/domain/sensors/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sensorFilterWords, sensorKindWords, sensorStateWords } from '@fengge/web/words/sensors.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { AskForm } from '../shell/AskForm.tsx'
import { More, usePaged } from '../shell/Paged.tsx'
import { has, useMe } from '../shell/useMe.ts'
import { ImportDialog } from './ImportDialog.tsx'
import { KeyShown } from './KeyShown.tsx'
import { KindRulesTab } from './KindRulesTab.tsx'
import { SensorDialog } from './SensorDialog.tsx'

type Filter = (typeof sensorFilters)[number]

/** Devices that tell of alarms: where they stand, how they are, how often it was nothing; and what alarms of a kind are. */
export function SensorsPage() {
  const { t } = useWords()
  const me = useMe().data
  return (
    <Tabs
      destroyOnHidden
      items={[
        ...(has(me, 'sensor.read', 'sensor.manage')
          ? [{ key: 'list', label: t('设备', 'Devices'), children: <SensorsTab /> }]
          : []),
        { key: 'kinds', label: t('报警规则', 'Alarm rules'), children: <KindRulesTab /> },
      ]}
    />
  )
}

function SensorsTab() {
  const { t, w } = useWords()
  const [filter, setFilter] = useState<Filter>('all')
  const [kind, setKind] = useState<SensorKind>()
  const [text, setText] = useState('')
  const [edited, setEdited] = useState<SensorRow | 'new' | null>(null)
  const [key, setKey] = useState<string | null>(null)
  const list = usePaged(['sensors', filter, kind, text], (after) =>
    call(listSensors, { filter, text, ...(kind ? { kind } : {}), ...after }),
  )
  const first = list.data?.pages[0]
  const rows = list.data?.pages.flatMap((p) => p.sensors) ?? []
  const counts: Partial<Record<Filter, number>> = first?.counts ?? {}
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        <Segmented<Filter>
          value={filter}
          onChange={setFilter}
          options={sensorFilters.map((f) => ({
            value: f,
            label: counts[f] === undefined ? w(sensorFilterWords, f) : `${w(sensorFilterWords, f)} ${counts[f]}`,
          }))}
        />
        <Select<SensorKind>
          allowClear
          style={{ width: 170 }}
          placeholder={t('全部类型', 'All kinds')}
          aria-label={t('类型', 'Kind')}
          onChange={setKind}
          options={sensorKinds.map((k) => ({ value: k, label: w(sensorKindWords, k) }))}
        />
        <Input.Search
          allowClear
          onSearch={setText}
          placeholder={t('名称或位置', 'Name or spot')}
          aria-label={t('查找设备', 'Find a device')}
          style={{ width: 200 }}
        />
        {first?.mayManage && <Registering onNew={() => setEdited('new')} />}
      </Space>
      <SensorTable
        rows={rows}
        isPending={list.isPending}
        mayManage={first?.mayManage ?? false}
        onEdit={setEdited}
        onKey={setKey}
      />
      <More list={list} shown={rows.length} total={filter === 'all' ? counts.all : undefined} />
      {edited && (
        <SensorDialog device={edited === 'new' ? null : edited} onClose={() => setEdited(null)} onKey={setKey} />
      )}
      {key !== null && <KeyShown value={key} onClose={() => setKey(null)} />}
    </div>
  )
}

/** One by hand, or many out of a table. */
function Registering({ onNew }: { readonly onNew: () => void }) {
  const { t } = useWords()
  const [isImporting, setImporting] = useState(false)
  return (
    <>
      <Button type="primary" onClick={onNew}>
        {t('登记设备', 'Register a device')}
      </Button>
      <Button onClick={() => setImporting(true)}>{t('批量登记', 'Register many')}</Button>
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  )
}

interface TableProps {
  readonly rows: readonly SensorRow[]
  readonly isPending: boolean
  readonly mayManage: boolean
  readonly onEdit: (row: SensorRow) => void
  readonly onKey: (key: string) => void
}

function SensorTable({ rows, isPending, mayManage, onEdit, onKey }: TableProps) {
  const { t, w } = useWords()
  return (
    <Table<SensorRow>
      rowKey="id"
      size="small"
      loading={isPending}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 1100 }}
      locale={{ emptyText: t('没有设备', 'No devices') }}
      columns={[
        { title: t('名称', 'Name'), dataIndex: 'name' },
        { title: t('类型', 'Kind'), render: (_, s) => w(sensorKindWords, s.kind) },
        { title: t('位置', 'Spot'), render: (_, s) => `${s.placeName} ${s.spot}` },
        { title: t('管理部门', 'Owner'), render: (_, s) => s.departmentName ?? '—' },
        { title: t('状态', 'State'), render: (_, s) => <State row={s} /> },
        {
          title: t('最近通信', 'Last heard'),
          render: (_, s) => (s.heardAt === null ? '—' : showTime(s.heardAt)),
        },
        { title: t('报警次数', 'Alarms'), dataIndex: 'alarms', align: 'right' },
        {
          title: t('误报', 'False'),
          align: 'right',
          render: (_, s) => (s.over === 0 ? '—' : `${s.untrue}/${s.over} · ${Math.round((s.untrue * 100) / s.over)}%`),
        },
        { title: t('有效期至', 'Until'), render: (_, s) => s.validTo ?? t('长期', 'open') },
        {
          title: '',
          render: (_, s) => mayManage && s.endedAt === null && <Acts row={s} onEdit={() => onEdit(s)} onKey={onKey} />,
        },
      ]}
    />
  )
}

const colours = { new: 'default', normal: 'green', alarm: 'red', fault: 'orange' } as const

function State({ row }: { readonly row: SensorRow }) {
  const { t, w } = useWords()
  if (row.endedAt !== null) return <Tag>{t('已停用', 'Ended')}</Tag>
  return (
    <Space size={4} wrap>
      <Tag color={colours[row.state]}>{w(sensorStateWords, row.state)}</Tag>
      {row.isSilent && row.state !== 'new' && <Tag color="orange">{t('失联', 'Silent')}</Tag>}
      {row.clockOff !== null && <Tag>{t('时钟不准', 'Clock wrong')}</Tag>}
      {row.battery !== null && row.battery <= 20 && <Tag>{t(`电量 ${row.battery}%`, `Battery ${row.battery}%`)}</Tag>}
    </Space>
  )
}

interface ActsProps {
  readonly row: SensorRow
  readonly onEdit: () => void
  readonly onKey: (key: string) => void
}

function Acts({ row, onEdit, onKey }: ActsProps) {
  const { t } = useWords()
  return (
    <Space wrap>
      <Button size="small" onClick={onEdit}>
        {t('修改', 'Change')}
      </Button>
      <AskForm
        label={t('更换密钥', 'New key')}
        isSmall
        changes={['sensors']}
        questions={[]}
        note={
          <p>
            {t(
              '旧密钥立即失效，设备要写入新密钥后才能再上报。',
              'The old key ends at once; the device is heard again when it has the new one.',
            )}
          </p>
        }
        send={() => call(renewSensorKey, { requestId: freshId(), id: row.id }).then((r) => onKey(r.key))}
      />
      <AskForm
        label={t('停用', 'End')}
        isSmall
        isDanger
        changes={['sensors']}
        questions={[{ name: 'reason', label: t('理由', 'Reason'), kind: 'line', most: 100 }]}
        send={(v) => call(endSensor, { requestId: freshId(), id: row.id, reason: String(v['reason']) })}
      />
    </Space>
  )
}
