import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, InputNumber, Modal, Table } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { listDays, saveDays, type DayTermView } from '@fengge/domain/registry/days/contract'
import { dayGroups } from '@fengge/domain/registry/days/ready-days'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { dayGroupWords, dayTermWords } from '@fengge/web/words/registry.ts'
import { today } from '../../shell/Days.tsx'

/** The days a county counts by; who keeps its rules sets them, from a day on. */
export function DaysTab() {
  const { t, w } = useWords()
  const book = useQuery({ queryKey: ['registry-days'], queryFn: () => call(listDays, {}) })
  const [edited, setEdited] = useState<DayTermView | null>(null)
  return (
    <>
      <p className="soft">
        {t(
          '新天数自生效日起用于此后的核实和注销，已定的期限不变。',
          'A new number holds for what is verified or ended from its day on; terms that run stay as they are.',
        )}
      </p>
      {dayGroups.map((group) => (
        <section className="panel" key={group} style={{ marginBottom: 12 }}>
          <h3 style={{ marginTop: 0 }}>{w(dayGroupWords, group)}</h3>
          <Table<DayTermView>
            rowKey="code"
            size="small"
            loading={book.isPending}
            dataSource={(book.data?.terms ?? []).filter((x) => x.group === group)}
            pagination={false}
            columns={[
              { title: t('对象', 'Of what'), render: (_, x) => w(dayTermWords, x.code) },
              { title: t('天数', 'Days'), dataIndex: 'days', align: 'right' },
              {
                title: t('自', 'Since'),
                render: (_, x) => x.fromOn ?? t(`预置（${x.readyDays} 天）`, `ready set (${x.readyDays})`),
              },
              {
                title: t('将改为', 'Next'),
                render: (_, x) =>
                  x.next ? t(`${x.next.fromOn} 起 ${x.next.days} 天`, `${x.next.days} from ${x.next.fromOn}`) : '',
              },
              {
                title: '',
                render: (_, x) =>
                  book.data?.canEdit && (
                    <Button size="small" onClick={() => setEdited(x)}>
                      {t('设定', 'Set')}
                    </Button>
                  ),
              },
            ]}
          />
        </section>
      ))}
      {edited && <DaysDialog term={edited} close={() => setEdited(null)} />}
    </>
  )
}

interface Asked {
  readonly days: number
  readonly fromOn: Dayjs
  readonly basis: string
}
function DaysDialog({ term, close }: { term: DayTermView; readonly close: () => void }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: ({ days, fromOn, basis }: Asked) =>
      call(saveDays, { requestId: freshId(), code: term.code, days, fromOn: fromOn.format('YYYY-MM-DD'), basis }),
    onSuccess: async () => {
      close()
      await client.invalidateQueries({ queryKey: ['registry-days'] })
    },
  })
  return (
    <Modal open onCancel={close} footer={null} title={w(dayTermWords, term.code)}>
      {save.error ? <Alert type="error" role="alert" title={fault(save.error)} /> : null}
      <Form<Asked>
        layout="vertical"
        initialValues={{ days: term.days, fromOn: today() }}
        onFinish={(v) => save.mutate(v)}
      >
        <Form.Item
          name="days"
          label={t(`天数（${term.least}–${term.most}）`, `Days (${term.least}–${term.most})`)}
          rules={[{ required: true }]}
        >
          <InputNumber min={term.least} max={term.most} precision={0} />
        </Form.Item>
        <Form.Item name="fromOn" label={t('自哪一天起', 'From what day')}>
          <DatePicker allowClear={false} minDate={today()} />
        </Form.Item>
        <Form.Item name="basis" label={t('依据', 'By what decision')} rules={[{ required: true, max: 200 }]}>
          <Input />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('保存', 'Save')}
        </Button>
      </Form>
    </Modal>
  )
}
