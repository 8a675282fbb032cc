import { Alert, App, Button, Form, Input, Modal, Radio, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { fieldsOf, type Action, type ActField as FieldName, type ActOf } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { returnsIn } from '@fengge/domain/events/forms/return-bases'
import { refuseReasons, suspendReasons } from '@fengge/domain/events/terms'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import {
  actionWords,
  failWords,
  findingOfVerify,
  outcomeWords,
  refuseWords,
  supervisionWords,
  suspendWords,
} from '@fengge/web/words/terms.ts'
import { CallField, WhomToCall } from './Reporter.tsx'
import { BasisField, ReturnsNote } from './Returns.tsx'
import { EvidenceSlots, useMissing, type Picked } from './EvidenceSlots.tsx'
import { MergeField } from './MergeField.tsx'
import { Score } from '../shell/Score.tsx'
import { DepartmentField } from './DepartmentField.tsx'
import { MomentPicker } from '../shell/Days.tsx'
import { PlaceSelect } from '../places/PlaceSelect.tsx'
import { useAct, useCatalogue } from './useEvents.ts'

type Values = Record<string, unknown>

/** One dialog for every act: it asks for what the act's schema asks, in words of this act. */
export function ActDialog({
  event,
  action,
  onClose,
}: {
  event: EventView
  action: Action
  readonly onClose: () => void
}) {
  const { t, w, fault } = useWords()
  const { message } = App.useApp()
  // Told by the act itself: the page it was taken from may be gone by then.
  const act = useAct(
    event,
    () => void message.success(t(`已${w(actionWords, action)}`, `${w(actionWords, action)}: done`)),
  )
  const [picked, setPicked] = useState<Picked>({})
  const missing = useMissing(event, action, picked)
  const [form] = Form.useForm<Values>()
  const send = (values: Values) =>
    act.mutate(
      { action, fields: { ...pack(values), ...solvedBy(values) }, evidenceIds: Object.values(picked).flat() },
      { onSuccess: onClose },
    )
  return (
    <Modal open title={w(actionWords, action)} onCancel={onClose} footer={null} destroyOnHidden width={560}>
      <Form form={form} layout="vertical" onFinish={send} initialValues={startOf(event)}>
        {act.error ? <Alert type="error" title={fault(act.error)} role="alert" style={{ marginBottom: 12 }} /> : null}
        {action === 'call-back' && event.callList.length < 2 && <WhomToCall event={event} />}
        {fieldsOf(action).map((field) => (
          <ActField key={field} action={action} field={field} event={event} />
        ))}
        <EvidenceSlots event={event} action={action} picked={picked} onChange={setPicked} />
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={missing.length > 0} block>
          {w(actionWords, action)}
        </Button>
      </Form>
    </Modal>
  )
}

/** What a form starts with. */
const startOf = (event: EventView): { readonly [F in FieldName]?: unknown } => ({
  departmentId: event.suggestion.departments[0]?.id,
  children: [{}, {}],
})

/** Left open, these are told as not known. */
const mayBeUnknown: ReadonlySet<string> = new Set<FieldName>(['score', 'isSolved'])
const several: FieldName = 'children'

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

function ActField({ action, field, event }: { action: Action; field: FieldName; event: EventView }): ReactElement {
  const { t, w } = useWords()
  const catalogue = useCatalogue()
  const radios = (label: string, options: { value: string | number | boolean; label: string }[]) => (
    <Form.Item name={field} label={label} rules={[{ required: action !== 'call-back' || field === 'outcome' }]}>
      <Radio.Group options={options} />
    </Form.Item>
  )
  switch (field) {
    case 'note':
      return <NoteField name={field} event={event} action={action} />
    case 'plan':
      return (
        <Form.Item name={field} label={t('办理计划', 'Plan')} rules={[{ required: true }]}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
      )
    case 'result':
      return (
        <Form.Item name={field} label={t('处理结果', 'Result')} rules={[{ required: true }]}>
          <Input.TextArea rows={3} maxLength={2000} showCount />
        </Form.Item>
      )
    case 'answer':
      return (
        <Form.Item
          name={field}
          label={t('给群众的答复', 'Answer to the citizen')}
          rules={[{ required: action !== 'confirm-force-close' && event.isAwaited }]}
          extra={
            action === 'confirm-force-close'
              ? t('不填就用申请人拟的答复', 'Left empty, the answer proposed with the request is given')
              : t(
                  '只有这一栏给诉求人看；用平实的话，不写内部流转',
                  'Only this is shown to the citizen: plain words, nothing internal',
                )
          }
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      )
    case 'departmentId':
      return (
        <>
          <DepartmentField name={field} label={t('承办部门', 'Department')} event={event} />
          <ReturnsNote event={event} field={field} />
        </>
      )
    case 'suggestedDepartmentId':
      return <DepartmentField name={field} label={t('建议承办部门', 'Suggested department')} event={event} isAny />
    case 'coDepartmentIds':
      return (
        <DepartmentField name={field} label={t('协办部门（可不选）', 'Co-handling (optional)')} event={event} isMany />
      )
    case 'departmentIds':
      return <DepartmentField name={field} label={t('协办部门', 'Departments')} event={event} isMany isAny />
    case 'until':
      return (
        <Form.Item
          name={field}
          label={action === 'ask-suspension' ? t('挂账至', 'Stopped until') : t('延至', 'Until')}
          rules={[{ required: true }]}
        >
          <MomentPicker />
        </Form.Item>
      )
    case 'basis':
      return <BasisField name={field} />
    case 'reason':
      return <ReasonField name={field} action={action} />
    case 'finding':
      return radios(
        t('现场情况', 'On site'),
        Object.keys(findingOfVerify).map((f) => ({ value: f, label: w(findingOfVerify, f) })),
      )
    case 'outcome':
      return radios(
        t('回访结果', 'Outcome'),
        Object.keys(outcomeWords).map((o) => ({ value: o, label: w(outcomeWords, o) })),
      )
    case 'score':
      return (
        <Form.Item name={field} label={t('满意度', 'Satisfaction')}>
          <Score />
        </Form.Item>
      )
    case 'isSolved':
      // At a call-back the outcome says it.
      if (action === 'call-back') return <></>
      return radios(t('问题是否解决', 'Solved'), [
        { value: true, label: t('解决了', 'Yes') },
        { value: false, label: t('没有', 'No') },
      ])
    case 'grade':
      return radios(
        t('督办级别', 'Grade'),
        [1, 2, 3].filter((g) => g > event.supervision).map((g) => ({ value: g, label: w(supervisionWords, g) })),
      )
    case 'leader':
      return (
        <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before['grade'] !== after['grade']}>
          {({ getFieldValue }) =>
            getFieldValue('grade') === 3 && (
              <Form.Item
                name={field}
                label={t('包案领导', 'Leader in charge')}
                rules={[{ required: true }]}
                extra={t('红牌督办须写明由哪位领导包案', 'A red card names the leader who sees to it')}
              >
                <Input maxLength={50} />
              </Form.Item>
            )
          }
        </Form.Item>
      )
    case 'gridId':
      return (
        <Form.Item name={field} label={t('网格', 'Grid')} rules={[{ required: true }]}>
          <PlaceSelect tier="grid" />
        </Form.Item>
      )
    case 'categoryCode':
      return (
        <ChoiceField
          name={field}
          label={t('类别', 'Category')}
          options={(catalogue.data ?? []).map((c) => ({ value: c.code, label: `${c.code} ${t(c.name, c.nameEn)}` }))}
        />
      )
    case 'reporterId':
      return <CallField name={field} event={event} />
    case 'intoEventId':
      return <MergeField name={field} event={event} />
    case 'children':
      return <ChildrenField />
  }
}

