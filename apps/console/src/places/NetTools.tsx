import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Select, Space } from 'antd'
import { useState } from 'react'
import { listLevels } from '@fengge/domain/places/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { ChangeDialog } from './ChangeDialog.tsx'
import { Moved, type Foresight } from './Foreseen.tsx'
import { LevelsButton } from './LevelsButton.tsx'
import type { Tool } from './net-change.ts'
import { useChildren } from './usePlaces.ts'

interface Props {
  parentId: string
  chosen: readonly string[]
  readonly choose: (ids: string[]) => void
  readonly setDraw: (f: ((ring: [number, number][]) => void) | undefined) => void
  isDrawing: boolean
}

/** Changes of the net: choose, draw, fill in, look ahead, settle, and see what moved. */
export function NetTools({ parentId, chosen, choose, setDraw, isDrawing }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const [tool, setTool] = useState<Tool | null>(null)
  const [ring, setRing] = useState<[number, number][] | null>(null)
  const [done, setDone] = useState<Pick<Foresight, 'moved' | 'places'> | null>(null)
  const stop = () => {
    setTool(null)
    setRing(null)
    setDraw(undefined)
  }
  const begin = (next: Tool) => {
    setTool(next)
    setDone(null)
    if (next === 'merge' || next === 'close') return
    setRing(null)
    setDraw((drawn) => {
      setRing(drawn)
      setDraw(undefined)
    })
  }
  const finish = async (moved: typeof done) => {
    stop()
    choose([])
    setDone(moved)
    await client.invalidateQueries()
  }
  const one = chosen.length === 1
  const levels = useQuery({ queryKey: ['levels'], queryFn: () => call(listLevels, {}) })
  const isReady = tool === 'merge' || tool === 'close' || ring !== null
  return (
    <div className="panel" style={{ marginTop: 12 }}>
      <ChosenGrids {...{ parentId, chosen, choose }} />
      <Space wrap>
        <Button onClick={() => begin('draw')}>{t('新建网格', 'Draw a grid')}</Button>
        <Button disabled={!one} onClick={() => begin('take')}>
          {t('划入所选网格', 'Move border of the chosen')}
        </Button>
        <Button disabled={!one} onClick={() => begin('split')}>
          {t('拆分所选', 'Split the chosen')}
        </Button>
        <Button disabled={chosen.length < 2} onClick={() => begin('merge')}>
          {t(`合并所选（${chosen.length}）`, `Merge the chosen (${chosen.length})`)}
        </Button>
        <Button disabled={!one} danger onClick={() => begin('close')}>
          {t('撤销所选', 'Close the chosen')}
        </Button>
        <LevelsButton levels={levels.data?.levels ?? []} />
        {isDrawing && (
          <>
            <span role="status">
              {t(
                '在地图上逐点点击，双击或按回车结束，Esc 重画',
                'Click points on the map; double click or Enter ends, Esc starts again',
              )}
            </span>
            <Button onClick={stop}>{t('取消', 'Cancel')}</Button>
          </>
        )}
      </Space>
      {done && (
        <div ref={intoView} style={{ marginTop: 12 }}>
          <Alert
            type="success"
            role="status"
            closable
            onClose={() => setDone(null)}
            title={t('已生效', 'In force')}
            description={<Moved {...done} />}
          />
        </div>
      )}
      {tool !== null && isReady && !isDrawing && (
        <ChangeDialog
          {...{ tool, ring, parentId, chosen }}
          levels={levels.data?.levels ?? []}
          onClose={stop}
          onDone={(moved) => void finish(moved)}
        />
      )}
    </div>
  )
}

const intoView = (box: HTMLDivElement | null) => box?.scrollIntoView({ block: 'end' })

/** The grids that are chosen, by name; on the map or here. */
function ChosenGrids({ parentId, chosen, choose }: Pick<Props, 'parentId' | 'chosen' | 'choose'>) {
  const { t } = useWords()
  const grids = useChildren(parentId).data ?? []
  const options = grids
    .filter((g) => g.tier === 'grid' || g.tier === 'micro')
    .map((g) => ({ value: g.id, label: `${g.name}（${g.code.slice(-3)}）` }))
  if (options.length === 0) return null
  return (
    <Select
      mode="multiple"
      allowClear
      style={{ width: '100%', marginBottom: 12 }}
      aria-label={t('所选网格', 'Chosen grids')}
      placeholder={t('在地图上点选，或在此按名称选择网格', 'Choose grids on the map, or here by name')}
      optionFilterProp="label"
      value={[...chosen]}
      onChange={choose}
      options={options}
    />
  )
}
