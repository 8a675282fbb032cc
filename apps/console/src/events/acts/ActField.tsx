import { Form, Input, Radio } from 'antd'
import type { ReactElement } from 'react'
import type { Action, ActField as FieldName } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { returnsIn } from '@fengge/domain/events/forms/return-bases'
import { refuseReasons, suspendReasons } from '@fengge/domain/events/terms'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import {
  failWords,
  findingOfVerify,
  outcomeWords,
  refuseWords,
  supervisionWords,
  suspendWords,
} from '@fengge/web/words/terms.ts'
import { PlaceSelect } from '../../places/PlaceSelect.tsx'
import { MomentPicker } from '../../shell/Days.tsx'
import { Score } from '../../shell/Score.tsx'
import { useEventWords } from '../../words/events.ts'
import { CategorySelect } from '../report/CategorySelect.tsx'
import { CallField } from '../view/Reporter.tsx'
import { ChildrenField } from './ChildrenField.tsx'
import { CardsField } from './CardsField.tsx'
import { DepartmentField } from './DepartmentField.tsx'
import { MergeField } from './MergeField.tsx'
import { BasisField, ReturnsNote } from './Returns.tsx'

export type Values = Record<string, unknown>
export const several: FieldName = 'children'

interface Props {
  readonly action: Action
  readonly field: FieldName
  readonly event: EventView
}
type Field = (props: Props) => ReactElement | null

/** One field of an act, by its name in the contract. */
export function ActField(props: Props) {
  const Shown = fields[props.field]
  return <Shown {...props} />
}

const needed = [{ required: true }]

/** Sent to a department that handed it back, the note says why. */
const NoteField: Field = ({ field, event, action }) => {
  const say = useEventWords()
  const chosen = Form.useWatch<unknown>('departmentId' satisfies FieldName)
  const isBack = action === 'dispatch' && returnsIn(event.flow).some((r) => r.departmentId === chosen)
  return (
    <Form.Item name={field} label={say.note} rules={[{ required: isBack || !optionalNotes.has(action) }]}>
      <Input.TextArea rows={3} maxLength={1000} showCount />
    </Form.Item>
  )
}

const PlanField: Field = ({ field }) => (
  <Form.Item name={field} label={useEventWords().plan} rules={needed}>
    <Input.TextArea rows={2} maxLength={1000} />
  </Form.Item>
)

const ResultField: Field = ({ field }) => (
  <Form.Item name={field} label={useEventWords().result} rules={needed}>
    <Input.TextArea rows={3} maxLength={2000} showCount />
  </Form.Item>
)

const AnswerField: Field = ({ field, action, event }) => {
  const say = useEventWords()
  const isConfirming = action === 'confirm-force-close'
  return (
    <Form.Item
      name={field}
      label={say.answerToGive}
      rules={[{ required: !isConfirming && event.isAwaited }]}
      extra={isConfirming ? say.answerAsProposed : say.answerPlain}
    >
      <Input.TextArea rows={3} maxLength={2000} />
    </Form.Item>
  )
}

const DepartmentAsked: Field = ({ field, event }) => (
  <>
    <DepartmentField name={field} label={useEventWords().department} event={event} />
    <ReturnsNote event={event} field={field} />
  </>
)
const SuggestedField: Field = ({ field, event }) => (
  <DepartmentField name={field} label={useEventWords().suggestedDepartment} event={event} isAny />
)
const CoField: Field = ({ field, event }) => (
  <DepartmentField name={field} label={useEventWords().coOptional} event={event} isMany />
)
const ManyField: Field = ({ field, event }) => (
  <DepartmentField name={field} label={useEventWords().coHandling} event={event} isMany isAny />
)

const UntilField: Field = ({ field, action }) => {
  const say = useEventWords()
  return (
    <Form.Item name={field} label={action === 'ask-suspension' ? say.stoppedUntil : say.extendedUntil} rules={needed}>
      <MomentPicker />
    </Form.Item>
  )
}

