import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Button, Card, Collapse, Empty, Input, Space, Spin, Statistic, Table, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { getComposition, listDue, listGrid, searchRegistry } from '@fengge/domain/registry/contract'
import { call } from '@fengge/web/api/call.ts'
import { counted } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sortWords } from '@fengge/web/words/registry.ts'
import { More, usePaged } from '../shell/Paged.tsx'
import { has, useMe } from '../shell/useMe.ts'
import { ArrivalsTab } from './arriving/ArrivalsTab.tsx'
import { BriefRows } from './BriefRows.tsx'
import { CareRequestsTab } from './care/CareRequestsTab.tsx'
import { CareTab } from './care/CareTab.tsx'
import { DaysTab } from './leaving/DaysTab.tsx'
import { DoublesTab } from './DoublesTab.tsx'
import { ExportsTab } from './ExportsTab.tsx'
import { FieldsTab } from './FieldsTab.tsx'
import { GapsTab } from './GapsTab.tsx'
import { ImportsTab } from './ImportsTab.tsx'
import { ClosingsList } from './closing/Closings.tsx'
import { LeavingsTab } from './leaving/Leavings.tsx'
import { LinkRequestsTab } from './LinkRequestsTab.tsx'
import { LedgersTab } from './ledgers/LedgersTab.tsx'
import { RecusalsTab } from './recusal/RecusalsTab.tsx'
import { RegistersTab } from './RegistersTab.tsx'
import { RecordForm } from './RecordForm.tsx'

/** The registry's front page: one search box, the figures, and what is to be done, each on its tab. */
export function RegistryPage() {
  const { t } = useWords()
  const me = useMe().data
  const { tab } = useSearch({ strict: false }) as { tab?: string }
  const navigate = useNavigate()
  const find = useLocation({ select: (location) => location.state.find })
  const reads = has(me, 'registry.read')
  const tabs = [
    { key: 'buildings', label: t('楼栋', 'Buildings'), on: reads, children: <Buildings /> },
    { key: 'due', label: t('待核实', 'To verify'), on: reads, children: <Due /> },
    {
      key: 'doubles',
      label: t('疑似重复', 'Duplicates'),
      on: has(me, 'registry.merge', 'registry.approve'),
      children: <DoublesTab />,
    },
    {
      key: 'requests',
      label: t('入住核实', 'Move-in requests'),
      on: has(me, 'registry.write', 'registry.correct'),
      children: <LinkRequestsTab />,
    },
    {
      key: 'arrivals',
      label: t('迁入核实', 'Moved in'),
      on: has(me, 'registry.write', 'registry.correct', 'registry.trace'),
      children: <ArrivalsTab />,
    },
    {
      key: 'leavings',
      label: t('注销与删除申请', 'Leavings and deletions'),
      on: has(me, 'registry.write'),
      children: (
        <>
          <LeavingsTab />
          <ClosingsList />
        </>
      ),
    },
    { key: 'gaps', label: t('人户分离与群租', 'Separated residence'), on: reads, children: <GapsTab /> },
    {
      key: 'figures',
      label: t('构成', 'Figures'),
      on: has(me, 'registry.count', 'registry.read'),
      children: <Figures />,
    },
    { key: 'imports', label: t('导入', 'Imports'), on: has(me, 'registry.import'), children: <ImportsTab /> },
    { key: 'ledgers', label: t('两本台账', 'Two ledgers'), on: reads, children: <LedgersTab /> },
    {
      key: 'exports',
      label: t('导出', 'Exports'),
      on: has(me, 'registry.export', 'registry.approve'),
      children: <ExportsTab />,
    },
    {
      key: 'registers',
      label: t('商铺与无物业小区', 'Shops, unmanaged estates'),
      on: reads,
      children: <RegistersTab />,
    },
    { key: 'care', label: t('特殊人群走访', 'People in care'), on: has(me, 'overlay.keep'), children: <CareTab /> },
    {
      key: 'care-requests',
      label: t('核心信息查看审批', 'Sealed facts'),
      on: has(me, 'overlay.keep', 'registry.approve'),
      children: <CareRequestsTab />,
    },
    {
      key: 'recusals',
      label: t('回避', 'Recusals'),
      on: has(me, 'registry.correct', 'registry.approve'),
      children: <RecusalsTab />,
    },
    {
      key: 'fields',
      label: t('字段与依据', 'Fields and basis'),
      on: has(me, 'field.edit', 'registry.read'),
      children: <FieldsTab />,
    },
    {
      key: 'days',
      label: t('核实周期与保存期限', 'Days'),
      on: has(me, 'field.edit', 'registry.read'),
      children: <DaysTab />,
    },
  ].filter((x) => x.on)
  return (
    <div>
      {reads && <SearchBox key={find} />}
      <Tabs
        activeKey={(tabs.find((x) => x.key === tab) ?? tabs[0])?.key ?? ''}
        onChange={(key) => void navigate({ to: '/registry', search: { tab: key } })}
        destroyOnHidden
        items={tabs.map(({ on: _on, ...x }) => x)}
      />
    </div>
  )
}

function SearchBox() {
  const { t, fault } = useWords()
  // What the finder of the bar was asked for comes along unseen.
  const asked = useLocation({ select: (location) => location.state.find ?? '' })
  const [text, setText] = useState(asked)
  const found = useQuery({
    queryKey: ['registry-search', text],
    queryFn: () => call(searchRegistry, { text }),
    enabled: text.trim() !== '',
  })
  return (
    <div className="panel" style={{ marginBottom: 12 }}>
      <Input.Search
        allowClear
        size="large"
        enterButton={t('查找', 'Find')}
        defaultValue={asked}
        onSearch={setText}
        loading={found.isFetching}
        placeholder={t(
          '姓名、拼音、首字母、手机、手机末四位、证件号码、地址或单位',
          'Name, pinyin, initials, phone, its last four, number, address or unit',
        )}
        aria-label={t('查找人、房、单位', 'Find people, houses, units')}
      />
      {found.error ? <Alert type="error" role="alert" title={fault(found.error)} /> : null}
      {found.data && (
        <div style={{ marginTop: 12 }}>
          <BriefRows rows={found.data.records} />
        </div>
      )}
    </div>
  )
}

