import { App, Input, Select } from 'antd'
import { BookCheck, Gavel, History, Inbox, Undo2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import type { weighDepartments } from '@fengge/domain/events/contract/weighing'
import { returnsIn } from '@fengge/domain/events/forms/return-bases'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { Button } from '@fengge/web/ui/Button/Button.tsx'
import { Choice, type ChoiceOption } from '@fengge/web/ui/Choice/Choice.tsx'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { showSpan } from '@fengge/web/words/time.ts'
import { useEventWords } from '../../words/events.ts'
import { Besides } from '../acts/Besides.tsx'
import { useBasisName } from '../acts/Returns.tsx'
import { useKeys } from '../../shell/keys/useKeys.ts'
import { useAct, useWeights } from '../useEvents.ts'

interface Props {
  readonly event: EventView
  readonly act: (action: Action) => void
}

/** As many as are shown with their reasons; the others are found by name. */
const shownFirst = 5

/** To whom it goes: suggestions with why, the others by name, who helps, and one button that sends it. */
export function Assign({ event, act }: Props) {
  const say = useEventWords()
  const { fault } = useWords()
  const all = event.suggestion.departments
  const [to, setTo] = useState(all[0]?.id)
  const [helpers, setHelpers] = useState<readonly string[]>([])
  const [note, setNote] = useState('')
  const { send, error, isPending } = useDispatch(event)
  const chosen = all.find((d) => d.id === to)
  const isBack = returnsIn(event.flow).some((r) => r.departmentId === to)
  const lacksNote = isBack && note.trim() === ''
  const first = all.slice(0, shownFirst)
  const dispatch = () => {
    if (chosen && !isPending && !lacksNote) send({ to: chosen, helpers, note })
  }
  useKeys({
    D: { says: say.keyDispatch, act: dispatch },
    ...Object.fromEntries(first.map((d, i) => [String(i + 1), () => setTo(d.id)])),
  })
  return (
    <Panel title={say.toWhom} note={say.suggestedFrom} isFlush>
      <Departments event={event} shown={first} others={all.slice(shownFirst)} to={to} choose={setTo} />
      <div className="assign-more">
        <Helpers event={event} to={to} helpers={helpers} choose={setHelpers} />
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={1000}
          value={note}
          onChange={(typed) => setNote(typed.target.value)}
          placeholder={isBack ? say.handedBack : say.noteOptional}
          aria-label={say.note}
          {...(lacksNote ? { status: 'error' as const } : {})}
        />
        {error ? <Notice kind="refused" title={fault(error)} /> : null}
        <Button kind="solid" size="main" shortcut="D" disabled={!chosen || isPending || lacksNote} onClick={dispatch}>
          {chosen ? say.dispatchTo(chosen.name) : say.noDepartment}
        </Button>
        <Besides event={event} act={act} />
      </div>
    </Panel>
  )
}

type Department = EventView['suggestion']['departments'][number]

interface Sent {
  readonly to: Department
  readonly helpers: readonly string[]
  readonly note: string
}

function useDispatch(event: EventView) {
  const say = useEventWords()
  const { message } = App.useApp()
  const [named, setNamed] = useState('')
  const act = useAct(event, () => void message.success(say.dispatchedTo(named)))
  const send = ({ to, helpers, note }: Sent) => {
    setNamed(to.name)
    act.mutate({
      action: 'dispatch',
      fields: { departmentId: to.id, coDepartmentIds: helpers, note: note.trim() },
      evidenceIds: [],
    })
  }
  return { send, error: act.error, isPending: act.isPending || act.isSuccess }
}

interface ListProps {
  readonly event: EventView
  readonly shown: readonly Department[]
  readonly others: readonly Department[]
  readonly to: string | undefined
  readonly choose: (id: string) => void
}

function Departments({ event, shown, others, to, choose }: ListProps) {
  const say = useEventWords()
  const isOther = others.some((d) => d.id === to)
  const weights = useWeights(
    event.id,
    shown.map((d) => d.id),
  )
  const options = shown.map((d, i): ChoiceOption => ({
    value: d.id,
    label: (
      <>
        {d.name} {d.reason !== '' && <span className="assign-tip">{say.suggested}</span>}
      </>
    ),
    note: <Why event={event} department={d} weight={weights?.get(d.id)} />,
    shortcut: String(i + 1),
  }))
  return (
    <>
      <Choice form="rows" label={say.department} options={options} value={to} onChange={choose} />
      {others.length > 0 && (
        <div className="assign-other">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={say.otherDepartment}
            aria-label={say.otherDepartment}
            value={isOther && to !== undefined ? to : null}
            options={others.map((d) => ({ value: d.id, label: d.name }))}
            onChange={choose}
          />
        </div>
      )}
    </>
  )
}

interface WhyProps {
  readonly event: EventView
  readonly department: Department
  readonly weight: ReplyOf<typeof weighDepartments>['departments'][number] | undefined
}

/** Why it is offered, and what speaks against it. */
function Why({ event, department, weight }: WhyProps) {
  const { language } = useWords()
  const say = useEventWords()
  const basisName = useBasisName()
  const back = returnsIn(event.flow).findLast((r) => r.departmentId === department.id)
  return (
    <>
      {department.reason === 'precedent' && <Reason icon={<Gavel {...small} />}>{say.ruledBefore}</Reason>}
      {department.reason === 'catalogue' && <Reason icon={<BookCheck {...small} />}>{say.leadByCatalogue}</Reason>}
      {weight && weight.given > 0 && (
        <Reason icon={<History {...small} />}>
          {say.didOfKind(weight.given, weight.closed)}
          {weight.handleMs !== null && say.onAverage(showSpan(weight.handleMs, language))}
        </Reason>
      )}
      {weight && (
        <Reason icon={<Inbox {...small} />} isWarm={weight.late > 0}>
          {say.inHand(weight.open, weight.late)}
        </Reason>
      )}
      {back && (
        <Reason icon={<Undo2 {...small} />} isWarm>
          {say.handedBackWhy([basisName(back.basis), back.note].filter(Boolean).join('；'))}
        </Reason>
      )}
    </>
  )
}

const small = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const

interface Reasoned {
  readonly icon: ReactNode
  readonly isWarm?: boolean
  readonly children: ReactNode
}
export const Reason = ({ icon, isWarm = false, children }: Reasoned) => (
  <span className="assign-why" data-warm={isWarm || undefined}>
    {icon}
    <span>{children}</span>
  </span>
)

interface HelperProps {
  readonly event: EventView
  readonly to: string | undefined
  readonly helpers: readonly string[]
  readonly choose: (ids: readonly string[]) => void
}

/** Who else helps: chips, and one more by name. */
function Helpers({ event, to, helpers, choose }: HelperProps) {
  const say = useEventWords()
  const options = event.suggestion.departments.filter((d) => d.id !== to).map((d) => ({ value: d.id, label: d.name }))
  if (options.length === 0) return null
  return (
    <label className="assign-helpers">
      <span>{say.help}</span>
      <Select
        mode="multiple"
        maxCount={8}
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={say.coHandling}
        placeholder={say.addHelper}
        value={[...helpers]}
        options={options}
        onChange={(ids: string[]) => choose(ids)}
      />
    </label>
  )
}
