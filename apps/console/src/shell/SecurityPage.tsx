import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input } from 'antd'
import { changePassword, confirmSecondFactor, prepareSecondFactor, signOut } from '@fengge/domain/identity/contract'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { shellSayings } from '../words/shell.ts'
import { useMe } from './useMe.ts'

/** Password and second factor of the person signed in. */
export function SecurityPage() {
  const { t, fault } = useWords()
  const me = useMe()
  return (
    <div className="panel" style={{ maxWidth: 560 }}>
      <h2>{t('我的账号', 'My account')}</h2>
      <dl className="facts">
        <dt>{t('任职', 'Posts')}</dt>
        <dd>
          {me.data?.postings.map((p) => (
            <div key={p.id}>
              {t(p.roleName, p.roleNameEn)} · {p.officeName}
            </div>
          ))}
        </dd>
      </dl>
      {me.data?.mustChangePassword && (
        <Alert type="warning" title={t('首次登录，请先修改密码。', 'First sign-in: please change your password.')} />
      )}
      <PasswordForm t={t} fault={fault} />
      {me.data?.needsSecondFactor && !me.data.hasSecondFactor && !me.data.mustChangePassword && (
        <SecondFactor t={t} fault={fault} />
      )}
      {me.data?.hasSecondFactor && <p>{t('动态口令已启用。', 'The second factor is on.')}</p>}
    </div>
  )
}
interface Props {
  readonly t: (zh: string, en: string) => string
  readonly fault: (error: unknown) => string
}

function PasswordForm({ t, fault }: Props) {
  const { message } = App.useApp()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (v: { old: string; fresh: string }) => call(changePassword, { requestId: freshId(), ...v }),
    onSuccess: () => {
      void message.success(t('密码已修改，其他设备须重新登录', 'Password changed; other devices sign in again'))
      void client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  return (
    <Form
      layout="vertical"
      onFinish={(v: { old: string; fresh: string }) => change.mutate({ old: v.old, fresh: v.fresh })}
    >
      <h3>{t('修改密码', 'Change password')}</h3>
      {change.error ? <Alert type="error" title={fault(change.error)} role="alert" /> : null}
      <Form.Item label={t('原密码', 'Old password')} name="old" rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        label={t('新密码（至少 10 位，含三类字符）', 'New password (ten characters, three classes)')}
        name="fresh"
        rules={[{ required: true }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        label={t('再输一次', 'Again')}
        name="again"
        dependencies={['fresh']}
        rules={[
          { required: true },
          ({ getFieldValue }) => ({
            validator: (_r, value) =>
              value === getFieldValue('fresh')
                ? Promise.resolve()
                : Promise.reject(new Error(t('两次输入不一致', 'They differ'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button htmlType="submit" type="primary" loading={change.isPending}>
        {t('保存', 'Save')}
      </Button>
    </Form>
  )
}

function SecondFactor({ t, fault }: Props) {
  const prepare = useMutation({
    mutationFn: (typed: string) =>
      call(prepareSecondFactor, { requestId: freshId(), ...(typed === '' ? {} : { oneTimeCode: typed }) }),
  })
  return (
    <section>
      <h3>{t('动态口令', 'Second factor')}</h3>
      <p>
        {t(
          '您的岗位须启用动态口令后才能使用权限。启用后请重新登录。',
          'Your post takes a second factor before its rights apply. Sign in again afterwards.',
        )}
      </p>
      {prepare.data ? (
        <ConfirmFactor t={t} fault={fault} made={prepare.data} />
      ) : (
        <Form layout="vertical" onFinish={(v: { typed?: string }) => prepare.mutate(v.typed ?? '')}>
          {prepare.error ? <Alert type="error" title={fault(prepare.error)} role="alert" /> : null}
          <Form.Item
            label={t(
              '启用码（管理员及更换口令时必填，由安全管理员发放）',
              'Code of the security administrator (for administrators, and after a loss)',
            )}
            name="typed"
          >
            <Input autoComplete="off" style={{ maxWidth: 240 }} />
          </Form.Item>
          <Button htmlType="submit" loading={prepare.isPending}>
            {t('生成密钥', 'Make a secret')}
          </Button>
        </Form>
      )}
    </section>
  )
}

function ConfirmFactor({ t, fault, made }: Props & { readonly made: ReplyOf<typeof prepareSecondFactor> }) {
  const say = useSayings(shellSayings)
  const { message } = App.useApp()
  const client = useQueryClient()
  const confirm = useMutation({
    mutationFn: (v: { code: string; password: string }) => call(confirmSecondFactor, { requestId: freshId(), ...v }),
    // The session was opened without it and gives no more than before: a new one does.
    onSuccess: async () => {
      void message.success(t('动态口令已启用，请重新登录', 'The second factor is on; please sign in again'), 8)
      await call(signOut, {}).catch(() => undefined)
      client.removeQueries({ predicate: (q) => q.queryKey[0] !== 'me' })
      await client.resetQueries({ queryKey: ['me'] })
    },
  })
  const isWrong = confirm.error instanceof Refused && confirm.error.problem.problem === 'sign-in.wrong'
  const said = isWrong ? say.factorWrong : fault(confirm.error)
  return (
    <Form layout="vertical" onFinish={(v: { code: string; password: string }) => confirm.mutate(v)}>
      <img src={made.picture} alt={t('密钥二维码', 'QR code of the secret')} width={220} height={220} />
      <p style={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>{made.secret}</p>
      {confirm.error ? <Alert type="error" title={said} role="alert" /> : null}
      <Form.Item
        label={t('输入应用显示的 6 位口令', 'Enter the six digits')}
        name="code"
        rules={[{ required: true, pattern: /^\d{6}$/, message: t('请输入 6 位数字', 'Enter six digits') }]}
      >
        <Input inputMode="numeric" />
      </Form.Item>
      <Form.Item label={say.ownPassword} name="password" rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button htmlType="submit" type="primary" loading={confirm.isPending}>
        {t('启用', 'Switch on')}
      </Button>
    </Form>
  )
}