/** Sent to a department that handed it back, the note says why. */
function NoteField({ name, event, action }: { name: FieldName; event: EventView; action: Action }) {
  const { t } = useWords()
  const chosen = Form.useWatch<unknown>('departmentId' satisfies FieldName)
  const isBack = action === 'dispatch' && returnsIn(event.flow).some((r) => r.departmentId === chosen)
  return (
    <Form.Item name={name} label={t('说明', 'Note')} rules={[{ required: isBack || isNoteNeeded(action) }]}>
      <Input.TextArea rows={3} maxLength={1000} showCount />
    </Form.Item>
  )
}

/** Why: an action that asks for a reason has its own list of them. */
function ReasonField({ name, action }: { name: FieldName; action: Action }) {
  const { t, w } = useWords()
  const [reasons, words] = reasonsOf(action)
  return (
    <ChoiceField
      name={name}
      label={action === 'refuse' || action === 'fail' ? t('理由', 'Reason') : t('挂账原因', 'Reason')}
      options={reasons.map((r) => ({ value: r, label: w(words, r) }))}
    />
  )
}

function reasonsOf(action: Action): readonly [readonly string[], Parameters<Words['w']>[0]] {
  if (action === 'refuse') return [refuseReasons, refuseWords]
  if (action === 'fail') return [Object.keys(failWords), failWords]
  return [suspendReasons, suspendWords]
}

const optionalNotes: Action[] = [
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
]
const isNoteNeeded = (action: Action) => !optionalNotes.includes(action)

function ChoiceField({
  name,
  label,
  options,
}: {
  name: FieldName
  label: string
  options: { value: string; label: string }[]
}) {
  return (
    <Form.Item name={name} label={label} rules={[{ required: true }]}>
      <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
    </Form.Item>
  )
}

type Child = ActOf<'split'>['children'][number]
const childField = (row: number, field: keyof Child) => [row, field]

function ChildrenField() {
  const { t } = useWords()
  const catalogue = useCatalogue()
  return (
    <Form.List name={several}>
      {(rows, { add, remove }) => (
        <>
          {rows.map((row, i) => (
            <div key={row.key} className="panel" style={{ marginBottom: 12 }}>
              <Form.Item
                name={childField(row.name, 'title')}
                label={t(`子事件 ${i + 1}`, `Child ${i + 1}`)}
                rules={[{ required: true, max: 50 }]}
              >
                <Input />
              </Form.Item>
              <Form.Item
                name={childField(row.name, 'content')}
                label={t('内容', 'Content')}
                rules={[{ required: true, max: 800 }]}
              >
                <Input.TextArea rows={2} />
              </Form.Item>
              <Form.Item
                name={childField(row.name, 'categoryCode')}
                label={t('类别', 'Category')}
                rules={[{ required: true }]}
              >
                <Select
                  showSearch={{ optionFilterProp: 'label' }}
                  options={(catalogue.data ?? []).map((c) => ({
                    value: c.code,
                    label: `${c.code} ${t(c.name, c.nameEn)}`,
                  }))}
                />
              </Form.Item>
              {rows.length > 2 && <Button onClick={() => remove(row.name)}>{t('去掉', 'Remove')}</Button>}
            </div>
          ))}
          {rows.length < 8 && (
            <Button onClick={() => add({})} style={{ marginBottom: 12 }}>
              {t('再加一个', 'One more')}
            </Button>
          )}
        </>
      )}
    </Form.List>
  )
}
