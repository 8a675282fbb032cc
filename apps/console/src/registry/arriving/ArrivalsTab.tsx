import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Empty, Form, Input, Modal, Radio, Space, Spin, Tag } from 'antd'
import { useState } from 'react'
import { decideArrival, listArrivals, missArrival } from '@fengge/domain/registry/arriving/contract'
import type { Arrival } from '@fengge/domain/registry/arriving/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { PlaceSelect } from '../../places/PlaceSelect.tsx'
import { TakeDialog } from './TakeDialog.tsx'

type Answering = { readonly arrival: Arrival; readonly how: 'take' | 'miss' | 'decide' }

/** Who is said to have moved here within the county: found, not found, or a desk's to send on. */
export function ArrivalsTab() {
  const { t } = useWords()
  const list = useQuery({ queryKey: ['arrivals'], queryFn: () => call(listArrivals, {}) })
  const [asked, setAsked] = useState<Answering | null>(null)
  if (list.isPending) return <Spin />
  const { arrivals = [], total = 0 } = list.data ?? {}
  if (arrivals.length === 0)
    return <Empty description={t('没有待核实的迁入人员', 'Nobody is said to have moved here')} />
  return (
    <>
      <p className="soft">
        {t(
          `${total} 人待核实，先到先办。只告知姓名和去向；原住处不告知。`,
          `${total} wait, the longest first. Name and where to are told; where they come from is not.`,
        )}
      </p>
      {arrivals.map((a) => (
        <ArrivalCard key={a.id} arrival={a} answer={(how) => setAsked({ arrival: a, how })} />
      ))}
      {asked?.how === 'take' && <TakeDialog arrival={asked.arrival} close={() => setAsked(null)} />}
      {asked?.how === 'miss' && <MissDialog arrival={asked.arrival} close={() => setAsked(null)} />}
      {asked?.how === 'decide' && <DecideDialog arrival={asked.arrival} close={() => setAsked(null)} />}
    </>
  )
}

function ArrivalCard({ arrival: a, answer }: { arrival: Arrival; readonly answer: (how: Answering['how']) => void }) {
  const { t } = useWords()
  return (
    <section className="panel" style={{ marginBottom: 12 }}>
      <Space wrap>
        <strong>{a.name}</strong>
        <Tag color={a.state === 'desk' ? 'orange' : 'blue'}>
          {a.state === 'desk' ? t('待社区定', 'For the desk') : t('待网格核实', 'For the grid')}
        </Tag>
        <span className="soft">{a.gridName}</span>
      </Space>
      <dl className="facts" style={{ margin: '8px 0' }}>
        <dt>{t('去向', 'Where to')}</dt>
        <dd>{a.toWhere}</dd>
        <dt>{t('自', 'Since')}</dt>
        <dd>{a.onDay}</dd>
        {a.dueOn && (
          <>
            <dt>{t('核实期限', 'To be found before')}</dt>
            <dd>
              {a.dueOn}
              {a.state === 'desk' && t('（网格逾期未核实）', ' (the grid did not answer in time)')}
            </dd>
          </>
        )}
        {a.note !== '' && (
          <>
            <dt>{t('查找情况', 'What the grid found')}</dt>
            <dd>{a.note}</dd>
          </>
        )}
      </dl>
      <Space wrap>
        {a.can.includes('take') && (
          <>
            <Button type="primary" onClick={() => answer('take')}>
              {t('住在这里，登记入住', 'Lives here')}
            </Button>
            <Button onClick={() => answer('miss')}>{t('查无此人', 'Not here')}</Button>
          </>
        )}
        {a.can.includes('decide') && (
          <Button onClick={() => answer('decide')}>{t('转网格或不再查找', 'Send on or give up')}</Button>
        )}
      </Space>
    </section>
  )
}

interface DialogProps {
  readonly arrival: Arrival
  readonly close: () => void
}

function useAnswer(close: () => void, send: (v: { note?: string; gridId?: string; how?: string }) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      close()
      await client.invalidateQueries()
    },
  })
}

function MissDialog({ arrival, close }: DialogProps) {
  const { t, fault } = useWords()
  const miss = useAnswer(close, ({ note = '' }) =>
    call(missArrival, { requestId: freshId(), id: arrival.id, note: note.trim() }),
  )
  return (
    <Modal open onCancel={close} footer={null} title={t(`${arrival.name}：查无此人`, `${arrival.name}: not here`)}>
      {miss.error ? <Alert type="error" role="alert" title={fault(miss.error)} /> : null}
      <Form layout="vertical" onFinish={(v) => miss.mutate(v)}>
        <p className="soft">
          {t(
            '交由本地社区（村）决定转哪个网格或不再查找。',
            'Your community decides which grid looks next, or gives up.',
          )}
        </p>
        <Form.Item name="note" label={t('查找情况', 'What you found')} rules={[{ max: 120 }]}>
          <Input />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={miss.isPending}>
          {t('退回', 'Hand back')}
        </Button>
      </Form>
    </Modal>
  )
}

function DecideDialog({ arrival, close }: DialogProps) {
  const { t, fault } = useWords()
  const [how, setHow] = useState('pass')
  const decide = useAnswer(close, ({ note = '', gridId }) =>
    call(decideArrival, {
      requestId: freshId(),
      id: arrival.id,
      gridId: how === 'pass' ? (gridId ?? null) : null,
      reason: note.trim(),
    }),
  )
  return (
    <Modal open onCancel={close} footer={null} title={t(`${arrival.name}：${arrival.toWhere}`, `${arrival.name}`)}>
      {decide.error ? <Alert type="error" role="alert" title={fault(decide.error)} /> : null}
      <Form layout="vertical" onFinish={(v) => decide.mutate(v)}>
        <Form.Item>
          <Radio.Group value={how} onChange={(e) => setHow(String(e.target.value))}>
            <Radio value="pass">{t('转网格核实', 'Send to a grid')}</Radio>
            <Radio value="close">{t('不再查找', 'Give up')}</Radio>
          </Radio.Group>
        </Form.Item>
        {how === 'pass' && (
          <Form.Item name="gridId" label={t('网格', 'Grid')} rules={[{ required: true }]}>
            <PlaceSelect tier="grid" />
          </Form.Item>
        )}
        <Form.Item
          name="note"
          label={how === 'pass' ? t('说明', 'Note') : t('理由', 'Reason')}
          rules={[{ max: 200, required: how === 'close' }]}
        >
          <Input />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={decide.isPending}>
          {t('确定', 'Save')}
        </Button>
      </Form>
    </Modal>
  )
}
