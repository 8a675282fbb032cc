import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Modal, Select, Space, TreeSelect } from 'antd'
import type { Dayjs } from 'dayjs'
import { givePosting, listRoles } from '@fengge/domain/identity/contract'
import type { Account } from '@fengge/domain/identity/contract/accounts'
import type { z } from 'zod'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useDepartments } from '../events/useEvents.ts'
import { useAccountAct } from './AccountActions.tsx'
import { usePlaceTree } from '../places/usePlaces.ts'
import { today } from '../shell/Days.tsx'

type Row = z.infer<typeof Account>

export const useRoles = () =>
  useQuery({ queryKey: ['roles'], queryFn: async () => (await call(listRoles, {})).roles }).data ?? []

/** A post for an account: role, place, from and to. */
export function PostDialog({ account, onClose }: { readonly account: Row; readonly onClose: () => void }) {
  const roles = useRoles()
  const { t, fault } = useWords()
  const tree = usePlaceTree()
  const { run, tell } = useAccountAct()
  const give = useMutation({
    mutationFn: (v: { roleCode: string; placeId: string; departmentId?: string; from: Dayjs; to?: Dayjs }) =>
      call(givePosting, {
        requestId: freshId(),
        id: freshId(),
        accountId: account.id,
        roleCode: v.roleCode,
        placeId: v.placeId,
        departmentId: v.departmentId ?? null,
        fromOn: v.from.format('YYYY-MM-DD'),
        toOn: v.to?.format('YYYY-MM-DD') ?? null,
      }),
    onSuccess: ({ state }) => run(async () => (tell(state), onClose())),
  })
  return (
    <Modal
      open
      title={t(`给 ${account.name} 任职`, `Post for ${account.name}`)}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form layout="vertical" initialValues={{ from: today() }} onFinish={(v) => give.mutate(v as never)}>
        {give.error ? <Alert type="error" title={fault(give.error)} role="alert" /> : null}
        <Form.Item name="roleCode" label={t('角色', 'Role')} rules={[{ required: true }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={roles.map((r) => ({ value: r.code, label: t(r.name, r.nameEn) }))}
          />
        </Form.Item>
        <Form.Item name="placeId" label={t('区域', 'Place')} rules={[{ required: true }]}>
          <TreeSelect treeData={tree.data} loadData={tree.load} treeDataSimpleMode />
        </Form.Item>
        <OfficeField />
        <Space>
          <Form.Item name="from" label={t('起', 'From')}>
            <DatePicker allowClear={false} />
          </Form.Item>
          <Form.Item name="to" label={t('止', 'To')}>
            <DatePicker />
          </Form.Item>
        </Space>
        <div>
          <Button type="primary" htmlType="submit" loading={give.isPending}>
            {t('保存', 'Save')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

/** Handlers serve in a department of the place. */
function OfficeField() {
  const { t } = useWords()
  const departments = useDepartments()
  return (
    <Form.Item noStyle shouldUpdate>
      {({ getFieldValue }) =>
        ['handler', 'department-head'].includes(getFieldValue('roleCode') as string) && (
          <Form.Item name="departmentId" label={t('部门', 'Department')} rules={[{ required: true }]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={(departments.data ?? [])
                .filter((d) => d.placeId === getFieldValue('placeId'))
                .map((d) => ({ value: d.id, label: d.name }))}
            />
          </Form.Item>
        )
      }
    </Form.Item>
  )
}
