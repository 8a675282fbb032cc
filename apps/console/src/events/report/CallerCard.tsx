import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Checkbox, DatePicker, Form, Input } from 'antd'
import { useState } from 'react'
import { findCalls } from '@fengge/domain/events/contract/desk'
import type { EventSource } from '@fengge/domain/events/terms'
import { isReachable, plainNumber } from '@fengge/domain/events/forms/caller'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { statusWords } from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../../shell/useMe.ts'

export interface CallerValues {
  readonly name?: string
  readonly phone?: string
  readonly isAnonymous?: boolean
  readonly isAnswerWanted?: boolean
}

/** Who called or came in: he is who reported, and he is rung when it is done. */
export function CallerCard({ source }: { source: EventSource }) {
  const { t } = useWords()
  const isAnonymous = Form.useWatch<boolean | undefined>(['caller', 'isAnonymous']) === true
  const [asked, setAsked] = useState('')
  return (
    <fieldset className="panel" style={{ marginBottom: 16 }}>
      <legend>{source === 'hotline' ? t('来电人', 'Caller') : t('来访人', 'Visitor')}</legend>
      <Form.Item name={['caller', 'isAnonymous']} valuePropName="checked">
        <Checkbox>{t('匿名，不留姓名和电话', 'Anonymous: neither name nor number is kept')}</Checkbox>
      </Form.Item>
      {!isAnonymous && (
        <>
          <Form.Item
            name={['caller', 'phone']}
            label={t('电话', 'Telephone')}
            rules={[
              { required: true },
              {
                validator: (_rule, value: string | undefined) =>
                  !value || isReachable(value)
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('号码不对，请核对位数', 'No such number; please check its figures'))),
              },
            ]}
          >
            <Input
              type="tel"
              maxLength={24}
              autoComplete="off"
              onBlur={(e) => setAsked(isReachable(e.target.value) ? plainNumber(e.target.value) : '')}
            />
          </Form.Item>
          <EarlierCalls phone={asked} />
          <Form.Item name={['caller', 'name']} label={t('姓名', 'Name')}>
            <Input maxLength={30} autoComplete="off" />
          </Form.Item>
        </>
      )}
      <Form.Item name={['caller', 'isAnswerWanted']} valuePropName="checked" initialValue>
        <Checkbox>{t('需要回复办理结果', 'Wants to be told what came of it')}</Checkbox>
      </Form.Item>
      <Form.Item name="isSecret" valuePropName="checked">
        <Checkbox>{t('要求保密，只让经办人看到', 'In confidence: only those who handle it see it')}</Checkbox>
      </Form.Item>
      {source === 'hotline' && (
        <>
          <TicketNo />
          <Form.Item name="externalDueAt" label={t('热线办理时限（没有可不填）', 'Due by the hotline (if it says so)')}>
            <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
          </Form.Item>
        </>
      )}
    </fieldset>
  )
}

/** The number that the hotline gave it, where it gave one. */
function TicketNo() {
  const { t } = useWords()
  return (
    <Form.Item
      name="ticketNo"
      label={t('热线工单号（没有可不填）', 'Ticket number (if there is one)')}
      rules={[
        {
          pattern: /^\s*[A-Za-z0-9-]{4,40}\s*$/,
          message: t('4 至 40 位字母、数字或“-”', '4 to 40 letters, figures or “-”'),
        },
      ]}
    >
      <Input maxLength={42} autoComplete="off" />
    </Form.Item>
  )
}

/** What the same number told of before; each question is kept in the journal. */
function EarlierCalls({ phone }: { phone: string }) {
  const { t, w, fault } = useWords()
  const me = useMe()
  const found = useQuery({
    queryKey: ['calls', phone],
    queryFn: () => call(findCalls, { requestId: freshId(), phone }),
    enabled: phone !== '' && has(me.data, 'event.find-calls'),
    // Asked once a call; the next call asks anew.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
  if (found.error) return <Alert type="error" role="alert" title={fault(found.error)} style={{ marginBottom: 12 }} />
  if (!found.data) return null
  const { calls, more } = found.data
  if (calls.length === 0)
    return (
      <p className="soft" role="status">
        {t('此号码以前没有反映过。', 'Nothing was told from this number before.')}
      </p>
    )
  return (
    <div role="status" style={{ marginBottom: 12 }}>
      <strong>
        {t(`此号码以前反映过 ${calls.length + more} 件`, `${calls.length + more} told from this number before`)}
      </strong>
      <ul>
        {calls.map((c) => (
          <li key={c.id}>
            <Link to="/events/$id" params={{ id: c.id }} target="_blank">
              {c.title}
            </Link>{' '}
            <span className="soft">
              {w(statusWords, c.status)} · {showTime(c.reportedAt)} · {c.no}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