function Buildings() {
  const { t } = useWords()
  const me = useMe().data
  const grid = useQuery({ queryKey: ['registry-grid'], queryFn: () => call(listGrid, {}) })
  const [made, setMade] = useState<{
    kind: 'estate' | 'building' | 'unit' | 'facility' | 'person'
    parentId: string | null
  } | null>(null)
  if (grid.isPending) return <Spin />
  const place = me?.postings.find((p) => p.departmentId === null)?.placeId
  return (
    <div className="panel">
      {has(me, 'registry.write') && (
        <Space wrap style={{ marginBottom: 12 }}>
          <Button onClick={() => setMade({ kind: 'person', parentId: null })}>{t('登记人员', 'Add a person')}</Button>
          <Button onClick={() => setMade({ kind: 'unit', parentId: null })}>{t('登记单位', 'Add a unit')}</Button>
          <Button onClick={() => setMade({ kind: 'estate', parentId: null })}>
            {t('登记小区或道路', 'Add an estate or road')}
          </Button>
          <Button onClick={() => setMade({ kind: 'facility', parentId: null })}>
            {t('登记设施', 'Add a facility')}
          </Button>
        </Space>
      )}
      {grid.data?.estates.length === 0 && <Empty description={t('还没有楼栋', 'No buildings yet')} />}
      <Collapse
        defaultActiveKey={grid.data?.estates.slice(0, 3).map((e) => e.id) ?? []}
        items={(grid.data?.estates ?? []).map((e) => ({
          key: e.id,
          label: (
            <>
              {e.name} {e.hasProperty === false && <Tag color="orange">{t('无物业', 'No property management')}</Tag>}
              <span className="soft">
                {e.places.join('、')} · {t(`${e.buildings.length} 幢`, counted(e.buildings.length, 'building'))}
              </span>
            </>
          ),
          children: (
            <Space wrap>
              {e.buildings.map((b) => (
                <Link key={b.id} to="/registry/building/$id" params={{ id: b.id }}>
                  <Card size="small" hoverable title={t(`${b.no} 幢`, `Building ${b.no}`)}>
                    {t(`${b.houses} 户`, counted(b.houses, 'house'))}
                    {b.due > 0 && (
                      <Tag color="orange" style={{ marginLeft: 6 }}>
                        {t(`${b.due} 待核实`, `${b.due} due`)}
                      </Tag>
                    )}
                  </Card>
                </Link>
              ))}
              {has(me, 'registry.write') && (
                <Button onClick={() => setMade({ kind: 'building', parentId: e.id })}>
                  {t('添一幢', 'Add a building')}
                </Button>
              )}
            </Space>
          ),
        }))}
      />
      {made && (
        <RecordForm kind={made.kind} parentId={made.parentId} placeId={place} isOpen close={() => setMade(null)} />
      )}
    </div>
  )
}

function Due() {
  const { t } = useWords()
  const list = usePaged(['registry-due'], (after) => call(listDue, after))
  const records = list.data?.pages.flatMap((p) => p.records) ?? []
  const total = list.data?.pages[0]?.total
  return (
    <div className="panel">
      {total !== undefined && (
        <p className="soft">{t(`共 ${total} 条待核实，久未核实的在前`, `${total} to verify, the longest due first`)}</p>
      )}
      <BriefRows rows={records} isLoading={list.isPending} />
      <More list={list} shown={records.length} total={total} />
    </div>
  )
}

function Figures() {
  const { t, w } = useWords()
  const figures = useQuery({ queryKey: ['composition'], queryFn: () => call(getComposition, {}) })
  if (!figures.data) return <Spin />
  const f = figures.data
  const percent = (x: number) => `${(x * 100).toFixed(1)} %`
  return (
    <div className="panel">
      <Space size="large" wrap>
        <Statistic title={t('实有人口', 'People')} value={f.persons} />
        <Statistic title={t('流动人口占比', 'Floating')} value={percent(f.floatingShare)} />
        <Statistic title={t('实有房屋', 'Houses')} value={f.houses} />
        <Statistic title={t('出租占比', 'Rented')} value={percent(f.rentalShare)} />
        <Statistic title={t('实有单位', 'Units')} value={f.units} />
      </Space>
      <p>
        {[...Object.entries(f.byKind), ...Object.entries(f.byUse)].map(([k, n]) => (
          <Tag key={k}>
            {w(sortWords, k)} {n.toLocaleString()}
          </Tag>
        ))}
      </p>
      <Table
        rowKey="id"
        size="small"
        dataSource={f.places}
        pagination={{ pageSize: 30, showSizeChanger: false }}
        scroll={{ x: 600 }}
        columns={[
          { title: t('区域', 'Place'), dataIndex: 'name' },
          ...(['persons', 'floating', 'houses', 'rental', 'units'] as const).map((key) => ({
            title: {
              persons: t('人口', 'People'),
              floating: t('流动', 'Floating'),
              houses: t('房屋', 'Houses'),
              rental: t('出租', 'Rented'),
              units: t('单位', 'Units'),
            }[key],
            dataIndex: key,
            align: 'right' as const,
          })),
        ]}
      />
    </div>
  )
}
