import { useQueryClient } from '@tanstack/react-query'
import { App, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import { actEndpoint } from '@fengge/domain/events/contract/desk'
import type { EventRow } from '@fengge/domain/events/contract/views'
import { dutyOf } from '@fengge/domain/events/moves'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { Button } from '@fengge/web/ui/Button/Button.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords, supervisionWords } from '@fengge/web/words/terms.ts'
import { has, useMe } from '../../shell/useMe.ts'
import { useEventWords } from '../../words/events.ts'

interface Props {
  readonly rows: readonly EventRow[]
  readonly done: () => void
}

/** What one may do with several at once: each is asked for by itself, and what is refused is told by name. */
const together = ['urge', 'supervise', 'remark'] as const satisfies readonly Action[]
type Together = (typeof together)[number]

/** Stands at the foot while something is picked. */
export function Bulk({ rows, done }: Props) {
  const { w } = useWords()
  const say = useEventWords()
  const me = useMe().data
  const [action, setAction] = useState<Together | null>(null)
  if (rows.length === 0) return null
  return (
    <div className="list-bulk" role="group" aria-label={say.picked(rows.length)}>
      <strong>{say.picked(rows.length)}</strong>
      {together
        .filter((each) => has(me, dutyOf(each)))
        .map((each) => (
          <Button key={each} size="small" onClick={() => setAction(each)}>
            {w(actionWords, each)}
          </Button>
        ))}
      <Button size="small" kind="text" onClick={done}>
        {say.pickNone}
      </Button>
      {action && <BulkDialog rows={rows} action={action} close={() => setAction(null)} done={done} />}
    </div>
  )
}

interface DialogProps extends Props {
  readonly action: Together
  readonly close: () => void
}

function BulkDialog({ rows, action, close, done }: DialogProps) {
  const { w } = useWords()
  const say = useEventWords()
  const [isSending, setSending] = useState(false)
  const finish = useTogether(action)
  const send = async (fields: Record<string, unknown>) => {
    setSending(true)
    await finish(rows, fields)
    close()
    done()
  }
  return (
    <Modal open title={`${w(actionWords, action)} · ${say.picked(rows.length)}`} onCancel={close} footer={null}>
      <Form layout="vertical" onFinish={(fields: Record<string, unknown>) => void send(fields)}>
        {action === 'supervise' && (
          <Form.Item name="grade" label={say.grade} rules={[{ required: true }]}>
            <Radio.Group options={[1, 2].map((g) => ({ value: g, label: w(supervisionWords, g) }))} />
          </Form.Item>
        )}
        <Form.Item name="note" label={say.note} rules={[{ required: true }]}>
          <Input.TextArea rows={3} maxLength={1000} showCount />
        </Form.Item>
        <Button kind="solid" size="main" type="submit" disabled={isSending}>
          {w(actionWords, action)}
        </Button>
      </Form>
    </Modal>
  )
}

/** One after the other; tells how many went through, and of the others which and why. */
function useTogether(action: Together) {
  const { w, fault } = useWords()
  const say = useEventWords()
  const { message, notification } = App.useApp()
  const client = useQueryClient()
  return async (rows: readonly EventRow[], fields: Record<string, unknown>) => {
    const refused: string[] = []
    for (const { id, version, title } of rows)
      await call(actEndpoint(action), { ...fields, requestId: freshId(), eventId: id, version, evidenceIds: [] }).catch(
        (caught: unknown) => refused.push(`${title}：${fault(caught)}`),
      )
    const did = rows.length - refused.length
    if (did > 0) void message.success(say.didTogether(w(actionWords, action), did))
    if (refused.length > 0)
      notification.warning({ title: say.refusedTogether(refused.length), description: refused.join('；'), duration: 0 })
    await Promise.all(
      ['events', 'event', 'queues'].map((queryKey) => client.invalidateQueries({ queryKey: [queryKey] })),
    )
  }
}
