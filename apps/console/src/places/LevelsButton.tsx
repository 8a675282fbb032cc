import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, InputNumber, Modal, Select, Table } from 'antd'
import { useState } from 'react'
import { saveLevel, type listLevels } from '@fengge/domain/places/contract'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { tierWords } from '@fengge/web/words/terms.ts'

interface Values {
  code: string
  name: string
  nameEn: string
  tier: 'grid' | 'micro'
  ordinal: number
}

/** The levels of the tree, and a county's own between grid and micro-grid. */
export function LevelsButton({ levels }: { levels: ReplyOf<typeof listLevels>['levels'] }) {
  const { t, w } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('层级设置', 'Levels')}</Button>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t('层级设置', 'Levels of the tree')}
        destroyOnHidden
      >
        <Table
          size="small"
          rowKey="code"
          pagination={false}
          dataSource={[...levels]}
          columns={[
            { title: t('次序', 'Order'), dataIndex: 'ordinal' },
            { title: t('层级', 'Level'), render: (_, l) => t(l.name, l.nameEn) },
            { title: t('归于', 'Stands on'), render: (_, l) => w(tierWords, l.tier) },
            { title: t('编码', 'Code'), dataIndex: 'code' },
          ]}
        />
        <LevelForm />
      </Modal>
    </>
  )
}

function LevelForm() {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (v: Values) => call(saveLevel, { requestId: freshId(), ...v }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['levels'] }),
  })
  return (
    <>
      <h3>{t('增加或修改本地层级', 'Add or change a level')}</h3>
      {save.error ? <Alert type="error" role="alert" title={fault(save.error)} /> : null}
      <Form layout="vertical" initialValues={{ tier: 'grid', ordinal: 66 }} onFinish={(v: Values) => save.mutate(v)}>
        <Form.Item
          name="code"
          label={t('编码（小写字母、数字、短横）', 'Code (small letters, digits, dash)')}
          rules={[
            {
              required: true,
              pattern: /^[a-z][a-z0-9-]{1,30}$/,
              message: t(
                '2 至 31 位小写字母、数字或短横，以字母开头',
                '2 to 31 small letters, digits or dashes, beginning with a letter',
              ),
            },
          ]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="name" label={t('中文名称', 'Name in Chinese')} rules={[{ required: true, max: 20 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="nameEn" label={t('英文名称', 'Name in English')} rules={[{ required: true, max: 40 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="tier" label={t('归于', 'Stands on')}>
          <Select options={(['grid', 'micro'] as const).map((v) => ({ value: v, label: w(tierWords, v) }))} />
        </Form.Item>
        <Form.Item name="ordinal" label={t('次序（网格 60，微网格 70）', 'Order (grid 60, micro-grid 70)')}>
          <InputNumber min={61} max={79} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('保存', 'Save')}
        </Button>
      </Form>
    </>
  )
}
