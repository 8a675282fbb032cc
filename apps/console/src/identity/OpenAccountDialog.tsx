import { Button, Form, Input, Modal } from 'antd'
import { openAccount } from '@fengge/domain/identity/contract/accounts'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { firstHalf, useAccountAct } from './AccountActions.tsx'

/** A new account: its holder sets the password with a code in two halves. */
export function OpenAccountDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, show } = useAccountAct()
  const open = (v: { readonly login: string; readonly name: string }) =>
    run(async () => {
      const { half } = await call(openAccount, { requestId: freshId(), id: freshId(), ...v })
      onClose()
      show(firstHalf(t, half))
    })
  return (
    <Modal open title={t('开通账号', 'Open an account')} footer={null} onCancel={onClose} destroyOnHidden>
      <Form layout="vertical" onFinish={open}>
        <Form.Item
          name="login"
          label={t('账号', 'Login')}
          rules={[
            {
              required: true,
              pattern: /^[a-z0-9][a-z0-9._-]{2,39}$/,
              message: t(
                '3 至 40 位小写字母、数字、点、短横或下划线，以字母或数字开头',
                '3 to 40 small letters, digits, dots, dashes or underscores, beginning with a letter or digit',
              ),
            },
          ]}
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
  )
}
