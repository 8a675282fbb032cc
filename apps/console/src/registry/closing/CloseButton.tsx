import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, DatePicker, Form, Input, Modal, Radio } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { closingsFor } from '@fengge/domain/registry/closing/closing'
import { closeRecord } from '@fengge/domain/registry/closing/contract'
import type { ClosingKind } from '@fengge/domain/registry/closing/terms'
import type { Duty } from '@fengge/domain/kernel/duty'
import type { RecordView } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { closingWords } from '@fengge/web/words/registry.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { today } from '../../shell/Days.tsx'
import { closing } from '../../words/closing.ts'

interface Props {
  readonly record: Pick<RecordView, 'id' | 'kind' | 'state' | 'can'>
  readonly name: string
}
interface Said {
  readonly kind: ClosingKind
  readonly onDay: Dayjs
  readonly reason?: string
}

/** A shop, home, building or thing is there no more; offered where this person may say so. */
export function CloseButton({ record, name }: Props) {
  const s = useSayings(closing)
  const [isOpen, setOpen] = useState(false)
  const kinds = closingsFor(record.kind, record.state, new Set(record.can as Duty[]))
  if (kinds.length === 0) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{s.close}</Button>
      {isOpen && <CloseDialog record={record} name={name} kinds={kinds} close={() => setOpen(false)} />}
    </>
  )
}

function CloseDialog({ record, name, kinds, close }: Props & { kinds: readonly ClosingKind[]; close: () => void }) {
  const { w, fault } = useWords()
  const s = useSayings(closing)
  const client = useQueryClient()
  const { message } = App.useApp()
  const send = useMutation({
    mutationFn: ({ kind, onDay, reason = '' }: Said) => {
      const said = { id: freshId(), recordId: record.id, kind, onDay: onDay.format('YYYY-MM-DD'), reason }
      return call(closeRecord, { requestId: freshId(), ...said })
    },
    onSuccess: async ({ rooms, undoUntil }) => {
      close()
      void message.success(rooms > 0 ? s.doneRooms(rooms) : s.done(showTime(undoUntil)))
      await client.invalidateQueries()
    },
  })
  return (
    <Modal open onCancel={close} footer={null} destroyOnHidden title={s.closeIt(name)}>
      <p className="soft">
        {s.whatNow}
        {record.kind === 'building' && s.goesAlong}
      </p>
      {send.error ? <Alert type="error" role="alert" title={fault(send.error)} /> : null}
      <Form<Said>
        layout="vertical"
        initialValues={{ kind: kinds[0], onDay: today() }}
        onFinish={(said) => send.mutate(said)}
      >
        <Form.Item name="kind" label={s.how}>
          <Radio.Group options={kinds.map((kind) => ({ value: kind, label: w(closingWords, kind) }))} />
        </Form.Item>
        <Form.Item name="onDay" label={s.onDay}>
          <DatePicker allowClear={false} maxDate={today()} />
        </Form.Item>
        <Form.Item name="reason" label={s.reason} rules={[{ max: 200 }]}>
          <Input />
        </Form.Item>
        <Button type="primary" danger htmlType="submit" loading={send.isPending}>
          {s.confirm}
        </Button>
      </Form>
    </Modal>
  )
}
