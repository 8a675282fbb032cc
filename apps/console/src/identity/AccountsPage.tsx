import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, DatePicker, Form, Input, Modal, Select, Space, Table, Tag, TreeSelect } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import {
  closeAccount,
  listAccounts,
  openAccount,
  resetPassword,
  unlockAccount,
  type Account,
} from '@fengge/domain/identity/contract/accounts'
import { endPosting, givePosting, listRoles } from '@fengge/domain/identity/contract'
import type { z } from 'zod'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useDepartments } from '../events/useEvents.ts'
import { usePlaceTree } from '../places/usePlaces.ts'
import { has, useMe } from '../shell/useMe.ts'

type Row = z.infer<typeof Account>

/** Accounts are opened by the system administrator, posts given by the security administrator; neither does both. */
export function AccountsPage() {
  const { t, fault } = useWords()
  const { modal } = App.useApp()
  const me = useMe()
  const client = useQueryClient()
  const [ask, setAsk] = useState({ text: '', roleCode: '', page: 1 })
  const [given, setGiven] = useState<Row | null>(null)
  const [isOpening, setOpening] = useState(false)
  const accounts = useQuery({
    queryKey: ['accounts', ask],
    queryFn: () => call(listAccounts, ask),
    placeholderData: (p) => p,
  })
  const roles = useQuery({ queryKey: ['roles'], queryFn: async () => (await call(listRoles, {})).roles })
  const refresh = () => client.invalidateQueries({ queryKey: ['accounts'] })
  const showPassword = (password: string) =>
    modal.info({
      title: t('初始密码（只显示一次）', 'First password (shown once)'),
      content: <code style={{ fontSize: 18 }}>{password}</code>,
    })
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: refresh,
    onError: (e) => {
      void modal.error({ title: fault(e) })
    },
  })
  const id = () => ({ requestId: freshId() })
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        <Input.Search
          allowClear
          placeholder={t('账号或姓名', 'Login or name')}
          aria-label={t('查找账号', 'Find an account')}
          onSearch={(text) => setAsk({ ...ask, text, page: 1 })}
        />
        <Select
          allowClear
          style={{ width: 200 }}
          placeholder={t('角色', 'Role')}
          aria-label={t('角色', 'Role')}
          options={(roles.data ?? []).map((r) => ({ value: r.code, label: t(r.name, r.nameEn) }))}
          onChange={(roleCode: string | undefined) => setAsk({ ...ask, roleCode: roleCode ?? '', page: 1 })}
        />
        {has(me.data, 'account.manage') && (
          <Button type="primary" onClick={() => setOpening(true)}>
            {t('开通账号', 'Open an account')}
          </Button>
        )}
      </Space>
      {accounts.error ? <Alert type="error" title={fault(accounts.error)} role="alert" /> : null}
      <Table<Row>
        rowKey="id"
        size="small"
        dataSource={accounts.data?.accounts ?? []}
        loading={accounts.isPending}
        scroll={{ x: 900 }}
        pagination={{
          current: ask.page,
          pageSize: 30,
          total: accounts.data?.total ?? 0,
          showSizeChanger: false,
          onChange: (page) => setAsk({ ...ask, page }),
        }}
        columns={[
          { title: t('账号', 'Login'), dataIndex: 'login', width: 150 },
          {
            title: t('姓名', 'Name'),
            render: (_, a) => (
              <>
                {a.name} {a.isInvented && <Tag>{t('虚构', 'Invented')}</Tag>}
              </>
            ),
            width: 150,
          },
          {
            title: t('任职', 'Posts'),
            render: (_, a) =>
              a.postings.map((p) => (
                <div key={p.id}>
                  {t(p.roleName, p.roleNameEn)} · {p.departmentName ?? p.placeName}{' '}
                  <span className="soft">
                    {p.fromOn} – {p.toOn ?? ''}
                  </span>
                  {has(me.data, 'posting.manage') && !p.toOn && (
                    <Button
                      type="link"
                      size="small"
                      onClick={() =>
                        act.mutate(() => call(endPosting, { ...id(), id: p.id, toOn: dayjs().format('YYYY-MM-DD') }))
                      }
                    >
                      {t('免职', 'End')}
                    </Button>
                  )}
                </div>
              )),
          },
          {
            title: t('状态', 'State'),
            render: (_, a) => (
              <>
                {a.status === 'closed' && <Tag>{t('已停用', 'Closed')}</Tag>}
                {a.isLocked && <Tag>{t('已锁定', 'Locked')}</Tag>}
                {!a.hasPassword && <Tag>{t('未设密码', 'No password')}</Tag>}
                {a.hasSecondFactor && <Tag>{t('动态口令', 'Second factor')}</Tag>}
              </>
            ),
            width: 170,
          },
          {
            title: '',
            width: 250,
            render: (_, a) => (
              <Space wrap>
                {has(me.data, 'posting.manage') && (
                  <Button size="small" onClick={() => setGiven(a)}>
                    {t('任职', 'Give a post')}
                  </Button>
                )}
                {has(me.data, 'account.unlock') && a.isLocked && (
                  <Button size="small" onClick={() => act.mutate(() => call(unlockAccount, { ...id(), id: a.id }))}>
                    {t('解锁', 'Unlock')}
                  </Button>
                )}
                {has(me.data, 'account.manage') && (
                  <>
                    <Button
                      size="small"
                      onClick={() =>
                        act.mutate(async () => {
                          showPassword((await call(resetPassword, { ...id(), id: a.id })).firstPassword)
                        })
                      }
                    >
                      {t('重置密码', 'Reset')}
                    </Button>
                    {a.status === 'active' && (
                      <Button
                        size="small"
                        danger
                        onClick={() => act.mutate(() => call(closeAccount, { ...id(), id: a.id }))}
                      >
                        {t('停用', 'Close')}
                      </Button>
                    )}
                  </>
                )}
              </Space>
            ),
          },
        ]}
      />
      {given && (
        <PostDialog
          account={given}
          roles={roles.data ?? []}
          onClose={() => {
            setGiven(null)
            void refresh()
          }}
        />
      )}
      <Modal
        open={isOpening}
        title={t('开通账号', 'Open an account')}
        footer={null}
        onCancel={() => setOpening(false)}
        destroyOnHidden
      >
        <Form
          layout="vertical"
          onFinish={(v: { login: string; name: string }) =>
            act.mutate(async () => {
              const r = await call(openAccount, { ...id(), id: freshId(), ...v })
              setOpening(false)
              showPassword(r.firstPassword)
            })
          }
        >
          <Form.Item
            name="login"
            label={t('账号', 'Login')}
            rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9._-]{2,39}$/ }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="name" label={t('姓名', 'Name')} rules={[{ required: true, max: 50 }]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('开通', 'Open')}
          </Button>
        </Form>
      </Modal>
    </div>
  )
}

function PostDialog({
  account,
  roles,
  onClose,
}: {
  account: Row
  roles: readonly { code: string; name: string; nameEn: string }[]
  readonly onClose: () => void
}) {
  const { t, fault } = useWords()
  const tree = usePlaceTree()
  const departments = useDepartments()
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
    onSuccess: onClose,
  })
  return (
    <Modal
      open
      title={t(`给 ${account.name} 任职`, `Post for ${account.name}`)}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form layout="vertical" initialValues={{ from: dayjs() }} onFinish={(v) => give.mutate(v as never)}>
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
