import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input, Select, Space, Table, Tag, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { listAccounts } from '@fengge/domain/identity/contract/accounts'
import { call } from '@fengge/web/api/call.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import { has, useMe } from '../shell/useMe.ts'
import { AccountActions, type AccountRow } from './AccountActions.tsx'
import { EndPost, isOver } from './EndPost.tsx'
import { OpenAccountDialog } from './OpenAccountDialog.tsx'
import { PostDialog, useRoles } from './PostDialog.tsx'
import { AskedPosts } from './AskedPosts.tsx'
import { NetWidened } from './NetWidened.tsx'
import { TwoSteps } from './TwoSteps.tsx'

/** Accounts are opened by the system administrator, posts given by the security administrator; neither does both. */
export function AccountsPage() {
  const words = useWords()
  const { fault } = words
  const me = useMe().data
  const client = useQueryClient()
  const [ask, setAsk] = useState({ text: '', roleCode: '', page: 1 })
  const [given, setGiven] = useState<AccountRow | null>(null)
  const [isOpening, setOpening] = useState(false)
  const accounts = useQuery({
    queryKey: ['accounts', ask],
    queryFn: () => call(listAccounts, ask),
    placeholderData: (p) => p,
  })
  return (
    <div className="panel">
      <TwoSteps />
      {has(me, 'posting.manage') && <NetWidened />}
      {has(me, 'posting.manage') && <AskedPosts />}
      <Toolbar onSearch={(more) => setAsk({ ...ask, ...more, page: 1 })} onOpen={() => setOpening(true)} />
      {accounts.error ? <Alert type="error" title={fault(accounts.error)} role="alert" /> : null}
      <Table<AccountRow>
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
        columns={columnsFor(words, { mayEnd: has(me, 'posting.manage'), onGive: setGiven })}
      />
      {given && (
        <PostDialog
          account={given}
          onClose={() => {
            setGiven(null)
            void client.invalidateQueries({ queryKey: ['accounts'] })
          }}
        />
      )}
      {isOpening && <OpenAccountDialog onClose={() => setOpening(false)} />}
    </div>
  )
}

interface ToolbarProps {
  readonly onSearch: (more: { readonly text?: string; readonly roleCode?: string }) => void
  readonly onOpen: () => void
}

function Toolbar({ onSearch, onOpen }: ToolbarProps) {
  const { t } = useWords()
  const me = useMe().data
  const roles = useRoles()
  return (
    <Space wrap style={{ marginBottom: 12 }}>
      <Input.Search
        allowClear
        placeholder={t('账号或姓名', 'Login or name')}
        aria-label={t('查找账号', 'Find an account')}
        onSearch={(text) => onSearch({ text })}
      />
      <Select
        allowClear
        style={{ width: 200 }}
        placeholder={t('角色', 'Role')}
        aria-label={t('角色', 'Role')}
        options={roles.map((r) => ({ value: r.code, label: t(r.name, r.nameEn) }))}
        onChange={(roleCode: string | undefined) => onSearch({ roleCode: roleCode ?? '' })}
      />
      {has(me, 'account.manage') && (
        <Button type="primary" onClick={onOpen}>
          {t('开通账号', 'Open an account')}
        </Button>
      )}
    </Space>
  )
}

interface Acting {
  readonly mayEnd: boolean
  readonly onGive: (account: AccountRow) => void
}

function columnsFor({ t }: Words, { mayEnd, onGive }: Acting): TableColumnsType<AccountRow> {
  return [
    { title: t('账号', 'Login'), dataIndex: 'login', width: 150 },
    {
      title: t('姓名', 'Name'),
      width: 150,
      render: (_, a) => (
        <>
          {a.name} {a.isInvented && <Tag>{t('虚构', 'Invented')}</Tag>}
        </>
      ),
    },
    {
      title: t('任职', 'Posts'),
      render: (_, a) =>
        a.postings.map((p) => (
          <div key={p.id}>
            {t(p.roleName, p.roleNameEn)} · {p.officeName}{' '}
            <span className="soft">
              {p.fromOn} – {p.toOn ?? ''}
            </span>
            {mayEnd && !isOver(p) && <EndPost posting={p} of={a.name} />}
          </div>
        )),
    },
    {
      title: t('状态', 'State'),
      width: 170,
      render: (_, a) => (
        <>
          {a.status === 'closed' && <Tag>{t('已停用', 'Closed')}</Tag>}
          {a.isLocked && <Tag>{t('输错等待中', 'Made to wait')}</Tag>}
          {!a.hasPassword && <Tag>{t('未设密码', 'No password')}</Tag>}
          {a.hasSecondFactor && <Tag>{t('动态口令', 'Second factor')}</Tag>}
        </>
      ),
    },
    { title: '', width: 280, render: (_, a) => <AccountActions account={a} onGive={() => onGive(a)} /> },
  ]
}