/** Why: an action that asks for a reason has its own list of them. */
const ReasonField: Field = ({ field, action }) => {
  const say = useEventWords()
  const { w } = useWords()
  const [reasons, words] = reasonsOf(action)
  const label = action === 'ask-suspension' ? say.stopReason : say.reason
  return <CardsField name={field} label={label} options={reasons.map((r) => ({ value: r, label: w(words, r) }))} />
}

function reasonsOf(action: Action): readonly [readonly string[], Parameters<Words['w']>[0]] {
  if (action === 'refuse') return [refuseReasons, refuseWords]
  if (action === 'fail') return [Object.keys(failWords), failWords]
  return [suspendReasons, suspendWords]
}

const FindingField: Field = ({ field }) => {
  const { w } = useWords()
  const options = Object.keys(findingOfVerify).map((f) => ({ value: f, label: w(findingOfVerify, f) }))
  return <CardsField name={field} label={useEventWords().onSite} options={options} />
}

const OutcomeField: Field = ({ field }) => {
  const { w } = useWords()
  const options = Object.keys(outcomeWords).map((o) => ({ value: o, label: w(outcomeWords, o) }))
  return <CardsField name={field} label={useEventWords().outcome} options={options} />
}

const ScoreField: Field = ({ field }) => (
  <Form.Item name={field} label={useEventWords().satisfaction}>
    <Score />
  </Form.Item>
)

/** At a call-back the outcome says it. */
const SolvedField: Field = ({ field, action }) => {
  const say = useEventWords()
  if (action === 'call-back') return null
  return (
    <Form.Item name={field} label={say.isSolved} rules={needed}>
      <Radio.Group
        options={[
          { value: true, label: say.solved },
          { value: false, label: say.notSolved },
        ]}
      />
    </Form.Item>
  )
}

const GradeField: Field = ({ field, event }) => {
  const { w } = useWords()
  const grades = [1, 2, 3].filter((g) => g > event.supervision)
  return (
    <Form.Item name={field} label={useEventWords().grade} rules={needed}>
      <Radio.Group options={grades.map((g) => ({ value: g, label: w(supervisionWords, g) }))} />
    </Form.Item>
  )
}

/** A red card names who sees to it. */
const LeaderField: Field = ({ field }) => {
  const say = useEventWords()
  if (Form.useWatch<unknown>('grade' satisfies FieldName) !== 3) return null
  return (
    <Form.Item name={field} label={say.leader} rules={needed} extra={say.leaderWhy}>
      <Input maxLength={50} />
    </Form.Item>
  )
}

const GridField: Field = ({ field }) => (
  <Form.Item name={field} label={useEventWords().grid} rules={needed}>
    <PlaceSelect tier="grid" />
  </Form.Item>
)

const CategoryField: Field = ({ field }) => (
  <Form.Item name={field} label={useEventWords().category} rules={needed}>
    <CategorySelect />
  </Form.Item>
)

const fields: Readonly<Record<FieldName, Field>> = {
  note: NoteField,
  plan: PlanField,
  result: ResultField,
  answer: AnswerField,
  departmentId: DepartmentAsked,
  suggestedDepartmentId: SuggestedField,
  coDepartmentIds: CoField,
  departmentIds: ManyField,
  until: UntilField,
  basis: ({ field }) => <BasisField name={field} />,
  reason: ReasonField,
  finding: FindingField,
  outcome: OutcomeField,
  score: ScoreField,
  isSolved: SolvedField,
  grade: GradeField,
  leader: LeaderField,
  gridId: GridField,
  categoryCode: CategoryField,
  reporterId: ({ field, event }) => <CallField name={field} event={event} />,
  intoEventId: ({ field, event }) => <MergeField name={field} event={event} />,
  children: () => <ChildrenField />,
}

const optionalNotes: ReadonlySet<Action> = new Set([
  'place',
  'ask-verify',
  'verify',
  'register',
  'dispatch',
  'agree-return',
  'agree-extension',
  'agree-suspension',
  'resume',
  'pass',
  'call-back',
  'merge',
  'split',
  'confirm-force-close',
  'withdraw-force-close',
  'agree-cancel',
  'agree-recode',
])
