import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Modal, Space } from 'antd'
import { useState } from 'react'
import type { Batch } from '@fengge/domain/registry/bulk-contract'
import { listHeldEstates, settleEstate, type HeldEstate } from '@fengge/domain/registry/estates-contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'

/** Names of estates near known ones: the rows wait until somebody says which place is meant. */
export function HeldEstates({ batch }: { batch: Batch }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const held = useQuery({
    queryKey: ['held-estates', batch.id, batch.held],
    queryFn: () => call(listHeldEstates, { id: batch.id }),
    enabled: isOpen,
  })
  return (
    <>
      <Button type="link" size="small" onClick={() => setOpen(true)}>
        {t(`${batch.held} 行待确认小区名`, `${batch.held} rows wait for the name of an estate`)}
      </Button>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t('这些小区名与已登记的相近', 'These names are near registered ones')}
      >
        {held.data?.estates.map((estate) => (
          <Question key={estate.written} batch={batch} estate={estate} />
        ))}
        {held.data?.estates.length === 0 && t('没有待确认的', 'Nothing waits')}
      </Modal>
    </>
  )
}

function Question({ batch, estate }: { batch: Batch; estate: HeldEstate }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const { message } = App.useApp()
  const settle = useMutation({
    mutationFn: (estateId: string | null) =>
      call(settleEstate, { requestId: freshId(), id: batch.id, written: estate.written, estateId }),
    onSuccess: ({ rows }) => {
      void message.success(
        rows > 0
          ? t(`已确认，${rows} 行继续导入`, `Settled: ${rows} rows are taken now`)
          : t('已确认，重新导入文件即可', 'Settled: send the file again'),
      )
      return client.invalidateQueries()
    },
  })
  return (
    <section aria-label={estate.written} style={{ marginBottom: 12 }}>
      <p>
        “{estate.written}” {t(`（${estate.rows} 行）是：`, `(${estate.rows} rows) is:`)}
      </p>
      {settle.error ? <Alert type="error" role="alert" title={fault(settle.error)} /> : null}
      <Space wrap>
        {estate.near.map((near) => (
          <Button key={near.id} loading={settle.isPending} onClick={() => settle.mutate(near.id)}>
            {t(`就是 ${near.name}`, `the same as ${near.name}`)}
          </Button>
        ))}
        <Button loading={settle.isPending} onClick={() => settle.mutate(null)}>
          {t('是另一个，新登记', 'another one: register it')}
        </Button>
      </Space>
    </section>
  )
}
