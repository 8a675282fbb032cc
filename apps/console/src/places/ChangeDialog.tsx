import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Modal, Select, Space } from 'antd'
import { useState } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { getBorders, type listLevels } from '@fengge/domain/places/contract'
import {
  carveGrid,
  closeGrid,
  foreseeChange,
  mergeGrids,
  moveBorder,
  orderChange,
  splitGrid,
} from '@fengge/domain/places/net-contract'
import type { NetFlow } from '@fengge/domain/places/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { gridKindWords } from '@fengge/web/words/terms.ts'
import { Confirm, FaultOf, type Ahead } from './Confirm.tsx'
import { DedicatedIfChosen } from './DedicatedField.tsx'
import type { Foresight } from './Foreseen.tsx'
import { changeOf, drawingOf, type Change, type Feature, type Tool, type Values } from './net-change.ts'
import { today } from '../shell/Days.tsx'

interface Props {
  readonly tool: Tool
  readonly ring: [number, number][] | null
  readonly parentId: string
  readonly chosen: readonly string[]
  readonly levels: ReplyOf<typeof listLevels>['levels']
  readonly onClose: () => void
  readonly onDone: (moved: Pick<Foresight, 'moved' | 'places'> | null) => void
}

const titles: Readonly<Record<Tool, readonly [zh: string, en: string]>> = {
  draw: ['新建网格', 'Draw a grid'],
  take: ['划入所选网格', 'Move the border of the chosen grid'],
  split: ['拆分网格', 'Split a grid'],
  merge: ['合并网格', 'Merge grids'],
  close: ['撤销网格', 'Close a grid'],
}

/** Fill in, then look ahead and settle what no border settles; only then it takes effect. */
export function ChangeDialog({ tool, ring, parentId, chosen, levels, onClose, onDone }: Props) {
  const { t } = useWords()
  const [ahead, setAhead] = useState<Ahead | null>(null)
  const look = useMutation({
    mutationFn: async (v: Values): Promise<Ahead> => {
      const { features } = await call(getBorders, { parentId })
      const drawing = { features: features as Feature[], chosen, ring }
      const change = tool === 'draw' ? drawingOf(v, parentId, drawing) : changeOf(tool, v, drawing)
      return { change, foresight: await call(foreseeChange, { change }) }
    },
    onSuccess: setAhead,
  })
  return (
    <Modal open width={ahead ? 760 : 520} title={t(...titles[tool])} onCancel={onClose} footer={null} destroyOnHidden>
      <div hidden={ahead !== null}>
        <FaultOf error={look.error} />
        <ChangeForm {...{ tool, levels }} isPending={look.isPending} onFilled={(v) => look.mutate(v)} />
      </div>
      {ahead && (
        <Confirm
          {...ahead}
          onBack={() => setAhead(null)}
          carry={async (change) => onDone(await putInForce(change, ahead.foresight))}
        />
      )}
    </Modal>
  )
}

/** At once, or as an order: for a day to come, or because nobody should wait for it. @returns null where it was ordered */
async function putInForce(
  change: Change,
  { isOrder, places }: Foresight,
): Promise<Pick<Foresight, 'moved' | 'places'> | null> {
  if (!isOrder) return { moved: (await carryOut(change)).moved, places }
  await call(orderChange, { requestId: freshId(), id: freshId(), change })
  return null
}

function carryOut({ kind, ...change }: Change): Promise<{ moved: NetFlow[] }> {
  const promise = { border: moveBorder, split: splitGrid, merge: mergeGrids, close: closeGrid, carve: carveGrid }[kind]
  return call(promise, { requestId: freshId(), ...change } as never)
}

interface FormProps extends Pick<Props, 'tool' | 'levels'> {
  readonly isPending: boolean
  readonly onFilled: (v: Values) => void
}
function ChangeForm({ tool, levels, isPending, onFilled }: FormProps) {
  const { t } = useWords()
  return (
    <Form layout="vertical" initialValues={{ kind: 'general', on: today() }} onFinish={onFilled}>
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
      {tool === 'draw' && <GridFields levels={levels} />}
      {tool === 'draw' && (
        <Form.Item name="takes" valuePropName="checked">
          <Checkbox>
            {t(
              '画到其他网格的部分也划入新网格（不勾选则只取空白处）',
              'Take what lies in other grids too; else only free land',
            )}
          </Checkbox>
        </Form.Item>
      )}
      <Form.Item name="on" label={t('生效日期', 'From')} rules={[{ required: true }]}>
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name="reason" label={t('理由', 'Reason')} rules={[{ required: true, max: 200 }]}>
        <Input.TextArea rows={2} />
      </Form.Item>
      {tool === 'close' && (
        <Form.Item name="sure" valuePropName="checked" rules={[{ required: true }]}>
          <Checkbox>{t('该网格撤销后编码不再使用', 'Its code will never be used again')}</Checkbox>
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={isPending}>
        {t('预览去向', 'Look ahead')}
      </Button>
    </Form>
  )
}

function GridFields({ levels }: Pick<Props, 'levels'>) {
  const { t, w } = useWords()
  const own = levels.filter((l) => l.tier === 'grid' || l.tier === 'micro')
  return (
    <>
      <Form.Item name="level" label={t('层级（不选则按上级确定）', 'Level (by its parent when left open)')}>
        <Select allowClear options={own.map((l) => ({ value: l.code, label: t(l.name, l.nameEn) }))} />
      </Form.Item>
      <Form.Item name="kind" label={t('类型', 'Kind')}>
        <Select options={['general', 'dedicated', 'micro'].map((k) => ({ value: k, label: w(gridKindWords, k) }))} />
      </Form.Item>
      <DedicatedIfChosen />
      <Space>
        <Form.Item name="households" label={t('户数', 'Households')}>
          <InputNumber min={0} />
        </Form.Item>
        <Form.Item name="people" label={t('人数', 'People')}>
          <InputNumber min={0} />
        </Form.Item>
      </Space>
    </>
  )
}
