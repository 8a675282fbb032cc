import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Endpoint, SentOf } from '@fengge/domain/kernel/endpoint'
import { listExportLimit } from '@fengge/domain/kernel/list-export'
import { fetchSheet } from '@fengge/web/api/fetch-sheet.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { isAdmitted, useMe } from './useMe.ts'

interface Props<E extends Endpoint> {
  readonly promise: E
  /** What the list is narrowed to now; the purpose is asked for here. */
  readonly filter: Omit<SentOf<E>, 'purpose'>
  /** Where it is not the list that stands beside it. */
  readonly label?: string
}

/** A list as a workbook, as it is filtered now: for a purpose that stands in the file and in the journal. */
export function SheetButton<E extends Endpoint>({ promise, filter, label }: Props<E>) {
  const { t, fault } = useWords()
  const me = useMe().data
  const [isOpen, setOpen] = useState(false)
  const take = useMutation({
    mutationFn: ({ purpose }: { readonly purpose: string }) =>
      fetchSheet(promise, { ...filter, purpose } as unknown as SentOf<E>),
    onSuccess: () => setOpen(false),
  })
  if (!isAdmitted(me, promise.duty)) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label ?? t('导出 Excel', 'Export to Excel')}</Button>
      <Modal
        open={isOpen}
        destroyOnHidden
        footer={null}
        onCancel={() => setOpen(false)}
        title={label ?? t('导出当前列表', 'Export the list as it is')}
      >
        {take.error ? <Alert type="error" role="alert" title={fault(take.error)} style={{ marginBottom: 12 }} /> : null}
        <Form layout="vertical" onFinish={(v: { purpose: string }) => take.mutate(v)}>
          <Form.Item name="purpose" label={t('用途', 'Purpose')} rules={[{ required: true, min: 2, max: 100 }]}>
            <Input autoFocus />
          </Form.Item>
          <p className="soft">
            {t(
              `一次最多 ${listExportLimit} 行。文件写明导出人、时间、用途和筛选条件，导出记入日志。`,
              `At most ${listExportLimit} rows. The file says who made it, when, what for and how it was filtered; it is in the journal.`,
            )}
          </p>
          <Button type="primary" htmlType="submit" loading={take.isPending}>
            {t('导出', 'Export')}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
