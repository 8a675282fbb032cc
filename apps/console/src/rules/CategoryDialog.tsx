import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, DatePicker, Form, Input, Modal, Select, Space } from 'antd'
import type { Dayjs } from 'dayjs'
import { retireCategory, saveCategory } from '@fengge/domain/events/contract/rules'
import type { Category, Limit, Limits } from '@fengge/domain/events/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useCatalogue } from '../events/useEvents.ts'
import { CategoryFields } from './CategoryFields.tsx'
import { rulesSayings } from '../words/rules.ts'
import { today } from '../shell/Days.tsx'

type Kept = Pick<
  Category,
  'name' | 'level' | 'urgency' | 'lead' | 'order' | 'isSensitive' | 'isAboutStaff' | 'keywords' | 'evidence' | 'source'
>
interface Values extends Kept {
  readonly code?: string
  readonly classCode?: string
  readonly nameEn?: string
  readonly stopNotice?: string
  readonly stopNoticeEn?: string
  readonly from: Dayjs
  readonly limits: Record<string, { value?: number | null; kind?: Limit['kind'] }>
}

const startOf = (category: Category | null): object =>
  category === null
    ? {
        level: 1,
        urgency: 0,
        order: 'owner-first',
        isSensitive: false,
        isAboutStaff: false,
        evidence: ['text'],
        keywords: [],
        from: today(),
      }
    : { ...category, nameEn: category.nameEn === category.name ? '' : category.nameEn, from: today() }

/** A category that is added, or a new version of one from a day on; what was reported before keeps the old one. */
export function CategoryDialog({ category, onClose }: { category: Category | null; readonly onClose: () => void }) {
  const { t, fault } = useWords()
  const { message, modal } = App.useApp()
  const client = useQueryClient()
  const classes = useClasses()
  const [form] = Form.useForm<Values>()
  const words = useSayings(rulesSayings)
  const done = async (reply?: { readonly waits?: boolean }) => {
    void message.success(reply?.waits ? words.savedOrWaits : t('已保存', 'Saved'))
    await client.invalidateQueries({ queryKey: ['catalogue'] })
    onClose()
  }
  const save = useMutation({
    mutationFn: (v: Values) => call(saveCategory, asked(v, category, classes)),
    onSuccess: done,
  })
  const close = () => {
    if (!form.isFieldsTouched()) return onClose()
    return modal.confirm({
      title: t('放弃刚才的修改？', 'Throw away what was changed?'),
      okText: t('放弃', 'Throw away'),
      cancelText: t('继续填写', 'Go on'),
      onOk: onClose,
    })
  }
  return (
    <Modal
      open
      title={category ? `${category.code} ${t(category.name, category.nameEn)}` : t('新增事项', 'Add a category')}
      onCancel={close}
      footer={null}
      width={680}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        scrollToFirstError
        initialValues={startOf(category)}
        onFinish={(v: Values) => save.mutate(v)}
      >
        {save.error ? <Alert type="error" title={fault(save.error)} role="alert" style={{ marginBottom: 12 }} /> : null}
        {category === null && <NewCode classes={classes} />}
        <CategoryFields />
        <FromField />
        <Space>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('保存', 'Save')}
          </Button>
          <Button onClick={close}>{t('取消', 'Cancel')}</Button>
          {category && <StopButton category={category} done={done} />}
        </Space>
      </Form>
    </Modal>
  )
}

function FromField() {
  const { t } = useWords()
  return (
    <Form.Item
      name="from"
      label={t('生效日期', 'In force from')}
      extra={t('此前上报的事件仍按原规定办理', 'Events reported before keep the old row')}
      rules={[{ required: true, message: t('请选择生效日期', 'Choose the day') }]}
    >
      <DatePicker allowClear={false} disabledDate={(d) => d.isBefore(today())} />
    </Form.Item>
  )
}

type Class = Pick<Category, 'classCode' | 'className' | 'classNameEn'>

/** The classes there are, each once. */
function useClasses(): Class[] {
  const catalogue = useCatalogue().data ?? []
  return [...new Map(catalogue.map((c) => [c.classCode, c])).values()]
}

function asked(v: Values, category: Category | null, classes: readonly Class[]) {
  const limits = Object.fromEntries(Object.entries(v.limits ?? {}).filter(([, l]) => l?.value && l.kind)) as Limits
  const { from, limits: _limits, code = '', ...fields } = v
  const ofClass = classes.find((c) => c.classCode === (category?.classCode ?? v.classCode))
  return {
    requestId: freshId(),
    isNew: category === null,
    category: {
      ...fields,
      code: category?.code ?? code,
      classCode: ofClass?.classCode ?? code.slice(0, 2),
      className: ofClass?.className ?? '',
      classNameEn: ofClass?.classNameEn ?? '',
      nameEn: fields.nameEn ?? '',
      stopNotice: fields.stopNotice || null,
      stopNoticeEn: fields.stopNoticeEn || null,
      limits,
      validFrom: from.format('YYYY-MM-DD'),
    },
  }
}

function NewCode({ classes }: { classes: readonly Class[] }) {
  const { t } = useWords()
  const needed = t('请填写', 'Please fill in')
  const form = Form.useFormInstance()
  const classCode = Form.useWatch<string>('classCode', form) ?? ''
  return (
    <Space align="start">
      <Form.Item name="classCode" label={t('大类', 'Class')} rules={[{ required: true, message: needed }]}>
        <Select
          style={{ width: 220 }}
          showSearch={{ optionFilterProp: 'label' }}
          options={classes.map((c) => ({
            value: c.classCode,
            label: `${c.classCode} ${t(c.className, c.classNameEn)}`,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="code"
        label={t('代码（四位，前两位为大类）', 'Code (four figures, the class first)')}
        rules={[
          { required: true, message: needed },
          {
            validator: (_, value: string) =>
              /^\d{4}$/.test(value ?? '') && value.startsWith(classCode)
                ? Promise.resolve()
                : Promise.reject(
                    new Error(t(`请填四位数字，以 ${classCode} 开头`, `Four figures beginning with ${classCode}`)),
                  ),
          },
        ]}
      >
        <Input maxLength={4} style={{ width: 160 }} placeholder={`${classCode}..`} />
      </Form.Item>
    </Space>
  )
}

/** Stopping asks first, and names what it means. */
function StopButton({ category, done }: { category: Category; readonly done: () => Promise<void> }) {
  const { t, fault } = useWords()
  const { modal, message } = App.useApp()
  const on = today().add(1, 'day').format('YYYY-MM-DD')
  const stop = useMutation({
    mutationFn: () => call(retireCategory, { requestId: freshId(), code: category.code, on }),
    onSuccess: done,
    onError: (error) => void message.error(fault(error)),
  })
  return (
    <Button
      danger
      loading={stop.isPending}
      onClick={() =>
        modal.confirm({
          title: t(`停用“${category.name}”？`, `Stop “${category.nameEn}”?`),
          content: t(
            `自 ${on} 起不能再按此事项上报；已上报的事件照常办理。`,
            `From ${on} nothing more can be reported under it; what was reported goes on.`,
          ),
          okText: t('停用', 'Stop it'),
          okButtonProps: { danger: true },
          cancelText: t('取消', 'Cancel'),
          onOk: () => stop.mutateAsync(),
        })
      }
    >
      {t('自明日起停用', 'Stop from tomorrow')}
    </Button>
  )
}
