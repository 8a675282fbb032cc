import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Checkbox, DatePicker, Form, Input } from 'antd'
import { useState } from 'react'
import { findCalls } from '@fengge/domain/events/contract/desk'
import { isReachable, plainNumber } from '@fengge/domain/events/forms/caller'
import type { EventSource } from '@fengge/domain/events/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { State } from '@fengge/web/ui/State/State.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../../shell/useMe.ts'
import { useReportWords } from './words/report.ts'

export interface CallerValues {
  readonly name?: string
  readonly phone?: string
  readonly isAnonymous?: boolean
  readonly isAnswerWanted?: boolean
}

/** Who called or came in: he is who reported, and he is rung when it is done. */
export function CallerCard({ source }: { readonly source: EventSource }) {
  const say = useReportWords()
  const isAnonymous = Form.useWatch<boolean | undefined>(['caller', 'isAnonymous']) === true
  return (
    <Panel title={source === 'hotline' ? say.caller : say.visitor}>
      <Form.Item name={['caller', 'isAnonymous']} valuePropName="checked">
        <Checkbox>{say.anonymous}</Checkbox>
      </Form.Item>
      {!isAnonymous && <Named />}
      <Form.Item name={['caller', 'isAnswerWanted']} valuePropName="checked" initialValue>
        <Checkbox>{say.answerWanted}</Checkbox>
      </Form.Item>
      <Form.Item name="isSecret" valuePropName="checked">
        <Checkbox>{say.inConfidence}</Checkbox>
      </Form.Item>
      {source === 'hotline' && <Ticket />}
    </Panel>
  )
}

function Named() {
  const say = useReportWords()
  const [asked, setAsked] = useState('')
  const reachable = (_rule: unknown, value: string | undefined) =>
    !value || isReachable(value) ? Promise.resolve() : Promise.reject(new Error(say.noSuchNumber))
  return (
    <>
      <Form.Item
        name={['caller', 'phone']}
        label={say.telephone}
        rules={[{ required: true }, { validator: reachable }]}
      >
        <Input
          type="tel"
          maxLength={24}
          autoComplete="off"
          onBlur={(e) => setAsked(isReachable(e.target.value) ? plainNumber(e.target.value) : '')}
        />
      </Form.Item>
      <EarlierCalls phone={asked} />
      <Form.Item name={['caller', 'name']} label={say.name}>
        <Input maxLength={30} autoComplete="off" />
      </Form.Item>
    </>
  )
}

/** The number and the limit that the hotline gave it, where it gave them. */
function Ticket() {
  const say = useReportWords()
  return (
    <div className="report-pair">
      <Form.Item
        name="ticketNo"
        label={say.ticketNo}
        rules={[{ pattern: /^\s*[A-Za-z0-9-]{4,40}\s*$/, message: say.ticketShape }]}
      >
        <Input maxLength={42} autoComplete="off" />
      </Form.Item>
      <Form.Item name="externalDueAt" label={say.ticketDue}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
      </Form.Item>
    </div>
  )
}

/** What the same number told of before; each question is kept in the journal. */
function EarlierCalls({ phone }: { readonly phone: string }) {
  const { fault } = useWords()
  const say = useReportWords()
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
  if (found.error) return <Notice kind="refused" title={fault(found.error)} />
  if (!found.data) return null
  const { calls, more } = found.data
  if (calls.length === 0)
    return (
      <p className="ev-note" role="status">
        {say.noEarlier}
      </p>
    )
  return (
    <div className="report-known" role="status">
      <strong>{say.earlier(calls.length + more)}</strong>
      <ul className="ev-related">
        {calls.map((c) => (
          <li key={c.id}>
            <Link to="/events/$id" params={{ id: c.id }} target="_blank">
              {c.title}
            </Link>
            <State status={c.status} />
            <span className="ev-note">
              {showTime(c.reportedAt)} · {c.no}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
