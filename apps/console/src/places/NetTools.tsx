import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Checkbox, DatePicker, Form, Input, InputNumber, Modal, Select, Space } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import * as clip from 'polyclip-ts'
import { useState } from 'react'
import {
  closeGrid,
  drawGrid,
  getBorders,
  listLevels,
  mergeGrids,
  moveBorder,
  splitGrid,
} from '@fengge/domain/places/contract'
import { dedicatedKinds } from '@fengge/domain/places/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { dedicatedWords, gridKindWords } from '@fengge/web/words/terms.ts'
import { LevelsButton } from './LevelsButton.tsx'

type Coordinates = [number, number][][][]
interface Feature {
  id: string
  properties: { id: string; name: string; kind: string | null; version: number; isParent: boolean }
  geometry: { type: 'MultiPolygon'; coordinates: Coordinates }
}
type Tool = 'draw' | 'take' | 'split' | 'merge' | 'close'
interface Props {
  parentId: string
  chosen: readonly string[]
  readonly clear: () => void
  readonly setDraw: (f: ((ring: [number, number][]) => void) | undefined) => void
  isDrawing: boolean
}
interface Values {
  level?: string
  name?: string
  second?: string
  kind?: 'general' | 'dedicated' | 'micro'
  dedicatedKind?: (typeof dedicatedKinds)[number]
  households?: number
  people?: number
  reason?: string
  on: Dayjs
  sure?: boolean
}

const poly = (c: Coordinates) => c as unknown as Parameters<typeof clip.union>[0]
const shape = (c: unknown) => ({ type: 'MultiPolygon' as const, coordinates: c as Coordinates })

/**
 * Changes of the net. What is drawn is fitted: cut to the parent, and taken from or kept off the neighbours, so
 * that no slivers are left between grids.
 */
