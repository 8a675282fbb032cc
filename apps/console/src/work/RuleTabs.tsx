import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Switch, Table, Tag } from 'antd'
import * as c from '@fengge/domain/visits/contract/rules'
import type { Form } from '@fengge/domain/visits/forms'
import { selectors, type Rule } from '@fengge/domain/visits/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { selectorWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { AskForm, useMatterOptions } from '../shell/AskForm.tsx'

export function RulesTab() {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const list = useQuery({ queryKey: ['visit-rules'], queryFn: () => call(c.listRules, {}) })
  const forms = useQuery({ queryKey: ['forms'], queryFn: () => call(c.listForms, {}) })
  const matters = useMatterOptions()
  const edits = list.data?.mayEdit ?? false
  const save = useMutation({
    mutationFn: (rule: Rule) => call(c.saveRule, { requestId: freshId(), rule }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['visit-rules'] }),
  })
  const formNames = (forms.data?.forms ?? [])
    .filter((f) => !f.isCore)
    .map((f) => ({ value: f.code, label: t(f.name, f.nameEn) }))
  const questions = [
    { name: 'name', label: t('名称', 'Name'), kind: 'line' as const },
    { name: 'nameEn', label: t('英文名称', 'English name'), kind: 'line' as const },
    { name: 'matterId', label: t('事项', 'Matter'), kind: 'choice' as const, options: matters },
    {
      name: 'selector',
      label: t('对象', 'For whom'),
      kind: 'choice' as const,
      options: selectors.map((s) => ({ value: s, label: w(selectorWords, s) })),
    },
    { name: 'formCode', label: t('表单', 'Form'), kind: 'choice' as const, options: formNames },
    { name: 'periodDays', label: t('周期（天）', 'Every … days'), kind: 'number' as const, most: 730 },
    { name: 'minutes', label: t('每次分钟', 'Minutes'), kind: 'number' as const },
    { name: 'priority', label: t('优先级 1–9', 'Priority 1–9'), kind: 'number' as const, most: 9 },
    {
      name: 'months',
      label: t('只在这些月份（不选为全年）', 'Only in these months'),
      kind: 'many' as const,
      isOptional: true,
      options: Array.from({ length: 12 }, (_, i) => ({ value: String(i + 1), label: t(`${i + 1} 月`, `${i + 1}`) })),
    },
  ]
  const send =
    (base: Rule | null) =>
    (
      v: Pick<
        Rule,
        'name' | 'nameEn' | 'matterId' | 'selector' | 'formCode' | 'periodDays' | 'minutes' | 'priority'
      > & { months?: string[] },
    ) =>
      call(c.saveRule, {
        requestId: freshId(),
        rule: {
          id: base?.id ?? freshId(),
          windowFrom: base?.windowFrom ?? null,
          windowTo: base?.windowTo ?? null,
          placeId: base?.placeId ?? null,
          isOn: base?.isOn ?? true,
          version: base?.version ?? 0,
          ...v,
          months: (v.months ?? []).map(Number),
        },
      })
  return (
    <div className="panel">
      {edits && (
        <AskForm
          label={t('新增规则', 'Add a rule')}
          changes={['visit-rules']}
          questions={questions}
          initial={{ periodDays: 30, minutes: 20, priority: 5 }}
          send={send(null)}
        />
      )}
      {save.error ? <Alert type="error" role="alert" title={fault(save.error)} /> : null}
      <Table
        rowKey="id"
        size="small"
        style={{ marginTop: 12 }}
        loading={list.isPending}
        dataSource={list.data?.rules ?? []}
        pagination={false}
        scroll={{ x: 800 }}
        columns={[
          { title: t('规则', 'Rule'), render: (_, r) => t(r.name, r.nameEn) },
          { title: t('对象', 'For whom'), render: (_, r) => w(selectorWords, r.selector) },
          { title: t('周期', 'Rhythm'), render: (_, r) => t(`每 ${r.periodDays} 天`, `every ${r.periodDays} days`) },
          {
            title: t('月份', 'Months'),
            render: (_, r) => (r.months.length === 0 ? t('全年', 'all') : r.months.join('、')),
          },
          { title: t('分钟', 'Min'), dataIndex: 'minutes' },
          { title: t('优先', 'Priority'), dataIndex: 'priority' },
          {
            title: t('事项', 'Matter'),
            render: (_, r) =>
              matters.find((x) => x.value === r.matterId)?.label ?? (
                <Tag color="red">{t('不在有效期', 'not in force')}</Tag>
              ),
          },
          {
            title: t('启用', 'On'),
            render: (_, r) => (
              <Switch
                size="small"
                checked={r.isOn}
                disabled={!edits || save.isPending}
                onChange={(isOn) => save.mutate({ ...r, isOn })}
                aria-label={r.name}
              />
            ),
          },
          {
            title: '',
            render: (_, r) =>
              edits && (
                <AskForm
                  label={t('修改', 'Change')}
                  isSmall
                  changes={['visit-rules']}
                  questions={questions}
                  initial={{ ...r, months: r.months.map(String) }}
                  send={send(r)}
                />
              ),
          },
        ]}
      />
      <FormList canEdit={edits} />
    </div>
  )
}

