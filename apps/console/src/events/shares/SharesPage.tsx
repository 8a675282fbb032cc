import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, DatePicker, Space, Table, TreeSelect } from 'antd'
import dayjs from 'dayjs'
import { exportShares, shareEvents } from '@fengge/domain/events/contract/shares'
import { countedStatuses } from '@fengge/domain/events/shares'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { usePlaceTree } from '../../places/usePlaces.ts'
import { today } from '../../shell/Days.tsx'
import { SheetButton } from '../../shell/SheetButton.tsx'

type Shares = ReplyOf<typeof shareEvents>
interface Row {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly count: number
  readonly open: number | null
  readonly confided: number
  readonly percent: number
  readonly children?: readonly Row[]
}

/** Matters by class and kind, of an area and a time; each number leads to the list that it counts (E5). */
export function SharesPage() {
  const { t, fault } = useWords()
  const asked = useAsked()
  const shares = useQuery({ queryKey: ['shares', asked], queryFn: () => call(shareEvents, asked) })
  return (
    <div className="panel">
      <h2 style={{ marginTop: 0 }}>{t('分类占比', 'Shares by kind')}</h2>
      <Space wrap style={{ marginBottom: 12 }}>
        <Period />
        <SheetButton promise={exportShares} filter={asked} />
      </Space>
      {shares.error ? <Alert type="error" role="alert" title={fault(shares.error)} /> : null}
      {shares.data && <Summary shares={shares.data} />}
      <SharesTable
        rows={
          shares.data
            ? rowsOf(shares.data, t('涉密事项（各类不足五件的合并）', 'In confidence (kinds of fewer than five)'))
            : []
        }
        asked={asked}
        isLoading={shares.isPending}
      />
    </div>
  )
}

const rowOf = ({ kinds, ...share }: Shares['classes'][number]): Row => ({ ...share, children: kinds })

function rowsOf({ classes, confided: { joined } }: Shares, name: string): Row[] {
  const few = { ...joined, code: '', name, nameEn: name, open: null, confided: joined.count }
  return [...classes.map(rowOf), ...(joined.count > 0 ? [few] : [])]
}

/** What is counted, as it stands in the address: this year so far unless it says otherwise. */
function useAsked() {
  const { placeId, from, to } = useSearch({ strict: false }) as { placeId?: string; from?: string; to?: string }
  const last = to ?? today().format('YYYY-MM-DD')
  return { ...(placeId ? { placeId } : {}), from: from ?? `${last.slice(0, 4)}-01-01`, to: last }
}

function Period() {
  const { t } = useWords()
  const navigate = useNavigate()
  const asked = useAsked()
  const tree = usePlaceTree()
  const set = (change: { readonly placeId?: string | undefined; readonly from?: string; readonly to?: string }) => {
    const all = Object.entries({ ...asked, ...change }).flatMap(([key, v]) =>
      v === undefined ? [] : [[key, v] as const],
    )
    void navigate({ to: '/shares', search: Object.fromEntries(all) })
  }
  return (
    <>
      <DatePicker.RangePicker
        allowClear={false}
        aria-label={t('上报日期', 'Reported between')}
        value={[dayjs(asked.from), dayjs(asked.to)]}
        onChange={(range) => {
          const [from, to] = [range?.[0], range?.[1]].map((day) => day?.format('YYYY-MM-DD'))
          if (from !== undefined && to !== undefined) set({ from, to })
        }}
      />
      <TreeSelect
        allowClear
        style={{ width: 220 }}
        placeholder={t('全部区域', 'All areas')}
        aria-label={t('区域', 'Area')}
        value={asked.placeId}
        treeData={tree.data}
        loadData={tree.load}
        treeDataSimpleMode
        onChange={(placeId: string | undefined) => set({ placeId })}
      />
    </>
  )
}

function Summary({ shares }: { readonly shares: Shares }) {
  const { t } = useWords()
  const { total, open, setAside, confided, groups } = shares
  return (
    <>
      <p role="status">
        {t(
          `共 ${total} 件，在办 ${open} 件；另有并案、不予受理和撤回 ${setAside} 件，不计入占比。`,
          `${total} in all, ${open} of them open; ${setAside} more were joined, refused or taken back and are not counted.`,
        )}{' '}
        {confided.until === null
          ? t('他人经办的涉密事项不计入。', 'What was told to others in confidence is not counted.')
          : t(
              `其中涉密 ${confided.counted} 件（按整月计至 ${confided.until}）不列明细，各类合计不足五件的不计入。`,
              `${confided.counted} of them in confidence (whole months until ${confided.until}), without a list; fewer than five in all are not counted.`,
            )}
      </p>
      {groups.map((group) => (
        <p key={group.code} role="status">
          {t(
            `${group.name} ${group.count} 件，占 ${group.percent.toFixed(1)}%。`,
            `${group.nameEn}: ${group.count}, ${group.percent.toFixed(1)}% of all.`,
          )}
        </p>
      ))}
    </>
  )
}

interface TableProps {
  readonly rows: Row[]
  readonly asked: ReturnType<typeof useAsked>
  readonly isLoading: boolean
}

function SharesTable({ rows, asked, isLoading }: TableProps) {
  const { t } = useWords()
  const listOf = (code: string) => ({
    ...asked,
    statuses: countedStatuses,
    ...(code.length === 2 ? { classCode: code } : { categoryCode: code }),
  })
  return (
    <Table<Row>
      rowKey="code"
      size="middle"
      loading={isLoading}
      dataSource={rows}
      pagination={false}
      locale={{ emptyText: isLoading ? ' ' : t('这段时间没有事件', 'No matters in this time') }}
      columns={[
        { title: t('类别', 'Kind'), render: (_, r) => `${r.code} ${t(r.name, r.nameEn)}` },
        {
          title: t('件数', 'Matters'),
          align: 'right',
          width: 120,
          render: (_, r) => <Count row={r} search={listOf(r.code)} />,
        },
        { title: t('占比', 'Share'), align: 'right', width: 100, render: (_, r) => `${r.percent.toFixed(1)}%` },
        { title: '', width: '30%', render: (_, r) => <Bar percent={r.percent} /> },
        { title: t('在办', 'Open'), align: 'right', width: 100, render: (_, r) => r.open },
      ]}
    />
  )
}

/** The number leads to the list of what the caller sees; what was told to others in confidence stands in none. */
function Count({ row, search }: { readonly row: Row; readonly search: Record<string, string> }) {
  const { t } = useWords()
  if (row.count === row.confided) return <>{row.count}</>
  return (
    <>
      <Link to="/events" search={search}>
        {row.count}
      </Link>
      {row.confided > 0 && (
        <div className="soft">{t(`含涉密 ${row.confided} 件`, `${row.confided} in confidence`)}</div>
      )}
    </>
  )
}

/** The share once more for the eye; its number stands beside it. */
const Bar = ({ percent }: { readonly percent: number }) => (
  <div aria-hidden className="share-bar">
    <span style={{ width: `${percent}%` }} />
  </div>
)
