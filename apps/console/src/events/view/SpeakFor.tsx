import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { speakFor, spokenActions, spokenWays } from '@fengge/domain/events/contract/spoken'
import type { EventView } from '@fengge/domain/events/contract/views'
import { isTypedForAnother } from '@fengge/domain/events/forms/caller'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords } from '@fengge/web/words/terms.ts'
import { has, useMe } from '../../shell/useMe.ts'
import { Score } from '../../shell/Score.tsx'

type Spoken = Omit<AskOf<typeof speakFor>, 'requestId'>

/** What a citizen says of a matter that staff typed for him, written down by somebody who had no part in it. */
export function SpeakFor({ event }: { event: EventView }) {
  const { t } = useWords()
  const me = useMe()
  const [isOpen, setOpen] = useState(false)
  const hadPart = event.flow.some((step) => step.actorName === me.data?.name)
  if (!isTypedForAnother(event.source) || !has(me.data, 'event.find-calls') || hadPart) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('诉求人来电、来访代记', 'Write down what the citizen says')}</Button>
      {isOpen && <SpeakForDialog close={() => setOpen(false)} />}
    </>
  )
}

function SpeakForDialog({ close }: { readonly close: () => void }) {
  const { t, w, fault } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [form] = Form.useForm<Spoken>()
  const action = Form.useWatch('action', form)
  const way = { phone: t('来电', 'By telephone'), window: t('当面', 'In person') }
  const send = useMutation({
    mutationFn: (spoken: Spoken) => call(speakFor, { requestId: freshId(), ...spoken }),
    onSuccess: async () => {
      close()
      void message.success(t('已代为记录', 'Written down'))
      await client.invalidateQueries()
    },
  })
  const needed = [{ required: true }]
  return (
    <Modal open title={t('代诉求人记录', 'What the citizen says')} onCancel={close} footer={null} destroyOnHidden>
      <Form form={form} layout="vertical" initialValues={{ way: 'phone' }} onFinish={(v) => send.mutate(v)}>
        {send.error ? <Alert type="error" role="alert" title={fault(send.error)} /> : null}
        <p className="soft">
          {t(
            '请诉求人报出查询码。登记、办理过此事的人不能代记；您的姓名会留在经过里。',
            'The citizen tells his code. Nobody who had a part in the matter writes it down; your name stays in its history.',
          )}
        </p>
        <Form.Item name="code" label={t('查询码', 'Code')} rules={needed}>
          <Input maxLength={20} autoComplete="off" autoCapitalize="characters" />
        </Form.Item>
        <Form.Item name="way" label={t('方式', 'How')} rules={needed}>
          <Radio.Group options={spokenWays.map((value) => ({ value, label: way[value] }))} />
        </Form.Item>
        <Form.Item name="action" label={t('诉求人要', 'He wants to')} rules={needed}>
          <Radio.Group options={spokenActions.map((value) => ({ value, label: w(actionWords, value) }))} />
        </Form.Item>
        {action === 'rate' && (
          <>
            <Form.Item name="score" label={t('满意度', 'Score')} rules={needed}>
              <Score />
            </Form.Item>
            <Form.Item name="isSolved" label={t('是否解决', 'Solved')} rules={needed}>
              <Radio.Group
                options={[
                  { value: true, label: t('已解决', 'Yes') },
                  { value: false, label: t('未解决', 'No') },
                ]}
              />
            </Form.Item>
          </>
        )}
        <Form.Item name="note" label={t('原话', 'In his words')} rules={[{ required: action === 'appeal' }]}>
          <Input.TextArea maxLength={480} rows={3} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={send.isPending} block>
          {t('记录', 'Write down')}
        </Button>
      </Form>
    </Modal>
  )
}
