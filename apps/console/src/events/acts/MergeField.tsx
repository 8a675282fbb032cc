import { useQuery } from '@tanstack/react-query'
import { Form, Select, Tag } from 'antd'
import { useDeferredValue, useState } from 'react'
import { findMergeTargets } from '@fengge/domain/events/contract/merging'
import type { EventView } from '@fengge/domain/events/contract/views'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { reasonWords, statusWords } from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'

type Target = ReplyOf<typeof findMergeTargets>['targets'][number]

/** Into which event: the likeliest at once, others by number, words or place; each with why it may be the same. */
export function MergeField({ name, event }: { readonly name: string; readonly event: EventView }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text)
  const found = useQuery({
    queryKey: ['merge-targets', event.id, asked],
    queryFn: () => call(findMergeTargets, { eventId: event.id, text: asked }),
    placeholderData: (before) => before,
  })
  return (
    <Form.Item
      name={name}
      label={t('并入', 'Into')}
      rules={[{ required: true }]}
      extra={t(
        '只列出同镇、同类别、未办结的事件；可按编号、内容、地点查找',
        'Only open events of the same town and category; search by number, words or place',
      )}
    >
      <Select
        showSearch={{ filterOption: false, onSearch: setText }}
        loading={found.isFetching}
        notFoundContent={found.isPending ? t('查找中…', 'Searching …') : t('没有可并入的事件', 'Nothing to join it to')}
        optionLabelProp="title"
        options={(found.data?.targets ?? []).map((target) => ({
          value: target.id,
          title: `${target.title} ${target.no}`,
          label: <TargetLine target={target} />,
        }))}
      />
    </Form.Item>
  )
}

function TargetLine({ target }: { readonly target: Target }) {
  const { w } = useWords()
  const where = [
    target.no,
    w(statusWords, target.status),
    target.gridName,
    target.placeText,
    showTime(target.reportedAt),
  ]
  return (
    <div style={{ whiteSpace: 'normal' }}>
      <div>{target.title}</div>
      <div className="soft">{where.filter(Boolean).join(' · ')}</div>
      {target.reasons.map((reason) => {
        const [kind = '', what = ''] = reason.split(':')
        return (
          <Tag key={reason} color={kind === 'near' || kind === 'caller' ? 'green' : 'blue'}>
            {[w(reasonWords, kind), what].filter(Boolean).join(' ')}
          </Tag>
        )
      })}
    </div>
  )
}
