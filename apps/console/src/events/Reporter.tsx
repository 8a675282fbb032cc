import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { revealReporter } from '@fengge/domain/events/contract/desk'
import type { EventView } from '@fengge/domain/events/contract/views'
import { onFile } from '@fengge/domain/kernel/text'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { has, useMe } from '../shell/useMe.ts'

/** Who reported, masked; in clear with a purpose, which is kept. */
export function Reporter({ event }: { event: EventView }) {
  const { t } = useWords()
  const me = useMe()
  const [shown, setShown] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  if (event.isAnonymous && event.reporters === 1) return <>{t('匿名', 'Anonymous')}</>
  if (event.reporterName === null && event.reporterPhone === null)
    return <>{event.reporters > 1 ? t(`${event.reporters} 人反映`, `${event.reporters} reporters`) : ''}</>
  return (
    <>
      {shown ?? leftBy(event, t).join(' ')}{' '}
      {event.reporterPhone && !shown && has(me.data, 'event.reveal-reporter') && (
        <Button size="small" onClick={() => setAsking(true)}>
          {t('查看', 'Reveal')}
        </Button>
      )}
      {event.reporters > 1 && ` · ${t(`共 ${event.reporters} 人反映`, `${event.reporters} reporters`)}`}
      {isAsking && (
        <RevealDialog
          eventId={event.id}
          close={() => setAsking(false)}
          done={(text) => {
            setShown(text)
            setAsking(false)
          }}
        />
      )}
    </>
  )
}

/** A surname where it is shown, else that a name and a phone were left. */
const leftBy = ({ reporterName, reporterPhone }: EventView, t: ReturnType<typeof useWords>['t']): string[] => [
  ...(reporterName === null ? [] : [reporterName === onFile ? t('已留姓名', 'Name left') : reporterName]),
  ...(reporterPhone === null ? [] : [t('已留电话', 'Phone left')]),
]

/** At a call-back: who is rung, and what if nobody can be. */
export function WhomToCall({ event }: { event: EventView }) {
  const { t } = useWords()
  const canCall = event.reporterPhone !== null
  return (
    <Alert
      type={canCall && event.isAnswerWanted ? 'info' : 'warning'}
      style={{ marginBottom: 12 }}
      title={
        <>
          {t('回访对象：', 'Whom to call: ')}
          <Reporter event={event} />
        </>
      }
      description={[
        !canCall &&
          t(
            '没有留电话，登记为未接通，等诉求人凭查询码评价',
            'No number was left: record it as not reached; he may rate by his code',
          ),
        !event.isAnswerWanted && t('诉求人说不需要回复', 'He said that he wants no answer'),
      ]
        .filter(Boolean)
        .join(t('；', '; '))}
    />
  )
}

interface Asking {
  readonly eventId: string
  readonly close: () => void
  readonly done: (text: string) => void
}

function RevealDialog({ eventId, close, done }: Asking) {
  const { t, fault } = useWords()
  const reveal = useMutation({
    mutationFn: ({ purpose }: { purpose: string }) =>
      call(revealReporter, { requestId: freshId(), eventId, purpose: purpose.trim() }),
    onSuccess: ({ reporters }) => done(reporters.map((r) => `${r.name} ${r.phone}`).join('；')),
  })
  return (
    <Modal open onCancel={close} footer={null} destroyOnHidden title={t('查看诉求人联系方式', 'Reveal the reporter')}>
      <p className="soft">
        {t('每次查看都会记入日志，24 小时内最多 20 次。', 'Each look is kept in the journal; twenty a day at most.')}
      </p>
      {reveal.error ? <Alert type="error" role="alert" title={fault(reveal.error)} /> : null}
      <Form layout="vertical" onFinish={(v: { purpose: string }) => reveal.mutate(v)}>
        <Form.Item
          name="purpose"
          label={t('查看用途', 'Purpose')}
          rules={[{ required: true, whitespace: true, min: 2, max: 100 }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={reveal.isPending}>
          {t('查看', 'Reveal')}
        </Button>
      </Form>
    </Modal>
  )
}
