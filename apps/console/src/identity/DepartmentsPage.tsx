import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Modal, Select, Table, TreeSelect } from 'antd'
import { useState } from 'react'
import { saveDepartment, type Department } from '@fengge/domain/identity/contract'
import type { z } from 'zod'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { ownerWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useDepartments } from '../events/useEvents.ts'
import { usePlaceTree } from '../places/usePlaces.ts'

type Row = z.infer<typeof Department>

export function DepartmentsPage() {
  const { t, w, fault } = useWords()
  const departments = useDepartments()
  const tree = usePlaceTree()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [edited, setEdited] = useState<Partial<Row> | null>(null)
  const save = useMutation({
    mutationFn: (v: Pick<Row, 'placeId' | 'name' | 'kind' | 'status'>) =>
      call(saveDepartment, { requestId: freshId(), id: edited?.id ?? freshId(), ...v }),
    onSuccess: async ({ state }) => {
      setEdited(null)
      if (state === 'asked')
        void message.info(
          t(
            '职能或状态的变更须另一位管理员同意，在“账号”页确认',
            'What work it does changes once another administrator agrees, on the page of accounts',
          ),
        )
      await client.invalidateQueries({ queryKey: ['departments'] })
    },
  })
  return (
    <div className="panel">
      <Button type="primary" onClick={() => setEdited({ status: 'active' })} style={{ marginBottom: 12 }}>
        {t('新增部门', 'Add a department')}
      </Button>
      <Table<Row>
        rowKey="id"
        size="small"
        dataSource={departments.data ?? []}
        loading={departments.isPending}
        pagination={{ pageSize: 30, showSizeChanger: false }}
        columns={[
          { title: t('名称', 'Name'), dataIndex: 'name' },
          { title: t('区域', 'Place'), dataIndex: 'placeName' },
          { title: t('职能', 'Kind'), render: (_, d) => <span title={d.kind}>{w(ownerWords, d.kind)}</span> },
          {
            title: t('状态', 'State'),
            render: (_, d) => (d.status === 'active' ? t('在用', 'Active') : t('停用', 'Closed')),
          },
          {
            title: '',
            render: (_, d) => (
              <Button size="small" onClick={() => setEdited(d)}>
                {t('修改', 'Change')}
              </Button>
            ),
          },
        ]}
      />
      <Modal
        open={edited !== null}
        title={t('部门', 'Department')}
        footer={null}
        onCancel={() => setEdited(null)}
        destroyOnHidden
      >
        <Form layout="vertical" initialValues={edited ?? {}} onFinish={(v) => save.mutate(v as never)}>
          {save.error ? <Alert type="error" title={fault(save.error)} role="alert" /> : null}
          <Form.Item name="name" label={t('名称', 'Name')} rules={[{ required: true, max: 60 }]}>
            <Input />
          </Form.Item>
          <Form.Item name="placeId" label={t('区域', 'Place')} rules={[{ required: true }]}>
            <TreeSelect
              disabled={edited?.id !== undefined}
              treeData={
                edited?.placeId && !tree.data.some((n) => n.value === edited.placeId)
                  ? [
                      ...tree.data,
                      {
                        id: edited.placeId,
                        pId: null,
                        value: edited.placeId,
                        title: edited.placeName ?? '',
                        isLeaf: true,
                      },
                    ]
                  : tree.data
              }
              loadData={tree.load}
              treeDataSimpleMode
            />
          </Form.Item>
          <Form.Item
            name="kind"
            label={t('职能代码（与目录主责对应）', 'Kind (as the lead in the catalogue)')}
            rules={[
              {
                required: true,
                pattern: /^[a-z-]{2,40}$/,
                message: t('2 至 40 位小写字母或短横', '2 to 40 small letters or dashes'),
              },
            ]}
          >
            <Input />
          </Form.Item>
          <Form.Item name="status" label={t('状态', 'State')}>
            <Select
              options={[
                { value: 'active', label: t('在用', 'Active') },
                { value: 'closed', label: t('停用', 'Closed') },
              ]}
            />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('保存', 'Save')}
          </Button>
        </Form>
      </Modal>
    </div>
  )
}
