import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Switch, Table, Tag } from 'antd'
import { useState } from 'react'
import { saveField } from '@fengge/domain/registry/fields-contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { personalWords, recordKindWords, tierNameWords } from '@fengge/web/words/registry.ts'
import { useFieldBook, type Field } from './useRegistry.ts'

const tierColours: Record<Field['tier'], string> = { C: 'red', I: 'orange', G: 'default' }

/** Which fields are collected, how closely they are kept, and on what basis; anybody who works with them may read it. */
export function FieldsTab() {
  const { t, w, fault } = useWords()
  const book = useFieldBook()
  const client = useQueryClient()
  const [edited, setEdited] = useState<Field | null>(null)
  const save = useMutation({
    mutationFn: (v: Pick<Field, 'isOn' | 'isAsked' | 'basis' | 'purpose' | 'purposeEn'> & { reason?: string }) =>
      call(saveField, { requestId: freshId(), kind: edited!.kind, code: edited!.code, ...v }),
    onSuccess: async () => {
      setEdited(null)
      await client.invalidateQueries({ queryKey: ['registry-fields'] })
    },
  })
  return (
    <div className="panel">
      <Table<Field>
        rowKey={(f) => `${f.kind}/${f.code}`}
        size="small"
        dataSource={book.data?.fields ?? []}
        loading={book.isPending}
        pagination={{ pageSize: 40, showSizeChanger: false }}
        scroll={{ x: 900 }}
        columns={[
          { title: t('对象', 'Kind'), render: (_, f) => w(recordKindWords, f.kind), width: 90 },
          { title: t('字段', 'Field'), render: (_, f) => t(f.name, f.nameEn) },
          {
            title: t('等级', 'Tier'),
            render: (_, f) => <Tag color={tierColours[f.tier]}>{w(tierNameWords, f.tier)}</Tag>,
          },
          { title: t('个人信息', 'Personal'), render: (_, f) => w(personalWords, f.pi) },
          {
            title: t('状态', 'State'),
            render: (_, f) => (f.isOn ? <Tag color="green">{t('启用', 'On')}</Tag> : <Tag>{t('停用', 'Off')}</Tag>),
          },
          { title: t('依据', 'Basis'), dataIndex: 'basis' },
          { title: t('目的', 'Purpose'), render: (_, f) => t(f.purpose, f.purposeEn || f.purpose) },
          {
            title: '',
            render: (_, f) =>
              book.data?.canEdit && (
                <Button size="small" onClick={() => setEdited(f)}>
                  {t('设置', 'Set')}
                </Button>
              ),
          },
        ]}
      />
      <Modal
        open={edited !== null}
        onCancel={() => setEdited(null)}
        footer={null}
        destroyOnHidden
        title={edited ? t(edited.name, edited.nameEn) : ''}
      >
        {save.error ? <Alert type="error" role="alert" title={fault(save.error)} /> : null}
        <Form layout="vertical" initialValues={edited ?? {}} onFinish={(v) => save.mutate(v)}>
          <Form.Item name="isOn" label={t('启用', 'On')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="isAsked" label={t('缺少时提示询问', 'Ask when missing')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="basis" label={t('法定依据', 'Legal basis')} rules={[{ max: 200 }]}>
            <Input />
          </Form.Item>
          <Form.Item name="purpose" label={t('目的', 'Purpose')} rules={[{ max: 200 }]}>
            <Input />
          </Form.Item>
          <Form.Item name="purposeEn" label={t('目的（英文，可不填）', 'Purpose in English')} rules={[{ max: 200 }]}>
            <Input />
          </Form.Item>
          {edited?.pi === 's' && !edited.isOn && (
            <Form.Item name="reason" label={t('启用理由（敏感个人信息）', 'Why (sensitive)')} rules={[{ max: 200 }]}>
              <Input />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('保存', 'Save')}
          </Button>
        </Form>
      </Modal>
    </div>
  )
}