/** The short forms: what each asks, and whether it is in use. A change goes to the phones with their next pull. */
function FormList({ canEdit }: { canEdit: boolean }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const forms = useQuery({ queryKey: ['forms'], queryFn: () => call(c.listForms, {}) })
  const save = useMutation({
    mutationFn: (form: Form) => call(c.saveForm, { requestId: freshId(), form }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['forms'] }),
  })
  const readLine = (line: string): Form['fields'][number] => {
    const [code = '', name = '', nameEn = '', choices = ''] = line.split('|').map((x) => x.trim())
    return {
      code,
      name,
      nameEn,
      type: choices === '' ? 'text' : 'choice',
      isRequired: choices !== '',
      hazardWhen: choices.includes('bad=') ? 'bad' : '',
      why: '',
      choices: choices.split(';').flatMap((x) => {
        const [v, zh, en] = x.split('=').map((y) => y.trim())
        return v && zh ? [[v, zh, en ?? zh] as [string, string, string]] : []
      }),
    }
  }
  const lineOf = (f: Form['fields'][number]) =>
    [f.code, f.name, f.nameEn, f.choices.map((x) => x.join('=')).join(';')].join(' | ')
  return (
    <>
      <h2>{t('走访表单', 'Forms')}</h2>
      {save.error ? <Alert type="error" role="alert" title={fault(save.error)} /> : null}
      <Table
        rowKey="code"
        size="small"
        dataSource={forms.data?.forms ?? []}
        pagination={false}
        scroll={{ x: 700 }}
        columns={[
          {
            title: t('表单', 'Form'),
            render: (_, f) => (
              <>
                {t(f.name, f.nameEn)} {f.isCore && <Tag color="red">{t('不下发手机', 'never on phones')}</Tag>}
              </>
            ),
          },
          { title: t('问什么', 'What it asks'), render: (_, f) => f.fields.map((x) => t(x.name, x.nameEn)).join('、') },
          { title: t('照片必要性', 'Why a photo'), render: (_, f) => f.photoWhy || '—' },
          {
            title: t('启用', 'On'),
            render: (_, f) => (
              <Switch
                size="small"
                checked={f.isOn}
                disabled={!canEdit || save.isPending}
                onChange={(isOn) => save.mutate({ ...f, isOn })}
                aria-label={f.name}
              />
            ),
          },
          {
            title: '',
            render: (_, f) =>
              canEdit && (
                <AskForm
                  label={t('修改', 'Change')}
                  isSmall
                  changes={['forms']}
                  note={
                    <p className="soft">
                      {t(
                        '每行一题：编码 | 中文 | 英文 | 选项（值=中文=英文；用分号隔开，不写为文字题；值为 bad 的选项表示有隐患）',
                        'One question a line: code | Chinese | English | choices (value=Chinese=English, parted by semicolons; none for text; the value bad means a hazard)',
                      )}
                    </p>
                  }
                  questions={[
                    { name: 'name', label: t('名称', 'Name'), kind: 'line', most: 40 },
                    { name: 'nameEn', label: t('英文名称', 'English name'), kind: 'line', most: 80 },
                    { name: 'lines', label: t('问题', 'Questions'), kind: 'text', most: 3000 },
                    {
                      name: 'photoWhy',
                      label: t('照片必要性（不写则不能要求照片）', 'Why a photo (none may be asked without)'),
                      kind: 'line',
                      isOptional: true,
                      most: 100,
                    },
                  ]}
                  initial={{
                    name: f.name,
                    nameEn: f.nameEn,
                    photoWhy: f.photoWhy,
                    lines: f.fields.map(lineOf).join('\n'),
                  }}
                  send={(v) =>
                    call(c.saveForm, {
                      requestId: freshId(),
                      form: {
                        ...f,
                        name: String(v['name']),
                        nameEn: String(v['nameEn']),
                        photoWhy: String(v['photoWhy'] ?? ''),
                        fields: String(v['lines'])
                          .split('\n')
                          .filter((x) => x.trim() !== '')
                          .map((x) => {
                            const read = readLine(x)
                            const was = f.fields.find((y) => y.code === read.code)
                            return was
                              ? {
                                  ...read,
                                  isRequired: was.isRequired,
                                  hazardWhen: was.hazardWhen,
                                  why: was.why,
                                  type: was.type === 'flag' ? 'flag' : read.type,
                                }
                              : read
                          }),
                      },
                    })
                  }
                />
              ),
          },
        ]}
      />
    </>
  )
}
