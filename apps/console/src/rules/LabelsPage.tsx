import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Table } from 'antd'
import { useState } from 'react'
import { listLabels, saveLabel, type Label } from '@fengge/domain/identity/contract/labels'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'

const levels: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  county: ['县级中心', 'Centre of the county'],
  town: ['镇（街道）中心', 'Centre of a town'],
  village: ['村（社区）', 'Community'],
}

/** How the county calls its roles and centres: its own word, or the ready one. */
export function LabelsPage() {
  const { t } = useWords()
  const [edited, setEdited] = useState<Label | null>(null)
  const labels = useQuery({ queryKey: ['labels'], queryFn: () => call(listLabels, {}) })
  const isOwn = (l: Label) => l.name !== l.ready || l.nameEn !== l.readyEn
  return (
    <div className="panel">
      <p className="soft">
        {t(
          '各地对岗位和中心的叫法不同。这里改了，工作证、公示牌、流程和各页面都用新的叫法；已经写下的流程不变。',
          'Counties call posts and centres by different names. Badges, boards, flows and pages follow what is set here; what was written before stays.',
        )}
      </p>
      <Table<Label>
        rowKey={(l) => `${l.kind} ${l.code}`}
        size="small"
        pagination={false}
        loading={labels.isPending}
        dataSource={labels.data?.labels ?? []}
        columns={[
          {
            title: t('对象', 'What'),
            render: (_, l) =>
              l.kind === 'office' ? t(...(levels[l.code] ?? [l.code, l.code])) : t(l.ready, l.readyEn),
          },
          { title: t('本地叫法', 'Called here'), render: (_, l) => t(l.name, l.nameEn) || '—' },
          { title: t('缺省', 'Ready word'), render: (_, l) => (isOwn(l) ? t(l.ready, l.readyEn) || '—' : '') },
          {
            title: '',
            render: (_, l) =>
              labels.data?.mayEdit === true && (
                <Button size="small" onClick={() => setEdited(l)}>
                  {t('修改', 'Change')}
                </Button>
              ),
          },
        ]}
      />
      {edited && <EditLabel label={edited} close={() => setEdited(null)} />}
    </div>
  )
}

interface Words {
  readonly name?: string
  readonly nameEn?: string
}

function EditLabel({ label, close }: { label: Label; readonly close: () => void }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: ({ name = '', nameEn = '' }: Words) =>
      call(saveLabel, { requestId: freshId(), kind: label.kind, code: label.code, name, nameEn }),
    onSuccess: async () => {
      close()
      await Promise.all(
        ['labels', 'roles', 'accounts', 'me'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
  return (
    <Modal open title={t('本地叫法', 'Called here')} footer={null} onCancel={close} destroyOnHidden>
      {save.error ? <Alert type="error" title={fault(save.error)} role="alert" /> : null}
      <Form<Words>
        layout="vertical"
        initialValues={{ name: label.name, nameEn: label.nameEn }}
        onFinish={(words) => save.mutate(words)}
      >
        <Form.Item
          label={t('中文', 'Chinese')}
          name="name"
          extra={t(`留空则用“${label.ready}”`, `Empty for “${label.ready}”`)}
          rules={[{ max: 30 }]}
        >
          <Input autoFocus />
        </Form.Item>
        <Form.Item label={t('英文', 'English')} name="nameEn" rules={[{ max: 60 }]}>
          <Input />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('保存', 'Save')}
        </Button>
      </Form>
    </Modal>
  )
}
