import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input } from 'antd'
import { redeemCode } from '@fengge/domain/identity/contract/accounts'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'

interface Given {
  readonly login: string
  readonly first: string
  readonly second: string
  readonly fresh: string
}

/** Sets a password with both halves of a code: for a new account, and after a reset. */
export function Redeem({ onDone }: { readonly onDone: () => void }) {
  const { t, fault } = useWords()
  const { message } = App.useApp()
  const redeem = useMutation({
    mutationFn: ({ login, first, second, fresh }: Given) => call(redeemCode, { login, first, second, fresh }),
    onSuccess: () => {
      void message.success(t('密码已设好，请登录', 'The password is set; please sign in'))
      onDone()
    },
  })
  return (
    <main className="sign-in">
      <h1>{t('凭验证码设密码', 'Set a password with a code')}</h1>
      <p>
        {t(
          '两段验证码分别由系统管理员和安全管理员交给您，三日内有效。',
          'The system administrator and the security administrator each gave you half of a code; it holds for three days.',
        )}
      </p>
      <Form layout="vertical" onFinish={(v: Given) => redeem.mutate(v)} requiredMark={false}>
        {redeem.error ? <Alert type="error" title={fault(redeem.error)} role="alert" /> : null}
        <Form.Item label={t('账号', 'Login')} name="login" rules={[{ required: true }]}>
          <Input autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item
          label={t('第一段（系统管理员给）', 'First half (from the system administrator)')}
          name="first"
          rules={[{ required: true }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          label={t('第二段（安全管理员给）', 'Second half (from the security administrator)')}
          name="second"
          rules={[{ required: true }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          label={t('新密码（至少 10 位，含三类字符）', 'New password (ten characters, three classes)')}
          name="fresh"
          rules={[{ required: true }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={redeem.isPending}>
          {t('设密码', 'Set the password')}
        </Button>
      </Form>
      <p>
        <Button type="link" onClick={onDone}>
          {t('返回登录', 'Back')}
        </Button>
      </p>
    </main>
  )
}
