import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Button, DatePicker, Form, Input, Modal, Select, Space, Table, TreeSelect } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { dropView, listViews, saveView } from '@fengge/domain/events/contract/desk'
import { queues, type EventRow } from '@fengge/domain/events/contract/views'
import { countedStatuses } from '@fengge/domain/events/shares'
import { sources, statuses } from '@fengge/domain/events/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { showCount } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { levelWords, queueWords, sourceWords, statusWords } from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { usePlaceTree } from '../places/usePlaces.ts'
import { has, useMe } from '../shell/useMe.ts'
import { EventTags } from './EventTags.tsx'
import { ExportButton } from './ExportDialog.tsx'
import {
  orderOf,
  useCatalogue,
  useDepartments,
  useEventCount,
  useEventList,
  useQueues,
  type Filter,
} from './useEvents.ts'

/** Work lists by duty, filters kept in the address, every list to Excel. */
export function EventList() {
  const { t, w, fault } = useWords()
  const me = useMe()
  const search = useSearch({ strict: false }) as Filter
  const navigate = useNavigate()
  const counts = useQueues()
  const list = useEventList({ ...search, order: orderOf(search) })
  const count = useEventCount(search).data
  const set = (change: Filter) =>
    void navigate({
      to: '/events',
      search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, v]) => v !== '')),
    })
  const rows = list.data?.pages.flatMap((p) => p.events) ?? []
  const { order: _order, ...filter } = search
  return (
    <div className="panel">
      <div className="queues" role="group" aria-label={t('工作清单', 'Work lists')}>
        {queues.map((q) => (
          <button
            key={q}
            aria-pressed={(search['queue'] ?? 'all') === q}
            onClick={() => set({ queue: q === 'all' ? '' : q })}
          >
            {w(queueWords, q)}
            {(counts.data?.counts[q] ?? 0) > 0 && <strong>{showCount(counts.data!.counts[q]!)}</strong>}
          </button>
        ))}
      </div>
      <Filters filter={search} set={set} />
      <Space wrap style={{ margin: '12px 0' }}>
        <SavedViews filter={filter} apply={(view) => void navigate({ to: '/events', search: view })} />
        {has(me.data, 'event.export', 'event.approve-export') && (
          <ExportButton filter={filter as Record<string, string>} />
        )}
        <Link to="/shares">{t('分类占比', 'Shares by kind')}</Link>
        {count && (
          <span className="soft" role="status">
            {t(`共 ${showCount(count.total, count.isMore)} 件`, `${showCount(count.total, count.isMore)} in all`)}
            {rows.length > 0 && list.hasNextPage && t(`，已显示 ${rows.length} 件`, `, ${rows.length} shown`)}
          </span>
        )}
      </Space>
      {list.error ? <Alert type="error" title={fault(list.error)} role="alert" /> : null}
      <EventTable rows={rows} isLoading={list.isPending} t={t} w={w} />
      {list.hasNextPage && (
        <Button
          block
          onClick={() => void list.fetchNextPage()}
          loading={list.isFetchingNextPage}
          style={{ marginTop: 12 }}
        >
          {t('更多', 'More')}
        </Button>
      )}
    </div>
  )
}
type W = ReturnType<typeof useWords>

function EventTable({ rows, isLoading, t, w }: { rows: EventRow[]; isLoading: boolean; t: W['t']; w: W['w'] }) {
  const catalogue = useCatalogue()
  const name = (code: string) => {
    const c = catalogue.data?.find((x) => x.code === code)
    return c ? t(c.name, c.nameEn) : code
  }
  return (
    <Table<EventRow>
      rowKey="id"
      size="middle"
      loading={isLoading}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 900 }}
      locale={{ emptyText: isLoading ? ' ' : t('这里没有事件', 'No events here') }}
      columns={[
        {
          title: t('事件', 'Event'),
          render: (_, e) => (
            <div>
              <Link to="/events/$id" params={{ id: e.id }}>
                {e.title}
              </Link>
              <div className="soft">{e.no}</div>
            </div>
          ),
        },
        { title: t('状态与时限', 'State and clock'), render: (_, e) => <EventTags event={e} />, width: 300 },
        { title: t('类别', 'Category'), render: (_, e) => name(e.categoryCode), width: 150 },
        {
          title: t('地点', 'Place'),
          render: (_, e) => [e.townName, e.villageName, e.gridName].filter(Boolean).at(-1) ?? '',
          width: 170,
        },
        { title: t('承办', 'Handler'), render: (_, e) => e.departmentName ?? '', width: 170 },
        { title: t('来源', 'Source'), render: (_, e) => w(sourceWords, e.source), width: 100 },
        { title: t('上报时间', 'Reported'), render: (_, e) => showTime(e.reportedAt), width: 150 },
      ]}
    />
  )
}