export function NetTools({ parentId, chosen, clear, setDraw, isDrawing }: Props) {
  const { t, w, fault } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [tool, setTool] = useState<Tool | null>(null)
  const [ring, setRing] = useState<[number, number][] | null>(null)
  const stop = () => {
    setTool(null)
    setRing(null)
    setDraw(undefined)
  }
  const begin = (next: Tool) => {
    setTool(next)
    if (next === 'merge' || next === 'close') return
    setRing(null)
    setDraw((drawn) => {
      setRing(drawn)
      setDraw(undefined)
    })
  }
  const run = useMutation({
    mutationFn: async (v: Values) => {
      const { features } = await call(getBorders, { parentId })
      return apply(tool!, v, features as Feature[], chosen, ring, parentId)
    },
    onSuccess: async () => {
      void message.success(t('已保存', 'Saved'))
      stop()
      clear()
      await client.invalidateQueries()
    },
  })
  const one = chosen.length === 1
  const levels = useQuery({ queryKey: ['levels'], queryFn: () => call(listLevels, {}) })
  const ownLevels = (levels.data?.levels ?? []).filter((l) => l.tier === 'grid' || l.tier === 'micro')
  const isReady = tool === 'merge' || tool === 'close' || ring !== null
  return (
    <div className="panel" style={{ marginTop: 12 }}>
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
      <Modal
        open={tool !== null && isReady && !isDrawing}
        title={t('调整网格', 'Change the net')}
        onCancel={stop}
        footer={null}
        destroyOnHidden
      >
        <Form
          layout="vertical"
          initialValues={{ kind: 'general', on: dayjs() }}
          onFinish={(v: Values) => run.mutate(v)}
        >
          {run.error ? (
            <Alert
              type="error"
              role="alert"
              title={
                run.error.message === 'empty'
                  ? t('所画区域与网格没有交集', 'What was drawn does not meet the grid')
                  : fault(run.error)
              }
            />
          ) : null}
          {tool !== 'take' && tool !== 'close' && (
            <Form.Item
              name="name"
              label={tool === 'split' ? t('画出的部分叫什么', 'Name of the drawn part') : t('名称', 'Name')}
              rules={[{ required: true, max: 50 }]}
            >
              <Input />
            </Form.Item>
          )}
          {tool === 'split' && (
            <Form.Item
              name="second"
              label={t('余下的部分叫什么', 'Name of the rest')}
              rules={[{ required: true, max: 50 }]}
            >
              <Input />
            </Form.Item>
          )}
          {tool === 'draw' && (
            <>
              <Form.Item name="level" label={t('层级（不选则按上级确定）', 'Level (by its parent when left open)')}>
                <Select allowClear options={ownLevels.map((l) => ({ value: l.code, label: t(l.name, l.nameEn) }))} />
              </Form.Item>
              <Form.Item name="kind" label={t('类型', 'Kind')}>
                <Select
                  options={['general', 'dedicated', 'micro'].map((k) => ({ value: k, label: w(gridKindWords, k) }))}
                />
              </Form.Item>
              <Form.Item noStyle shouldUpdate>
                {({ getFieldValue }) =>
                  getFieldValue('kind') === 'dedicated' && (
                    <Form.Item name="dedicatedKind" label={t('专属类别', 'Dedicated to')} rules={[{ required: true }]}>
                      <Select options={dedicatedKinds.map((k) => ({ value: k, label: w(dedicatedWords, k) }))} />
                    </Form.Item>
                  )
                }
              </Form.Item>
              <Space>
                <Form.Item name="households" label={t('户数', 'Households')}>
                  <InputNumber min={0} />
                </Form.Item>
                <Form.Item name="people" label={t('人数', 'People')}>
                  <InputNumber min={0} />
                </Form.Item>
              </Space>
            </>
          )}
          <Form.Item name="on" label={t('生效日期', 'From')} rules={[{ required: true }]}>
            <DatePicker allowClear={false} />
          </Form.Item>
          <Form.Item name="reason" label={t('理由', 'Reason')} rules={[{ required: tool !== 'draw', max: 200 }]}>
            <Input.TextArea rows={2} />
          </Form.Item>
          {tool === 'close' && (
            <Form.Item name="sure" valuePropName="checked" rules={[{ required: true }]}>
              <Checkbox>{t('该网格撤销后编码不再使用', 'Its code will never be used again')}</Checkbox>
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" loading={run.isPending}>
            {t('保存', 'Save')}
          </Button>
        </Form>
      </Modal>
    </div>
  )
}

async function apply(
  tool: Tool,
  v: Values,
  features: readonly Feature[],
  chosen: readonly string[],
  ring: [number, number][] | null,
  parentId: string,
): Promise<unknown> {
  const on = v.on.format('YYYY-MM-DD')
  const grids = features.filter((f) => !f.properties.isParent)
  const parent = features.find((f) => f.properties.isParent)
  const drawn = ring === null ? [] : ([[ring]] as Coordinates)
  const base = { requestId: freshId(), on, reason: v.reason ?? '' }
  const mine = grids.filter((g) => chosen.includes(g.properties.id))
  const target = mine[0]
  if (tool === 'merge')
    return call(mergeGrids, {
      ...base,
      grids: mine.map((g) => ({ id: g.properties.id, version: g.properties.version })),
      into: { id: freshId(), name: v.name! },
    })
  if (tool === 'close')
    return call(closeGrid, { ...base, id: target!.properties.id, version: target!.properties.version })
  if (tool === 'split') return splitByRing(target!, drawn, v, base)
  const inside = parent ? clip.intersection(poly(drawn), poly(parent.geometry.coordinates)) : clip.union(poly(drawn))
  if (tool === 'draw') {
    const free =
      grids.length === 0 ? inside : clip.difference(inside, ...grids.map((g) => poly(g.geometry.coordinates)))
    if (free.length === 0) throw new Error('empty')
    return call(drawGrid, {
      requestId: base.requestId,
      parentId,
      validFrom: on,
      grid: {
        id: freshId(),
        name: v.name!,
        level: v.level ?? null,
        kind: v.kind ?? 'general',
        dedicatedKind: v.kind === 'dedicated' ? (v.dedicatedKind ?? null) : null,
        households: v.households ?? null,
        people: v.people ?? null,
        geometry: shape(free),
      },
    })
  }
  const grown = clip.union(poly(target!.geometry.coordinates), inside)
  const touched = grids.filter(
    (g) => g !== target && clip.intersection(poly(g.geometry.coordinates), inside).length > 0,
  )
  const borders = [
    { id: target!.properties.id, version: target!.properties.version, geometry: shape(grown) },
    ...touched.map((g) => ({
      id: g.properties.id,
      version: g.properties.version,
      geometry: shape(clip.difference(poly(g.geometry.coordinates), inside)),
    })),
  ]
  return call(moveBorder, { ...base, borders })
}

function splitByRing(
  grid: Feature,
  drawn: Coordinates,
  v: Values,
  base: { requestId: string; on: string; reason: string },
): Promise<unknown> {
  const part = clip.intersection(poly(grid.geometry.coordinates), poly(drawn))
  const rest = clip.difference(poly(grid.geometry.coordinates), poly(drawn))
  if (part.length === 0 || rest.length === 0) throw new Error('empty')
  const kind = (grid.properties.kind ?? 'general') as 'general'
  const make = (name: string, geometry: unknown) => ({
    id: freshId(),
    name,
    kind,
    dedicatedKind: null,
    households: null,
    people: null,
    geometry: shape(geometry),
  })
  return call(splitGrid, {
    ...base,
    id: grid.properties.id,
    version: grid.properties.version,
    parts: [make(v.name!, part), make(v.second!, rest)],
  })
}
