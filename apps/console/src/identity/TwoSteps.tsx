import { useQuery } from '@tanstack/react-query'
import { Button, Space, Table } from 'antd'
import { decideTwoStep, listTwoSteps, type TwoStep } from '@fengge/domain/identity/contract/accounts'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { ownerWords } from '@fengge/web/words/field.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { useAccountAct } from './AccountActions.tsx'

const kinds: Readonly<Record<TwoStep['kind'], readonly [zh: string, en: string]>> = {
  password: ['设新密码', 'A new password'],
  'second-factor': ['更换丢失的动态口令', 'Renew a lost second factor'],
  close: ['停用管理员账号', 'Close an administrator'],
  reopen: ['恢复管理员账号', 'Reopen an administrator'],
  'post-give': ['任职', 'Give a post'],
  'post-end': ['免职', 'End a post'],
  department: ['变更部门', 'Change a department'],
}

const shownFor = (t: Words['t'], kind: TwoStep['kind'], code: string) =>
  kind === 'password'
    ? {
        code,
        title: t('第二段验证码（只显示一次）', 'Second half of the code (shown once)'),
        text: t(
          '请交给本人。本人凭两段验证码在登录页设密码，三日内有效。先前设过密码的，原密码已失效。',
          'Give it to the holder, who sets a password with both halves on the sign-in page within three days. A password set before holds no longer.',
        ),
      }
    : {
        code,
        title: t('动态口令启用码（只显示一次）', 'Code for the second factor (shown once)'),
        text: t(
          '请交给本人；重新启用动态口令时输入，三日内有效。',
          'Give it to the holder, to be entered when the second factor is switched on again, within three days.',
        ),
      }

/** As what and where, and the last day of what is to be ended. */
const postIn = (t: Words['t'], { post }: TwoStep): string =>
  post === null ? '' : `：${t(post.role, post.roleEn)} · ${post.place}${post.toOn === null ? '' : ` → ${post.toOn}`}`

/** What a department is and what it is to be. */
function DepartmentChange({ change }: { readonly change: NonNullable<TwoStep['department']> }) {
  const { t, w } = useWords()
  const show = ({ name, kind, status }: typeof change.after) =>
    `${name}（${w(ownerWords, kind)}，${status === 'active' ? t('在用', 'active') : t('停用', 'closed')}）`
  return (
    <>
      {show(change.before)} → {show(change.after)}
    </>
  )
}

/** What administrators asked for and another one has to confirm. */
export function TwoSteps() {
  const { t } = useWords()
  const { run, show, tell } = useAccountAct()
  const steps = useQuery({ queryKey: ['two-steps'], queryFn: async () => (await call(listTwoSteps, {})).steps })
  const decide = (step: TwoStep, isAgreed: boolean) =>
    run(async () => {
      const { oneTimeCode } = await call(decideTwoStep, { requestId: freshId(), id: step.id, isAgreed })
      if (oneTimeCode !== null) show(shownFor(t, step.kind, oneTimeCode))
      else tell('done', isAgreed ? t('已同意', 'Confirmed') : t('已记为不同意', 'Refused'))
    })
  if (!steps.data || steps.data.length === 0) return null
  return (
    <section style={{ marginBottom: 16 }}>
      <h3>{t('待双人确认', 'Waits for a second administrator')}</h3>
      <Table<TwoStep>
        rowKey="id"
        size="small"
        pagination={false}
        dataSource={steps.data}
        columns={[
          { title: t('事项', 'What'), render: (_, s) => `${t(...kinds[s.kind])}${postIn(t, s)}` },
          {
            title: t('账号或部门', 'Account or department'),
            render: (_, s) => (s.department ? <DepartmentChange change={s.department} /> : `${s.name}（${s.login}）`),
          },
          { title: t('申请人', 'Asked by'), dataIndex: 'askedBy' },
          { title: t('有效至', 'Until'), render: (_, s) => showTime(s.expiresAt) },
          {
            title: '',
            render: (_, s) =>
              s.mayConfirm ? (
                <Space>
                  <Button size="small" type="primary" onClick={() => decide(s, true)}>
                    {t('同意', 'Confirm')}
                  </Button>
                  <Button size="small" onClick={() => decide(s, false)}>
                    {t('不同意', 'Refuse')}
                  </Button>
                </Space>
              ) : (
                <span className="soft">{t('待另一位管理员', 'For another administrator')}</span>
              ),
          },
        ]}
      />
    </section>
  )
}
