import { useQuery } from '@tanstack/react-query'
import { Space, Table } from 'antd'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { listForms } from '@fengge/domain/visits/contract/rules'
import { listVisits, recordVisit } from '@fengge/domain/visits/contract/worker'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { outcomeWordsOfVisit } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { AskForm, useMatterOptions } from '../../shell/AskForm.tsx'

/** Records of help and follow-up on the forms of the strictest tier: made and read at the desk of their keeper, never on a phone. */
export function CareVisits({ personId }: { personId: string }) {
  const { t, w } = useWords()
  const forms = useQuery({ queryKey: ['forms'], queryFn: () => call(listForms, {}) })
  const visits = useQuery({
    queryKey: ['care-visits', personId],
    queryFn: () => call(listVisits, { subjectId: personId }),
  })
  const core = (forms.data?.forms ?? []).filter(
    (f) => f.isOn && f.subject === 'person' && (f.isCore || f.code === 'care'),
  )
  return (
    <section className="panel" style={{ marginTop: 12 }}>
      <h3 style={{ marginTop: 0 }}>{t('走访与帮扶记录', 'Visits and help')}</h3>
      <Space wrap style={{ marginBottom: 12 }}>
        {core.map((f) => (
          <VisitForm key={f.code} form={f} personId={personId} />
        ))}
      </Space>
      <Table
        rowKey="id"
        size="small"
        loading={visits.isPending}
        dataSource={visits.data?.visits ?? []}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        locale={{ emptyText: t('还没有记录', 'None yet') }}
        columns={[
          { title: t('时间', 'When'), render: (_, v) => showTime(v.at) },
          { title: t('表单', 'Form'), dataIndex: 'formName' },
          { title: t('经办', 'By'), dataIndex: 'byName' },
          { title: t('结果', 'Outcome'), render: (_, v) => w(outcomeWordsOfVisit, v.outcome) },
          {
            title: t('内容', 'Content'),
            render: (_, v) =>
              [...v.answers.map((a) => `${t(a.name, a.nameEn)}：${t(a.value, a.valueEn)}`), v.note]
                .filter((x) => x !== '')
                .join('；'),
          },
        ]}
      />
    </section>
  )
}

interface FormProps {
  readonly form: ReplyOf<typeof listForms>['forms'][number]
  readonly personId: string
}

/** One record on one form, under a matter in force. */
function VisitForm({ form, personId }: FormProps) {
  const { t } = useWords()
  const matters = useMatterOptions()
  return (
    <AskForm
      label={t(form.name, form.nameEn)}
      isSmall
      changes={['care-visits']}
      questions={[
        { name: 'matterId', label: t('事项', 'Matter'), kind: 'choice', options: matters },
        ...form.fields.map((x) => ({
          name: x.code,
          label: t(x.name, x.nameEn),
          kind: x.type === 'text' ? ('text' as const) : ('choice' as const),
          isOptional: !x.isRequired,
          options: x.choices.map(([value, zh, en]) => ({ value, label: t(zh, en) })),
        })),
      ]}
      send={({ matterId, ...answers }) =>
        call(recordVisit, {
          requestId: freshId(),
          id: freshId(),
          taskId: null,
          matterId: String(matterId),
          formCode: form.code,
          subjectKind: 'person',
          subjectId: personId,
          outcome: 'met',
          answers: Object.fromEntries(Object.entries(answers).filter(([, v]) => v !== undefined && v !== '')) as Record<
            string,
            string
          >,
          madeAt: new Date().toISOString(),
        })
      }
    />
  )
}
