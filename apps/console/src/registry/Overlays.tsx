import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, InputNumber, Modal, Select, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { overlayKinds, readOverlays, saveOverlay } from '@fengge/domain/registry/bulk-contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords, overlayWords } from '@fengge/web/words/registry.ts'

import { CareVisits } from './CareVisits.tsx'

type Overlay = Awaited<ReturnType<typeof call<typeof readOverlays>>>['overlays'][number]
interface Values {
  kind: Overlay['kind']
  facts: string
  visitDays: number
  cautions: ('in-pairs' | 'with-police' | 'knock-first' | 'daytime' | 'with-doctor')[]
  startedOn: Dayjs
  endedOn: Dayjs | null
}

/** The strictest layer, for its keeper alone; everybody else learns that a visit is due and what to mind. */
export function Overlays({ personId }: { personId: string }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const [edited, setEdited] = useState<Partial<Overlay> | null>(null)
  const list = useQuery({ queryKey: ['overlays', personId], queryFn: () => call(readOverlays, { personId }) })
  const save = useMutation({
    mutationFn: (v: Values) =>
      call(saveOverlay, {
        requestId: freshId(),
        id: edited?.id ?? freshId(),
        personId,
        kind: v.kind,
        facts: v.facts ?? '',
        visitDays: v.visitDays,
        cautions: v.cautions ?? [],
        startedOn: v.startedOn.format('YYYY-MM-DD'),
        endedOn: v.endedOn?.format('YYYY-MM-DD') ?? null,
      }),
    onSuccess: async () => {
      setEdited(null)
      await client.invalidateQueries({ queryKey: ['overlays', personId] })
    },
  })
  return (
    <>
      <section className="panel" style={{ marginTop: 12 }}>
        <h3 style={{ marginTop: 0 }}>{t('特殊人群登记', 'Overlay')}</h3>
        {list.data?.overlays.map((o) => (
          <p key={o.id}>
            <Tag color="red">{w(overlayWords, o.kind)}</Tag>
            {t(`每 ${o.visitDays} 天走访`, `visited every ${o.visitDays} days`)}{' '}
            {o.cautions.map((x) => (
              <Tag key={x}>{w(cautionWords, x)}</Tag>
            ))}{' '}
            <span className="soft">
              {o.startedOn} — {o.endedOn ?? t('今', 'now')}
            </span>{' '}
            <Button size="small" onClick={() => setEdited(o)}>
              {t('修改', 'Change')}
            </Button>
            <br />
            <span className="text">{o.facts}</span>
          </p>
        ))}
        <Button onClick={() => setEdited({})}>{t('登记', 'Add')}</Button>
        <Modal
          open={edited !== null}
          onCancel={() => setEdited(null)}
          footer={null}
          destroyOnHidden
          title={t('特殊人群登记', 'Overlay')}
        >
          {save.error ? <Alert type="error" role="alert" title={fault(save.error)} /> : null}
          <Form
            layout="vertical"
            initialValues={{
              visitDays: 30,
              cautions: [],
              ...edited,
              startedOn: dayjs(edited?.startedOn),
              endedOn: edited?.endedOn ? dayjs(edited.endedOn) : null,
            }}
            onFinish={(v: Values) => save.mutate(v)}
          >
            <Form.Item name="kind" label={t('类别', 'Kind')} rules={[{ required: true }]}>
              <Select options={overlayKinds.map((k) => ({ value: k, label: w(overlayWords, k) }))} />
            </Form.Item>
            <Form.Item name="visitDays" label={t('走访周期（天）', 'Visit every … days')}>
              <InputNumber min={1} max={365} />
            </Form.Item>
            <Form.Item name="cautions" label={t('上门注意', 'Cautions')}>
              <Select
                mode="multiple"
                options={Object.keys(cautionWords).map((k) => ({ value: k, label: w(cautionWords, k) }))}
              />
            </Form.Item>
            <Form.Item name="facts" label={t('情况（仅管理员可见）', 'Facts (keeper only)')} rules={[{ max: 1000 }]}>
              <Input.TextArea rows={3} />
            </Form.Item>
            <Form.Item name="startedOn" label={t('列入日期', 'From')} rules={[{ required: true }]}>
              <DatePicker allowClear={false} />
            </Form.Item>
            <Form.Item name="endedOn" label={t('解除日期', 'Until')}>
              <DatePicker />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('保存', 'Save')}
            </Button>
          </Form>
        </Modal>
      </section>
      <CareVisits personId={personId} />
    </>
  )
}
