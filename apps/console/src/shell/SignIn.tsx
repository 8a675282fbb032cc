import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { signIn, type Me } from '@fengge/domain/identity/contract'
import { call, Refused } from '@fengge/web/api/call.ts'
import { setLanguage, useWords } from '@fengge/web/words/language.ts'
import { Redeem } from './Redeem.tsx'

const asksCode = (error: unknown): boolean =>
  error instanceof Refused && error.problem.problem === 'sign-in.code-needed'

function useEnter(onDone?: (me: Me) => void) {
  const client = useQueryClient()
  // Once asked for, the field stays: a wrong code does not take it away.
  const [needsCode, setNeedsCode] = useState(false)
  const enter = useMutation({
    mutationFn: (v: { login: string; password: string; code?: string }) =>
      call(signIn, { login: v.login, password: v.password, ...(v.code ? { code: v.code } : {}) }),
    onSuccess: (me) => {
      client.setQueryData(['me'], me)
      onDone?.(me)
    },
    onError: (e) => {
      if (asksCode(e)) setNeedsCode(true)
    },
  })
  return { enter, needsCode, forgetCode: () => setNeedsCode(false) }
}

export function SignIn({ error }: { error: unknown }) {
  const { t, language } = useWords()
  const [isRedeeming, setRedeeming] = useState(false)
  if (isRedeeming) return <Redeem onDone={() => setRedeeming(false)} />
  return (
    <main className="sign-in">
      <h1>{t('枫格 · 社区网格化服务管理', 'Fengge · community grids')}</h1>
      <SignInForm error={error} />
      <p>
        <Button type="link" onClick={() => setRedeeming(true)}>
          {t('凭验证码设密码', 'Set a password with a code')}
        </Button>
        <Button type="link" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {language === 'zh' ? 'English' : '中文'}
        </Button>
      </p>
    </main>
  )
}

interface FormProps {
  readonly error?: unknown
  readonly onDone?: (me: Me) => void
}

export function SignInForm({ error = null, onDone }: FormProps) {
  const { t, fault } = useWords()
  const { enter, needsCode, forgetCode } = useEnter(onDone)
  const shown = enter.error ?? error
  return (
    <Form
      layout="vertical"
      onFinish={(v: { login: string; password: string; code?: string }) => enter.mutate(v)}
      onValuesChange={(changed: { login?: string }) => {
        if (changed.login !== undefined) forgetCode()
      }}
      requiredMark={false}
    >
      {shown ? (
        <Alert
          type={asksCode(shown) ? 'info' : 'error'}
          title={fault(shown)}
          style={{ marginBottom: 16 }}
          role="alert"
        />
      ) : null}
      <Form.Item label={t('账号', 'Login')} name="login" rules={[{ required: true }]}>
        <Input autoComplete="username" autoFocus size="large" />
      </Form.Item>
      <Form.Item label={t('密码', 'Password')} name="password" rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" size="large" />
      </Form.Item>
      {needsCode && (
        <Form.Item
          label={t('动态口令（6 位）', 'One-time code')}
          name="code"
          rules={[{ required: true, pattern: /^\d{6}$/, message: t('请输入 6 位数字', 'Enter six digits') }]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" size="large" />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={enter.isPending}>
        {t('登录', 'Sign in')}
      </Button>
    </Form>
  )
}