function Filters({ filter, set }: { filter: Filter; readonly set: (change: Filter) => void }) {
  const { t, w } = useWords()
  const catalogue = useCatalogue()
  const departments = useDepartments()
  const tree = usePlaceTree()
  const [text, setText] = useState(filter['text'] ?? '')
  const choice = (name: keyof Filter, label: string, options: { value: string; label: string }[]) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={label}
      aria-label={label}
      style={{ width: 170 }}
      value={name === 'order' ? orderOf(filter) : filter[name]}
      options={options}
      onChange={(value: string | undefined) => set({ [name]: value ?? '' })}
    />
  )
  return (
    <Space wrap role="search">
      <Input.Search
        allowClear
        style={{ width: 260 }}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onSearch={(value) => set({ text: value })}
        placeholder={t('标题、内容、地点、编号', 'Title, text, place, number')}
        aria-label={t('搜索', 'Search')}
      />
      {choice('statuses', t('状态', 'State'), [
        ...statuses.map((s) => ({ value: s as string, label: w(statusWords, s) })),
        { value: countedStatuses, label: t('计入占比的', 'Counted in shares') },
      ])}
      {choice(
        'categoryCode',
        t('类别', 'Category'),
        (catalogue.data ?? []).map((c) => ({ value: c.code, label: `${c.code} ${t(c.name, c.nameEn)}` })),
      )}
      {choice(
        'source',
        t('来源', 'Source'),
        sources.map((s) => ({ value: s, label: w(sourceWords, s) })),
      )}
      {choice(
        'level',
        t('层级', 'Level'),
        ['1', '2', '3'].map((l) => ({ value: l, label: w(levelWords, l) })),
      )}
      <TreeSelect
        allowClear
        style={{ width: 200 }}
        placeholder={t('区域', 'Area')}
        aria-label={t('区域', 'Area')}
        value={filter['placeId']}
        treeData={tree.data}
        loadData={tree.load}
        treeDataSimpleMode
        onChange={(value: string | undefined) => set({ placeId: value ?? '' })}
      />
      {choice(
        'departmentId',
        t('部门', 'Department'),
        (departments.data ?? []).map((d) => ({ value: d.id, label: d.name })),
      )}
      {choice('isOpen', t('是否办结', 'Open or not'), [
        { value: 'yes', label: t('未结', 'Open') },
        { value: 'no', label: t('已结', 'Over') },
      ])}
      {choice('order', t('排序', 'Order'), [
        { value: 'pressing', label: t('紧急优先', 'Pressing first') },
        { value: 'newest', label: t('最新', 'Newest') },
        { value: 'due', label: t('最早到期', 'Due first') },
      ])}
      <DatePicker.RangePicker
        aria-label={t('上报日期', 'Reported between')}
        value={filter['from'] && filter['to'] ? [dayjs(filter['from']), dayjs(filter['to'])] : null}
        onChange={(range) =>
          set({ from: range?.[0]?.format('YYYY-MM-DD') ?? '', to: range?.[1]?.format('YYYY-MM-DD') ?? '' })
        }
      />
    </Space>
  )
}

function SavedViews({ filter, apply }: { filter: Filter; readonly apply: (view: Filter) => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const views = useQuery({ queryKey: ['views'], queryFn: () => call(listViews, {}) })
  const [isNaming, setNaming] = useState(false)
  const refresh = () => client.invalidateQueries({ queryKey: ['views'] })
  const keep = async (v: { name: string }) => {
    await call(saveView, { requestId: freshId(), id: freshId(), name: v.name, filter })
    setNaming(false)
    await refresh()
  }
  return (
    <>
      <Select
        style={{ width: 190 }}
        placeholder={t('我的视图', 'Saved views')}
        aria-label={t('我的视图', 'Saved views')}
        value={null}
        options={(views.data?.views ?? []).map((v) => ({ value: v.id, label: v.name }))}
        onChange={(id: string) => {
          const view = views.data?.views.find((v) => v.id === id)
          if (view) apply(view.filter)
        }}
        optionRender={(o) => (
          <span style={{ display: 'flex', justifyContent: 'space-between' }}>
            {o.label}
            <Button
              size="small"
              type="text"
              onClick={(e) => {
                e.stopPropagation()
                void call(dropView, { requestId: freshId(), id: String(o.value) }).then(refresh)
              }}
            >
              {t('删除', 'Delete')}
            </Button>
          </span>
        )}
      />
      <Button onClick={() => setNaming(true)}>{t('保存当前筛选', 'Save this view')}</Button>
      <Modal
        open={isNaming}
        title={t('保存视图', 'Save view')}
        footer={null}
        onCancel={() => setNaming(false)}
        destroyOnHidden
      >
        <Form layout="vertical" onFinish={(v: { name: string }) => void keep(v)}>
          <Form.Item name="name" label={t('名称', 'Name')} rules={[{ required: true, max: 30 }]}>
            <Input autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('保存', 'Save')}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
