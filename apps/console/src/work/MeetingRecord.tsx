import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, DatePicker, Form, Input, Modal, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { closeMeeting, type listMeetings } from '@fengge/domain/worklog/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useMatterOptions, useOwnGrids } from '../shell/AskForm.tsx'

type Meeting = ReplyOf<typeof listMeetings>['meetings'][number]

interface Resolved {
  readonly text: string
  readonly gridIds: string[]
  readonly matterId: string
  readonly dueOn: Dayjs
}
interface Held {
  readonly came?: string[]
  readonly minutes: string
  readonly resolutions?: Resolved[]
}
/** The most of one meeting, a task in each grid counted. */
const mostResolutions = 20

/** Who came, what was said, and as many resolutions as were made, each a task in its grids. */
export function MeetingRecord({ meeting }: { readonly meeting: Meeting }) {
  const { t, fault } = useWords()
  const [isOpen, setOpen] = useState(false)
  const client = useQueryClient()
  const [form] = Form.useForm<Held>()
  const close = useMutation({
    mutationFn: (v: Held) =>
      call(closeMeeting, {
        requestId: freshId(),
        id: meeting.id,
        version: meeting.version,
        minutes: v.minutes,
        attendance: (v.came ?? []).map((name) => ({ name, state: 'came' as const })),
        resolutions: (v.resolutions ?? []).flatMap(({ text, gridIds, matterId, dueOn }) =>
          gridIds.map((gridId) => ({ text, gridId, matterId, dueOn: dueOn.format('YYYY-MM-DD'), minutes: 30 })),
        ),
      }),
    onSuccess: async () => {
      setOpen(false)
      for (const key of ['meetings', 'tasks']) await client.invalidateQueries({ queryKey: [key] })
    },
  })
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('记录会议', 'Record it')}
      </Button>
      <Modal
        open={isOpen}
        width={720}
        title={t('记录会议', 'Record the meeting')}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
        confirmLoading={close.isPending}
        okText={t('确定', 'OK')}
        cancelText={t('取消', 'Cancel')}
        destroyOnHidden
      >
        {close.error ? (
          <Alert type="error" role="alert" title={fault(close.error)} style={{ marginBottom: 12 }} />
        ) : null}
        <Form form={form} layout="vertical" onFinish={(v: Held) => close.mutate(v)}>
          <WhoCame meeting={meeting} />
          <Form.Item name="minutes" label={t('纪要', 'Minutes')} rules={[{ required: true }]}>
            <Input.TextArea rows={4} maxLength={4000} />
          </Form.Item>
          <Resolutions />
        </Form>
      </Modal>
    </>
  )
}

function WhoCame({ meeting: { attendance } }: { readonly meeting: Meeting }) {
  const { t } = useWords()
  const form = Form.useFormInstance<Held>()
  const came = (Form.useWatch('came', form) ?? []) as string[]
  const all = attendance.map((a) => a.name)
  return (
    <>
      <Checkbox
        checked={came.length > 0 && came.length === all.length}
        indeterminate={came.length > 0 && came.length < all.length}
        onChange={(e) => form.setFieldsValue({ came: e.target.checked ? all : [] })}
      >
        {t(`全部到会（应到 ${all.length}，已勾 ${came.length}）`, `All came (${came.length} of ${all.length} ticked)`)}
      </Checkbox>
      <Form.Item name="came" label={t('到会', 'Who came')}>
        <Checkbox.Group
          style={{ maxHeight: 220, overflowY: 'auto', display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 4 }}
          options={attendance.map((a) => ({ value: a.name, label: `${a.name} ${a.role}` }))}
        />
      </Form.Item>
    </>
  )
}

function Resolutions() {
  const { t } = useWords()
  const { grids } = useOwnGrids()
  const matters = useMatterOptions()
  const needed = [{ required: true }]
  const labels = { text: t('决议', 'Resolution'), grids: t('交给哪些网格', 'For which grids') }
  return (
    <Form.List name="resolutions">
      {(rows, { add, remove }) => (
        <>
          {rows.map((row) => (
            <section key={row.key} className="panel" style={{ marginBottom: 12 }}>
              <Form.Item name={[row.name, 'text']} label={labels.text} rules={[{ required: true, min: 2, max: 120 }]}>
                <Input />
              </Form.Item>
              <Form.Item name={[row.name, 'gridIds']} label={labels.grids} rules={needed}>
                <Select mode="multiple" options={grids} showSearch={{ optionFilterProp: 'label' }} />
              </Form.Item>
              <Form.Item name={[row.name, 'matterId']} label={t('依据事项', 'Under which matter')} rules={needed}>
                <Select options={matters} showSearch={{ optionFilterProp: 'label' }} />
              </Form.Item>
              <Form.Item name={[row.name, 'dueOn']} label={t('期限（当日结束前）', 'By the end of')} rules={needed}>
                <DatePicker style={{ width: '100%' }} />
              </Form.Item>
              <Button onClick={() => remove(row.name)}>{t('去掉这条', 'Remove it')}</Button>
            </section>
          ))}
          {rows.length < mostResolutions && (
            <Button onClick={() => add({})}>{t('添加决议', 'Add a resolution')}</Button>
          )}
        </>
      )}
    </Form.List>
  )
}
