import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, InputNumber, Modal, Table } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { getWeights, saveWeights } from '@fengge/domain/places/contract'
import { loadParts } from '@fengge/domain/places/load'
import type { LoadWeights } from '@fengge/domain/places/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { loadPartWords } from '@fengge/web/words/terms.ts'
import { today } from '../shell/Days.tsx'

interface Props {
  readonly countyId: string
  readonly canEdit: boolean
}

/** What makes a grid work beside its heads, as the county weighs it from a day on. */
export function WeightsButton({ countyId, canEdit }: Props) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('工作量权重', 'Weights of work')}</Button>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        width={960}
        title={t('工作量权重（折算为人）', 'Weights of work, in persons')}
        destroyOnHidden
      >
        <Weights {...{ countyId, canEdit }} />
      </Modal>
    </>
  )
}

function Weights({ countyId, canEdit }: Props) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const weights = useQuery({ queryKey: ['weights', countyId], queryFn: () => call(getWeights, { countyId }) })
  const save = useMutation({
    mutationFn: ({ validFrom, ...v }: Omit<LoadWeights, 'validFrom'> & { validFrom: Dayjs }) =>
      call(saveWeights, {
        requestId: freshId(),
        countyId,
        weights: { ...v, validFrom: validFrom.format('YYYY-MM-DD') },
      }),
    onSuccess: () => client.invalidateQueries(),
  })
  if (!weights.data) return weights.error ? <Alert type="error" role="alert" title={fault(weights.error)} /> : null
  const { inForce, history } = weights.data
  return (
    <>
      {save.error && <Alert type="error" role="alert" title={fault(save.error)} />}
      <Table
        size="small"
        rowKey="validFrom"
        pagination={false}
        dataSource={history.length === 0 ? [inForce] : [...history]}
        columns={[
          { title: t('自', 'From'), dataIndex: 'validFrom' },
          ...loadParts.map((part) => ({ title: w(loadPartWords, part), dataIndex: part })),
          { title: t('依据', 'Source'), dataIndex: 'source' },
        ]}
      />
      {canEdit && (
        <Form
          layout="inline"
          style={{ marginTop: 16, rowGap: 8 }}
          initialValues={{ ...inForce, validFrom: today() }}
          onFinish={save.mutate}
        >
          <Form.Item name="validFrom" label={t('自', 'From')} rules={[{ required: true }]}>
            <DatePicker allowClear={false} />
          </Form.Item>
          {loadParts.map((part) => (
            <Form.Item key={part} name={part} label={w(loadPartWords, part)} rules={[{ required: true }]}>
              <InputNumber min={0} max={10_000} />
            </Form.Item>
          ))}
          <Form.Item name="source" label={t('依据', 'Source')} rules={[{ required: true, max: 200 }]}>
            <Input style={{ width: 320 }} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('保存', 'Save')}
          </Button>
        </Form>
      )}
    </>
  )
}
