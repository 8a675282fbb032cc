import { App, Button, Form } from 'antd'
import { useState, type KeyboardEvent } from 'react'
import { fieldsOf, type Action, type ActField as FieldName } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { Kbd } from '@fengge/web/ui/Kbd/Kbd.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords } from '@fengge/web/words/terms.ts'
import { useEventWords } from '../../words/events.ts'
import { useAct } from '../useEvents.ts'
import { WhomToCall } from '../view/Reporter.tsx'
import { ActField, several, type Values } from './ActField.tsx'
import { EvidenceSlots, useMissing, type Picked } from './EvidenceSlots.tsx'

interface Props {
  readonly event: EventView
  readonly action: Action
  readonly onDone?: () => void
}

/** What an act asks for, and the button that does it; in a dialog or in the page itself. */
export function ActForm({ event, action, onDone }: Props) {
  const { w, fault } = useWords()
  const say = useEventWords()
  const { message } = App.useApp()
  // Told by the act itself: the page it was taken from may be gone by then.
  const act = useAct(event, () => void message.success(say.done(w(actionWords, action))))
  const [picked, setPicked] = useState<Picked>({})
  const missing = useMissing(event, action, picked)
  const [form] = Form.useForm<Values>()
  const send = (values: Values) =>
    act.mutate(
      { action, fields: { ...pack(values), ...solvedBy(values) }, evidenceIds: Object.values(picked).flat() },
      { onSuccess: () => onDone?.() },
    )
  const sendByKey = (pressed: KeyboardEvent) => {
    if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey) && missing.length === 0) form.submit()
  }
  return (
    <Form form={form} layout="vertical" onFinish={send} initialValues={startOf(event)} onKeyDown={sendByKey}>
      {act.error ? <Notice kind="refused" title={fault(act.error)} /> : null}
      {action === 'call-back' && event.callList.length < 2 && <WhomToCall event={event} />}
      {fieldsOf(action).map((field) => (
        <ActField key={field} action={action} field={field} event={event} />
      ))}
      <EvidenceSlots event={event} action={action} picked={picked} onChange={setPicked} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        loading={act.isPending}
        disabled={missing.length > 0}
        aria-keyshortcuts="Control+Enter"
        block
      >
        {w(actionWords, action)}
        <Kbd name="Ctrl Enter" />
      </Button>
    </Form>
  )
}

/** What a form starts with. */
const startOf = (event: EventView): { readonly [F in FieldName]?: unknown } => ({
  departmentId: event.suggestion.departments[0]?.id,
  children: [{}, {}],
})

/** Left open, these are told as not known. */
const mayBeUnknown: ReadonlySet<string> = new Set<FieldName>(['score', 'isSolved'])

/** What the outcome of a call-back says of the matter itself: nobody is asked the same twice. */
const solved: Readonly<Record<string, boolean | null>> = {
  satisfied: true,
  unsatisfied: false,
  unreasonable: false,
  unreached: null,
}
const solvedBy = ({ outcome }: Values): Values => (typeof outcome === 'string' ? { isSolved: solved[outcome] } : {})

/** Form values as the contract takes them. */
function pack(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (value === undefined) return mayBeUnknown.has(name) ? [[name, null]] : []
      if (name === several) return [[name, (value as Values[]).map((c) => ({ ...c, id: freshId() }))]]
      return [[name, value]]
    }),
  )
}
