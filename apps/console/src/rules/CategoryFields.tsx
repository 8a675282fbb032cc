import { Checkbox, Form, Input, InputNumber, Select, Space } from 'antd'
import { limitKinds, milestones } from '@fengge/domain/events/terms'
import { evidenceNeedWords, orderWords } from '@fengge/web/words/catalogue.ts'
import { ownerWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { levelWords, limitWords, milestoneWords, urgencyWords } from '@fengge/web/words/terms.ts'
import { useDepartments } from '../events/useEvents.ts'

/** What a category says, field by field; English may be left out. */
export function CategoryFields() {
  const { t, w } = useWords()
  const needed = [{ required: true, message: t('请填写', 'Please fill in') }]
  return (
    <>
      <Form.Item name="name" label={t('名称', 'Name')} rules={needed}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('英文名称（可不填）', 'English name (optional)')}>
        <Input maxLength={80} />
      </Form.Item>
      <LeadField />
      <Form.Item
        name="keywords"
        label={t(
          '关键词（回车分开；群众描述里出现时提示本事项）',
          'Keywords (Enter parts them; they suggest this category)',
        )}
      >
        <Select mode="tags" tokenSeparators={[' ', '，', '、', ',']} maxCount={60} open={false} suffixIcon={null} />
      </Form.Item>
      <Space wrap>
        <Form.Item name="order" label={t('派遣次序', 'Order of dispatch')}>
          <Select
            style={{ width: 170 }}
            options={Object.keys(orderWords).map((o) => ({ value: o, label: w(orderWords, o) }))}
          />
        </Form.Item>
        <Form.Item name="level" label={t('默认层级', 'Level')}>
          <Select style={{ width: 150 }} options={[1, 2, 3].map((l) => ({ value: l, label: w(levelWords, l) }))} />
        </Form.Item>
        <Form.Item name="urgency" label={t('紧急程度', 'Urgency')}>
          <Select style={{ width: 120 }} options={[0, 1, 2].map((u) => ({ value: u, label: w(urgencyWords, u) }))} />
        </Form.Item>
        <Form.Item name="isSensitive" valuePropName="checked" label=" ">
          <Checkbox>{t('敏感', 'Sensitive')}</Checkbox>
        </Form.Item>
      </Space>
      <StaffField />
      <LimitFields />
      <Form.Item name="evidence" label={t('证据要求', 'Evidence needed')}>
        <Checkbox.Group
          options={Object.keys(evidenceNeedWords).map((e) => ({ value: e, label: w(evidenceNeedWords, e) }))}
        />
      </Form.Item>
      <Form.Item name="stopNotice" label={t('提示（应由专业单位受理时，可不填）', 'Stop notice (optional)')}>
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item name="stopNoticeEn" label={t('英文提示（可不填）', 'Stop notice in English (optional)')}>
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item name="source" label={t('依据', 'Source')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}

/** Whether it goes past those who serve the place. */
function StaffField() {
  const { t } = useWords()
  return (
    <Form.Item
      name="isAboutStaff"
      valuePropName="checked"
      extra={t(
        '勾选后按敏感事项办理：不经网格核实、核查，不下派社区，至少由镇（街道）受理',
        'Ticked, it is kept in confidence: no grid verifies or checks it, no community handles it, the town at least takes it up',
      )}
    >
      <Checkbox>{t('涉及工作人员', 'About staff')}</Checkbox>
    </Form.Item>
  )
}

/** The kind of department that answers, of the kinds that there are. */
function LeadField() {
  const { t, w } = useWords()
  const of = Form.useWatch('lead') as string | undefined
  const kinds = new Set((useDepartments().data ?? []).map((d) => d.kind))
  if (of) kinds.add(of)
  return (
    <Form.Item
      name="lead"
      label={t('主责部门（按职能）', 'Lead department (kind)')}
      rules={[{ required: true, message: t('请选择主责部门', 'Choose the lead department') }]}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={[...kinds].map((kind) => ({ value: kind, label: w(ownerWords, kind) }))}
      />
    </Form.Item>
  )
}

function LimitFields() {
  const { t, w } = useWords()
  return milestones.map((m) => (
    <Space key={m} align="start">
      <Form.Item
        name={['limits', m, 'value']}
        label={t(`${w(milestoneWords, m)}时限`, `${w(milestoneWords, m)} limit`)}
      >
        <InputNumber min={0.1} max={400} placeholder={t('默认', 'default')} />
      </Form.Item>
      <Form.Item name={['limits', m, 'kind']} label=" ">
        <Select
          allowClear
          style={{ width: 150 }}
          options={limitKinds.map((k) => ({ value: k, label: w(limitWords, k) }))}
          aria-label={t('时限种类', 'Kind of limit')}
        />
      </Form.Item>
    </Space>
  ))
}
