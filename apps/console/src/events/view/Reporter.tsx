import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { revealReporter } from '@fengge/domain/events/contract/desk'
import type { EventView } from '@fengge/domain/events/contract/views'
import { onFile } from '@fengge/domain/kernel/text'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import { waiterWords } from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../../shell/useMe.ts'

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

type Waiting = EventView['callList'][number]

/** Who waits, how it stands with him, and when he was rung in vain. */
function standOf(waiting: Waiting, nth: number, { t, w }: Words): string {
  const tries = waiting.tries.map((at) => showTime(at))
  return [
    waiting.name === null || waiting.name === onFile ? t(`反映人 ${nth}`, `Reporter ${nth}`) : waiting.name,
    waiting.phone === null && t('没有留电话', 'no number left'),
    w(waiterWords, waiting.state),
    tries.length > 0 &&
      t(`按所留电话未接通：${tries.join('，')}`, `not reached at the number left: ${tries.join(', ')}`),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** When another try in vain counts towards the end, and how many more are needed. */
function tryHint({ counted, needed, countsFrom }: Waiting, { t }: Words): string {
  const sum = t(`未接通已计 ${counted} 次，满 ${needed} 次可结案`, `${counted} of ${needed} tries in vain count`)
  const next =
    countsFrom === null
      ? t('现在再拨计一次', 'another counts now')
      : t(`${showTime(countsFrom)} 起再拨才计下一次`, `another counts from ${showTime(countsFrom)}`)
  return `${sum}；${next}`
}

/** On the page of an event that several told of: who is still to be rung. */
export function CallList({ event }: { event: EventView }) {
  const words = useWords()
  const { t } = words
  if (event.callList.length === 0) return null
  const left = event.callList.filter((c) => c.state === 'to-ring').length
  return (
    <Alert
      type="info"
      title={t(
        `${event.callList.length} 人等待回访，还有 ${left} 人未回访`,
        `${event.callList.length} wait for a call, ${left} still to be rung`,
      )}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {event.callList.map((waiting, i) => (
            <li key={waiting.reporterId}>
              {standOf(waiting, i + 1, words)}
              {waiting.state === 'to-ring' && waiting.tries.length > 0 && (
                <div className="soft">{tryHint(waiting, words)}</div>
              )}
            </li>
          ))}
        </ul>
      }
    />
  )
}

/** At a call-back of several: which of them was rung. */
export function CallField({ name, event }: { readonly name: string; readonly event: EventView }) {
  const words = useWords()
  const { t } = words
  const chosen = Form.useWatch<string | undefined>(name)
  const left = event.callList.filter((c) => c.state === 'to-ring')
  const whom = event.callList.find((c) => c.reporterId === (chosen ?? left[0]?.reporterId))
  const hint = whom !== undefined && whom.tries.length > 0 ? <p className="soft">{tryHint(whom, words)}</p> : null
  if (event.callList.length < 2) return hint
  return (
    <>
      <Form.Item
        name={name}
        label={t('回访对象', 'Whom to call')}
        initialValue={left[0]?.reporterId}
        rules={[{ required: left.length > 0 }]}
        extra={
          <>
            {t('每人都要回访；', 'Each is rung; ')}
            <Reporter event={event} />
          </>
        }
      >
        <Radio.Group
          options={event.callList.map((waiting, i) => ({
            value: waiting.reporterId,
            label: standOf(waiting, i + 1, words),
            disabled: waiting.state !== 'to-ring',
          }))}
        />
      </Form.Item>
      {hint}
    </>
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
