import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Checkbox, DatePicker, Form, Input, InputNumber, Modal, Select, Space, Table } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { retireCategory, saveCategory } from '@fengge/domain/events/contract/rules'
import { limitKinds, milestones, type Category, type Limit, type Limits } from '@fengge/domain/events/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { levelWords, limitWords, milestoneWords, urgencyWords } from '@fengge/web/words/terms.ts'
import { useCatalogue, useMayEditCatalogue } from '../events/useEvents.ts'

/** The catalogue: what kinds of event there are, whose they are, how long they may take. Changes are dated. */
export function CataloguePage() {
  const { t, w } = useWords()
  const catalogue = useCatalogue()
  const mayEdit = useMayEditCatalogue()
  const [text, setText] = useState('')
  const [edited, setEdited] = useState<Category | null>(null)
  const limit = (l: Limit | undefined) => (l ? `${l.value} ${w(limitWords, l.kind)}` : '—')
  const rows = (catalogue.data ?? []).filter((c) =>
    `${c.code}${c.name}${c.nameEn}${c.className}`.toLowerCase().includes(text.toLowerCase()),
  )
  return (
    <div className="panel">
      <Space style={{ marginBottom: 12 }}>
        <Input.Search
          allowClear
          placeholder={t('代码或名称', 'Code or name')}
          aria-label={t('查找类别', 'Find a category')}
          onChange={(e) => setText(e.target.value)}
        />
      </Space>
      <Table<Category>
        rowKey="code"
        size="small"
        dataSource={rows}
        loading={catalogue.isPending}
        pagination={{ pageSize: 25, showSizeChanger: false }}
        scroll={{ x: 900 }}
        columns={[
          { title: t('代码', 'Code'), dataIndex: 'code', width: 80 },
          { title: t('名称', 'Name'), render: (_, c) => t(c.name, c.nameEn) },
          { title: t('大类', 'Class'), render: (_, c) => t(c.className, c.classNameEn), width: 130 },
          { title: t('缺省层级', 'Level'), render: (_, c) => w(levelWords, c.level), width: 120 },
          { title: t('办理时限', 'Handling limit'), render: (_, c) => limit(c.limits.handle), width: 150 },
          { title: t('紧急程度', 'Urgency'), render: (_, c) => w(urgencyWords, c.urgency), width: 100 },
          { title: t('生效', 'From'), dataIndex: 'validFrom', width: 110 },
          ...(mayEdit
            ? [
                {
                  title: '',
                  width: 90,
                  render: (_: unknown, c: Category) => (
                    <Button size="small" onClick={() => setEdited(c)}>
                      {t('修订', 'Revise')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {edited && <CategoryDialog category={edited} onClose={() => setEdited(null)} />}
    </div>
  )
}

interface Values extends Pick<
  Category,
  'name' | 'nameEn' | 'level' | 'urgency' | 'lead' | 'isSensitive' | 'stopNotice' | 'stopNoticeEn' | 'source'
> {
  from: Dayjs
  needs: Category['evidence']
  limits: Record<string, { value?: number; kind?: Limit['kind'] }>
}

function CategoryDialog({ category, onClose }: { category: Category; readonly onClose: () => void }) {
  const { t, w, fault } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const done = async () => {
    void message.success(t('已保存', 'Saved'))
    await client.invalidateQueries({ queryKey: ['catalogue'] })
    onClose()
  }
  const save = useMutation({
    mutationFn: (v: Values) => {
      const limits = Object.fromEntries(Object.entries(v.limits).filter(([, l]) => l?.value && l.kind)) as Limits
      const { from, needs, limits: _limits, ...fields } = v
      const { validTo: _to, ...kept } = category
      return call(saveCategory, {
        requestId: freshId(),
        category: {
          ...kept,
          ...fields,
          stopNotice: fields.stopNotice || null,
          stopNoticeEn: fields.stopNoticeEn || null,
          evidence: needs,
          limits,
          validFrom: from.format('YYYY-MM-DD'),
        },
      })
    },
    onSuccess: done,
  })
  const retire = useMutation({
    mutationFn: () =>
      call(retireCategory, {
        requestId: freshId(),
        code: category.code,
        on: dayjs().add(1, 'day').format('YYYY-MM-DD'),
      }),
    onSuccess: done,
  })
  return (
    <Modal
      open
      title={`${category.code} ${t(category.name, category.nameEn)}`}
      onCancel={onClose}
      footer={null}
      width={640}
      destroyOnHidden
    >
      <Form
        layout="vertical"
        initialValues={{ ...category, needs: category.evidence, from: dayjs() }}
        onFinish={(v: Values) => save.mutate(v)}
      >
        {save.error || retire.error ? (
          <Alert type="error" title={fault(save.error ?? retire.error)} role="alert" />
        ) : null}
        <Form.Item name="name" label={t('名称', 'Name')} rules={[{ required: true }]}>
          <Input />
        </Form.Item>
        <Form.Item name="nameEn" label={t('英文名称', 'English name')} rules={[{ required: true }]}>
          <Input />
        </Form.Item>
        <Space wrap>
          <Form.Item name="level" label={t('缺省层级', 'Level')}>
            <Select style={{ width: 150 }} options={[1, 2, 3].map((l) => ({ value: l, label: w(levelWords, l) }))} />
          </Form.Item>
          <Form.Item name="urgency" label={t('紧急程度', 'Urgency')}>
            <Select style={{ width: 120 }} options={[0, 1, 2].map((u) => ({ value: u, label: w(urgencyWords, u) }))} />
          </Form.Item>
          <Form.Item name="isSensitive" valuePropName="checked" label=" ">
            <Checkbox>{t('敏感', 'Sensitive')}</Checkbox>
          </Form.Item>
        </Space>
        {milestones.map((m) => (
          <Space key={m}>
            <Form.Item
              name={['limits', m, 'value']}
              label={t(`${w(milestoneWords, m)}时限`, `${w(milestoneWords, m)} limit`)}
            >
              <InputNumber min={0.1} max={400} placeholder={t('缺省', 'default')} />
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
        ))}
        <Form.Item name="needs" label={t('证据要求', 'Evidence needed')}>
          <Checkbox.Group
            options={[
              { value: 'before', label: t('处置前照片', 'Photo before') },
              { value: 'after', label: t('处置后照片', 'Photo after') },
              { value: 'text', label: t('文字', 'Text') },
              { value: 'place', label: t('位置', 'Place') },
            ]}
          />
        </Form.Item>
        <Form.Item name="stopNotice" label={t('提示（应由专业单位受理时）', 'Stop notice')}>
          <Input.TextArea rows={2} />
        </Form.Item>
        <Form.Item name="stopNoticeEn" label={t('英文提示', 'Stop notice in English')}>
          <Input.TextArea rows={2} />
        </Form.Item>
        <Form.Item name="source" label={t('依据', 'Source')} rules={[{ required: true }]}>
          <Input />
        </Form.Item>
        <Form.Item
          name="from"
          label={t('生效日期', 'In force from')}
          extra={t('此前上报的事件仍按原规定办理', 'Events reported before keep the old row')}
        >
          <DatePicker allowClear={false} disabledDate={(d) => d.isBefore(dayjs().startOf('day'))} />
        </Form.Item>
        <Space>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('保存', 'Save')}
          </Button>
          <Button danger onClick={() => retire.mutate()}>
            {t('自明日起停用', 'Retire from tomorrow')}
          </Button>
        </Space>
      </Form>
    </Modal>
  )
}
