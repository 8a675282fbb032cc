import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Popconfirm, Progress, Segmented, Table, Tag } from 'antd'
import { useState } from 'react'
import { areaStates, type AreaState } from '@fengge/domain/places/folding'
import { listAreas, withdrawFolding, type Area } from '@fengge/domain/places/folding-contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { areaLayerWords, areaStateWords, foldingHowWords } from '@fengge/web/words/terms.ts'
import { FoldDialog } from './FoldDialog.tsx'

const size = 20

/** Departments' grids: how many are part of the one net, by department and town, and what remains to be folded in. */
export function Foldings() {
  const { t, w } = useWords()
  const [state, setState] = useState<AreaState | 'all'>('all')
  const [page, setPage] = useState(1)
  const [folding, setFolding] = useState<Area | null>(null)
  const areas = useQuery({
    queryKey: ['areas', state, page],
    queryFn: () => call(listAreas, { page, size, ...(state === 'all' ? {} : { state }) }),
    placeholderData: keepPreviousData,
  })
  if (!areas.data || areas.data.counts.length === 0) return null
  const { counts, total } = areas.data
  const sum = (of: 'all' | 'folded') => counts.reduce((n, c) => n + c[of], 0)
  return (
    <section className="panel" style={{ marginTop: 12 }} aria-label={t('多网合一', 'One net')}>
      <h3 style={{ marginTop: 0 }}>
        {t(
          `多网合一：部门网格已并入 ${sum('folded')} / ${sum('all')}`,
          `One net: ${sum('folded')} of ${sum('all')} department grids folded in`,
        )}
      </h3>
      <Counts counts={counts} />
      <Segmented<AreaState | 'all'>
        style={{ margin: '12px 0' }}
        value={state}
        onChange={(next) => {
          setState(next)
          setPage(1)
        }}
        options={[
          { value: 'all', label: t('全部', 'All') },
          ...areaStates.map((s) => ({ value: s, label: w(areaStateWords, s) })),
        ]}
      />
      <Table<Area>
        size="small"
        rowKey="id"
        loading={areas.isFetching}
        dataSource={[...areas.data.areas]}
        pagination={{
          current: page,
          pageSize: size,
          total,
          onChange: setPage,
          showSizeChanger: false,
          hideOnSinglePage: true,
        }}
        columns={[
          { title: t('部门', 'Department'), dataIndex: 'owner' },
          { title: t('图层', 'Layer'), render: (_, a) => w(areaLayerWords, a.layer) },
          { title: t('部门网格', 'Its grid'), dataIndex: 'name' },
          { title: t('镇街', 'Town'), render: (_, a) => a.town ?? t('不在任何镇街', 'in no town') },
          { title: t('状态', 'State'), render: (_, a) => <StateOf area={a} /> },
          { title: '', render: (_, a) => <AreaActs area={a} onFold={() => setFolding(a)} /> },
        ]}
      />
      {folding && <FoldDialog area={folding} onClose={() => setFolding(null)} />}
    </section>
  )
}

interface CountsProps {
  readonly counts: readonly { owner: string; townId: string | null; town: string | null; all: number; folded: number }[]
}
function Counts({ counts }: CountsProps) {
  const { t } = useWords()
  return (
    <Table
      size="small"
      rowKey={(c) => `${c.owner} ${c.townId}`}
      pagination={{ pageSize: 8, hideOnSinglePage: true }}
      dataSource={[...counts]}
      columns={[
        { title: t('部门', 'Department'), dataIndex: 'owner' },
        { title: t('镇街', 'Town'), render: (_, c) => c.town ?? t('不在任何镇街', 'in no town') },
        { title: t('已并入 / 全部', 'Folded in / all'), render: (_, c) => `${c.folded} / ${c.all}` },
        { title: t('尚余', 'Left'), render: (_, c) => c.all - c.folded },
        {
          title: t('进度', 'Progress'),
          width: 160,
          render: (_, c) => <Progress percent={Math.round((c.folded / c.all) * 100)} size="small" />,
        },
      ]}
    />
  )
}

function StateOf({ area: a }: { readonly area: Area }) {
  const { t, w, language } = useWords()
  const color = { open: 'default', waiting: 'gold', folded: 'green', refused: 'red' }[a.state]
  return (
    <>
      <Tag color={color}>{w(areaStateWords, a.state)}</Tag>
      {a.how !== null && (
        <span className="soft">
          {w(foldingHowWords, a.how)}
          {t('：', ': ')}
          {a.grids.join(t('、', ', '))} · {a.on} · {a.basis} · {t(`经办 ${a.byName}`, `by ${a.byName}`)}
        </span>
      )}
      {a.problem !== null && <div className="soft">{sentenceFor(a.problem, language)}</div>}
    </>
  )
}

function AreaActs({ area, onFold }: { readonly area: Area; readonly onFold: () => void }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const withdraw = useMutation({
    mutationFn: (id: string) => call(withdrawFolding, { requestId: freshId(), id }),
    onSettled: () => client.invalidateQueries(),
  })
  if (area.state === 'open' || area.state === 'refused')
    return (
      <Button size="small" onClick={onFold}>
        {t('比对并入', 'Compare and fold in')}
      </Button>
    )
  if (area.state !== 'waiting' || area.foldingId === null) return null
  const id = area.foldingId
  return (
    <>
      {withdraw.error && <Alert type="error" role="alert" title={fault(withdraw.error)} />}
      <Popconfirm title={t('撤回这次并入？', 'Withdraw this folding?')} onConfirm={() => withdraw.mutate(id)}>
        <Button size="small" loading={withdraw.isPending}>
          {t('撤回', 'Withdraw')}
        </Button>
      </Popconfirm>
    </>
  )
}
