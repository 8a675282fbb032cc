import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Popconfirm, Space } from 'antd'
import {
  closeAccount,
  giveEnrolCode,
  renewSecondFactor,
  reopenAccount,
  resetPassword,
  unlockAccount,
  type Account,
} from '@fengge/domain/identity/contract/accounts'
import type { z } from 'zod'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import { has, useMe } from '../shell/useMe.ts'
import { TakePhoto } from './TakePhoto.tsx'

export type AccountRow = z.infer<typeof Account>

export interface Shown {
  readonly code: string
  readonly title: string
  readonly text: string
}

/** Runs an act on an account; shows what went wrong, and codes that are shown once. */
export function useAccountAct() {
  const { t, fault } = useWords()
  const { modal, message } = App.useApp()
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['accounts'] }),
        client.invalidateQueries({ queryKey: ['two-steps'] }),
        client.invalidateQueries({ queryKey: ['asked-posts'] }),
      ]),
    onError: (e) => {
      void modal.error({ title: fault(e) })
    },
  })
  return {
    run: act.mutate,
    show: ({ code, title, text }: Shown) =>
      modal.info({
        title,
        content: (
          <>
            <p>
              <code style={{ fontSize: 22 }}>{code}</code>
            </p>
            <p>{text}</p>
          </>
        ),
      }),
    tell: (state: 'done' | 'asked', done = t('已办理', 'Done')) =>
      void message.success(
        state === 'done' ? done : t('已提交，待另一位管理员确认', 'Sent; another administrator has to confirm it'),
      ),
    confirm: modal.confirm,
  }
}

export const firstHalf = (t: Words['t'], code: string): Shown => ({
  code,
  title: t('第一段验证码（只显示一次）', 'First half of the code (shown once)'),
  text: t(
    '请当面或电话交给本人。第二段由安全管理员在“待双人确认”中同意后交给本人；本人凭两段在登录页设密码。',
    'Give it to the holder yourself. The security administrator gives the second half after confirming; with both the password is set on the sign-in page.',
  ),
})

const isAdmin = (a: AccountRow) => a.postings.some((p) => p.roleCode.endsWith('-admin'))

/** A photo for the badge of somebody else who serves. */
function Photo({ account: { id, name, postings } }: { readonly account: AccountRow }) {
  const me = useMe().data
  const mayTake = me?.accountId !== id && has(me, 'badge.issue', 'posting.manage')
  return mayTake && postings.some((p) => p.toOn === null) && <TakePhoto accountId={id} name={name} />
}

/** What the person signed in may do to an account. */
export function AccountActions({ account, onGive }: { readonly account: AccountRow; readonly onGive: () => void }) {
  const { t } = useWords()
  const me = useMe().data
  const { run, show } = useAccountAct()
  const ask = () => ({ requestId: freshId(), id: account.id })
  const isOwn = me?.accountId === account.id
  const mayAsk = !isOwn && (has(me, 'account.manage') || (isAdmin(account) && has(me, 'posting.manage', 'audit.read')))
  return (
    <Space wrap>
      {has(me, 'posting.manage') && !isOwn && (
        <Button size="small" onClick={onGive}>
          {t('任职', 'Give a post')}
        </Button>
      )}
      {has(me, 'account.unlock') && account.isLocked && (
        <Button size="small" onClick={() => run(() => call(unlockAccount, ask()))}>
          {t('解除等待', 'End the wait')}
        </Button>
      )}
      {has(me, 'posting.manage') && !isOwn && !account.hasSecondFactor && isAdmin(account) && (
        <Button
          size="small"
          onClick={() =>
            run(async () => {
              const { oneTimeCode: code } = await call(giveEnrolCode, ask())
              show({
                code,
                title: t('动态口令启用码（只显示一次）', 'Code for the second factor (shown once)'),
                text: t(
                  '交给本人；三日内在“我的账号”启用动态口令时输入。',
                  'Give it to the holder, to be entered when the second factor is switched on, within three days.',
                ),
              })
            })
          }
        >
          {t('发启用码', 'Second-factor code')}
        </Button>
      )}
      <Photo account={account} />
      {mayAsk && <Asking account={account} />}
    </Space>
  )
}

/** What takes a second administrator, or may take one. */
function Asking({ account }: { readonly account: AccountRow }) {
  const { t } = useWords()
  const { run, show, tell } = useAccountAct()
  const ask = () => ({ requestId: freshId(), id: account.id })
  const state = (work: () => Promise<{ readonly state: 'done' | 'asked' }>) => () =>
    run(async () => {
      tell((await work()).state)
    })
  if (account.status === 'closed')
    return (
      <Button size="small" onClick={state(() => call(reopenAccount, ask()))}>
        {t('恢复', 'Reopen')}
      </Button>
    )
  return (
    <Space wrap>
      <Popconfirm
        title={t(`重置 ${account.name} 的密码？`, `Reset the password of ${account.name}?`)}
        description={t(
          '先前发出的验证码随即作废。安全管理员同意之前，原密码仍可使用。',
          'Codes given out before are void at once. The old password holds until the security administrator confirms.',
        )}
        onConfirm={() => run(async () => show(firstHalf(t, (await call(resetPassword, ask())).half)))}
      >
        <Button size="small">{t('重置密码', 'Reset the password')}</Button>
      </Popconfirm>
      {account.hasSecondFactor && (
        <Popconfirm
          title={t(`作废 ${account.name} 的动态口令？`, `Take the second factor from ${account.name}?`)}
          onConfirm={state(() => call(renewSecondFactor, ask()))}
        >
          <Button size="small">{t('动态口令丢失', 'Second factor lost')}</Button>
        </Popconfirm>
      )}
      <Popconfirm
        title={t(`停用 ${account.name} 的账号？`, `Close the account of ${account.name}?`)}
        onConfirm={state(() => call(closeAccount, ask()))}
      >
        <Button size="small">{t('停用', 'Close')}</Button>
      </Popconfirm>
    </Space>
  )
}
