import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, DatePicker, Empty, Form, Input, Modal, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { takeArrival } from '@fengge/domain/registry/arriving/contract'
import type { Arrival } from '@fengge/domain/registry/arriving/terms'
import { searchRegistry } from '@fengge/domain/registry/contract'
import { homeRoles } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { linkRoleWords } from '@fengge/web/words/registry.ts'
import { today } from '../../shell/Days.tsx'

interface Said {
  readonly houseId: string
  readonly role: (typeof homeRoles)[number]
  readonly fromOn: Dayjs
}

function useTaking(a: Arrival, close: () => void) {
  const { t } = useWords()
  const client = useQueryClient()
  const { message } = App.useApp()
  return useMutation({
    mutationFn: ({ houseId, role, fromOn }: Said) =>
      call(takeArrival, {
        requestId: freshId(),
        id: a.id,
        linkId: freshId(),
        houseId,
        role,
        fromOn: fromOn.format('YYYY-MM-DD'),
      }),
    onSuccess: async () => {
      close()
      void message.success(t('已登记入住，由本网格负责。', 'Registered; this grid answers from now on.'))
      await client.invalidateQueries()
    },
  })
}

/** He was found: the house is looked for by the words that were said, and becomes his home. */
export function TakeDialog({ arrival: a, close }: { arrival: Arrival; readonly close: () => void }) {
  const { t, w, fault } = useWords()
  const [text, setText] = useState(a.address)
  const found = useQuery({ queryKey: ['arrival-houses', text], queryFn: () => call(searchRegistry, { text }) })
  const houses = (found.data?.records ?? []).filter((x) => x.kind === 'house')
  const take = useTaking(a, close)
  const isDue = a.onDay <= today().format('YYYY-MM-DD')
  return (
    <Modal open onCancel={close} footer={null} title={t(`${a.name}住在哪一户`, `Which house ${a.name} lives in`)}>
      {take.error ? <Alert type="error" role="alert" title={fault(take.error)} /> : null}
      <Input.Search
        defaultValue={a.address}
        aria-label={t('按地址找房屋', 'Find the house by its address')}
        enterButton={t('找房屋', 'Find')}
        loading={found.isFetching}
        onSearch={(v) => v.trim() !== '' && setText(v.trim())}
        style={{ marginBottom: 12 }}
      />
      <Form<Said>
        layout="vertical"
        initialValues={{ role: 'tenant', fromOn: isDue ? dayjs(a.onDay) : today() }}
        onFinish={(v) => take.mutate(v)}
      >
        {houses.length === 0 && !found.isFetching && (
          <Empty
            description={t(
              '没有找到这处房屋。换个写法，或先在“楼栋”里登记房屋。',
              'No such house. Write it otherwise, or register the house first.',
            )}
          />
        )}
        {houses.length > 0 && (
          <Form.Item name="houseId" label={t('房屋', 'House')} rules={[{ required: true }]}>
            <Radio.Group
              options={houses.map((h) => ({ value: h.id, label: h.name }))}
              style={{ display: 'grid', gap: 4 }}
            />
          </Form.Item>
        )}
        <Form.Item name="role" label={t('与房屋关系', 'Part')}>
          <Select options={homeRoles.map((value) => ({ value, label: w(linkRoleWords, value) }))} />
        </Form.Item>
        <Form.Item name="fromOn" label={t('入住日期', 'Since')}>
          <DatePicker allowClear={false} maxDate={today()} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={take.isPending} disabled={houses.length === 0}>
          {t('登记入住', 'Register')}
        </Button>
      </Form>
    </Modal>
  )
}
