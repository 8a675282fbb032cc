import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, InputNumber, Modal, Select, Space } from 'antd'
import { useState } from 'react'
import { changeGrid } from '@fengge/domain/places/contract'
import { gridKinds, terrains, type Place } from '@fengge/domain/places/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { gridKindWords, terrainWords } from '@fengge/web/words/terms.ts'
import { DedicatedIfChosen } from './DedicatedField.tsx'

type Values = Pick<Place, 'name' | 'kind' | 'dedicatedKind' | 'households' | 'people' | 'terrain' | 'normReason'>

/** What a grid is called and what it is, changed by who may edit the net there; its border has tools of its own. */
export function GridButton({ place, can }: { readonly place: Place; readonly can: readonly string[] }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const isGrid = place.tier === 'grid' || place.tier === 'micro'
  if (!isGrid || place.validTo !== null || !can.includes('net.edit')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('修改网格资料', 'Change its details')}</Button>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t('修改网格资料', 'Details of the grid')}
        destroyOnHidden
      >
        <GridDialog place={place} onDone={() => setOpen(false)} />
      </Modal>
    </>
  )
}

function GridDialog({ place, onDone }: { readonly place: Place; readonly onDone: () => void }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (v: Values) => call(changeGrid, askOf(place, v)),
    onSuccess: async () => {
      await client.invalidateQueries()
      onDone()
    },
    onError: (error) => (isStale(error) ? client.invalidateQueries({ queryKey: ['place', place.id] }) : undefined),
  })
  return (
    <>
      {save.error && (
        <Alert
          type="error"
          role="alert"
          style={{ marginBottom: 16 }}
          title={
            isStale(save.error)
              ? t(
                  '该网格刚被他人修改，下面已换成最新资料，请核对后再保存。',
                  'Somebody changed this grid; below is what it is now. Look again before you save.',
                )
              : fault(save.error)
          }
        />
      )}
      {/* Of another version, the form begins anew with what is on file. */}
      <GridForm key={place.version} place={place} isPending={save.isPending} onFilled={(v) => save.mutate(v)} />
    </>
  )
}

const isStale = (error: Error) => error instanceof Refused && error.problem.problem === 'place.stale'

const askOf = ({ id, version, kind }: Place, v: Values) => ({
  requestId: freshId(),
  id,
  version,
  name: v.name,
  kind: v.kind ?? kind ?? 'general',
  dedicatedKind: v.kind === 'dedicated' ? v.dedicatedKind : null,
  households: v.households ?? null,
  people: v.people ?? null,
  normReason: v.normReason?.trim() ? v.normReason : null,
  terrain: v.terrain,
})

interface FormProps {
  readonly place: Place
  readonly isPending: boolean
  readonly onFilled: (v: Values) => void
}
function GridForm({ place, isPending, onFilled }: FormProps) {
  const { t, w } = useWords()
  return (
    <Form layout="vertical" initialValues={place} onFinish={onFilled}>
      <Form.Item name="name" label={t('名称', 'Name')} rules={[{ required: true, whitespace: true, max: 50 }]}>
        <Input />
      </Form.Item>
      {place.tier === 'grid' && <KindFields />}
      <Space>
        <Form.Item name="households" label={t('户数', 'Households')}>
          <InputNumber min={0} precision={0} />
        </Form.Item>
        <Form.Item name="people" label={t('人数', 'People')}>
          <InputNumber min={0} precision={0} />
        </Form.Item>
      </Space>
      <Form.Item
        name="terrain"
        label={t('地形', 'Terrain')}
        extra={t('网格体检按地形加计面积的工作量', 'The check of the net weighs its land by this')}
      >
        <Select options={terrains.map((k) => ({ value: k, label: w(terrainWords, k) }))} />
      </Form.Item>
      <Form.Item
        name="normReason"
        label={t('规模偏大或偏小的原因（可不填）', 'Why it is larger or smaller than usual (may be left open)')}
        rules={[{ max: 200 }]}
      >
        <Input.TextArea rows={2} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={isPending}>
        {t('保存', 'Save')}
      </Button>
    </Form>
  )
}

function KindFields() {
  const { t, w } = useWords()
  return (
    <>
      <Form.Item name="kind" label={t('类型', 'Kind')}>
        <Select
          options={gridKinds.filter((k) => k !== 'micro').map((k) => ({ value: k, label: w(gridKindWords, k) }))}
        />
      </Form.Item>
      <DedicatedIfChosen />
    </>
  )
}
