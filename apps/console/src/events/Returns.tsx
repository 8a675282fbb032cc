import { Alert, Form, Select } from 'antd'
import type { ActField } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { basesAt, returnBases, returnsIn } from '@fengge/domain/events/forms/return-bases'
import { useWords } from '@fengge/web/words/language.ts'
import { useNow } from '../shell/useNow.ts'

/** On what ground a matter is handed back: those that apply today. */
export function BasisField({ name }: { name: ActField }) {
  const { t } = useWords()
  const now = useNow()
  return (
    <Form.Item name={name} label={t('退回依据', 'Ground')} rules={[{ required: true }]}>
      <Select
        options={basesAt(now).map((b) => ({
          value: b.code,
          label: t(`${b.name}（${b.source}）`, `${b.nameEn} (${b.source})`),
        }))}
      />
    </Form.Item>
  )
}

/** The name of a ground, also of one that no longer applies. */
export function useBasisName(): (code: string | null) => string {
  const { t } = useWords()
  return (code) => {
    const basis = returnBases.find((b) => b.code === code)
    return basis === undefined ? '' : t(`${basis.name}（${basis.source}）`, basis.nameEn)
  }
}

/** Who handed the matter back, on what ground, and whom he proposes. */
export function ReturnsList({ event }: { event: EventView }) {
  const { t } = useWords()
  const basisName = useBasisName()
  const names = Object.assign({}, ...event.flow.map((step) => step.names)) as Record<string, string>
  return returnsIn(event.flow).map((r) => {
    const who = (r.departmentId && names[r.departmentId]) ?? r.office ?? ''
    const proposed = names[r.suggestedId] ?? ''
    return (
      <Alert
        key={r.at}
        type={r.answer === null ? 'info' : 'warning'}
        style={{ marginBottom: 8 }}
        title={t(`${who}申请退回，建议由${proposed}承办`, `${who} asks to return it and proposes ${proposed}`)}
        description={[basisName(r.basis), r.note].filter(Boolean).join('；')}
      />
    )
  })
}

/** At the next dispatch: what was handed back before, and a warning where it would go to the same department. */
export function ReturnsNote({ event, field }: { event: EventView; field: ActField }) {
  const { t } = useWords()
  const chosen = Form.useWatch<unknown>(field)
  const isBack = returnsIn(event.flow).some((r) => r.departmentId === chosen)
  return (
    <>
      <ReturnsList event={event} />
      {isBack && (
        <Alert
          type="warning"
          role="alert"
          style={{ marginBottom: 12 }}
          title={t(
            '该部门刚退回过此件，再派给它请在说明里写明理由',
            'This department handed it back; say in the note why it goes there again',
          )}
        />
      )}
    </>
  )
}
