import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Modal, Radio, Space, Table } from 'antd'
import { useRef, useState, type RefObject } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { importSensors, mostFaultsTold, readSensorTemplate } from '@fengge/domain/sensors/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { base64Of, keepWorkbook } from '@fengge/web/api/workbook-files.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { importModeWords } from '@fengge/web/words/registry.ts'

type Reply = ReplyOf<typeof importSensors>
type Mode = 'trial' | 'good' | 'all'

/** Devices out of a table: the template, a trial, the rows to mend, and the keys, which are handed out this once. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const [mode, setMode] = useState<Mode>('trial')
  const [isTaken, setTaken] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const send = useMutation({
    mutationFn: async (file: File) => ({
      mode,
      ...(await call(importSensors, {
        requestId: freshId(),
        fileName: file.name,
        base64: await base64Of(file),
        mode,
      })),
    }),
    onMutate: () => setTaken(false),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sensors'] }),
  })
  const done = send.data
  const mustTake = done !== undefined && done.keys !== null && !isTaken
  return (
    <Modal
      open
      width={760}
      title={t('批量登记设备', 'Register devices out of a table')}
      onCancel={onClose}
      closable={!mustTake}
      mask={{ closable: false }}
      keyboard={!mustTake}
      footer={
        <Button disabled={mustTake} onClick={onClose}>
          {t('关闭', 'Close')}
        </Button>
      }
    >
      <Space wrap>
        <Button href={readSensorTemplate.path}>{t('下载模板', 'Template')}</Button>
        <Radio.Group
          value={mode}
          onChange={(e) => setMode(e.target.value as Mode)}
          options={(['trial', 'good', 'all'] as const).map((m) => ({ value: m, label: w(importModeWords, m) }))}
        />
        <Button type="primary" loading={send.isPending} disabled={mustTake} onClick={() => input.current?.click()}>
          {t('选择文件', 'Choose a file')}
        </Button>
        <FileInput input={input} onFile={send.mutate} />
      </Space>
      {send.error ? <Alert type="error" role="alert" title={fault(send.error)} style={{ marginTop: 12 }} /> : null}
      {done && <Result done={done} onKeys={() => setTaken(true)} />}
    </Modal>
  )
}

interface InputProps {
  readonly input: RefObject<HTMLInputElement | null>
  readonly onFile: (file: File) => void
}

function FileInput({ input, onFile }: InputProps) {
  const { t } = useWords()
  return (
    <input
      ref={input}
      type="file"
      accept=".csv,.tsv,.txt,.xlsx"
      hidden
      aria-label={t('设备清单文件', 'File of devices')}
      onChange={(e) => {
        const file = e.target.files?.[0]
        if (file) onFile(file)
        e.target.value = ''
      }}
    />
  )
}

interface ResultProps {
  readonly done: Reply & { readonly mode: Mode }
  readonly onKeys: () => void
}

function Result({ done, onKeys }: ResultProps) {
  const { t } = useWords()
  const { rows, created, same, faulty, faults, toMend, keys, mode } = done
  const made = mode === 'trial' ? t('可登记', 'can be registered') : t('已登记', 'registered')
  return (
    <>
      <p role="status" style={{ marginTop: 12 }}>
        {t(
          `${rows} 行：${made} ${created} 台，原已登记 ${same} 台，有误 ${faulty} 行`,
          `${rows} rows: ${created} ${made}, ${same} there already, ${faulty} faulty`,
        )}
        {mode === 'all' && faulty > 0 && t('。有错误，整份都没有导入。', '. Nothing was taken, for some are faulty.')}
      </p>
      {keys !== null && (
        <Alert
          type="warning"
          style={{ marginBottom: 12 }}
          title={t(
            '密钥只给这一次，请立即下载，写入设备后妥善删除；遗失只能逐台更换。',
            'The keys are given this once. Download them now and delete the file when they are in the devices; a lost one can only be renewed.',
          )}
          action={
            <Button
              type="primary"
              onClick={() => {
                keepWorkbook(keys, t('设备密钥.xlsx', 'keys-of-devices.xlsx'))
                onKeys()
              }}
            >
              {t('下载密钥', 'Download the keys')}
            </Button>
          }
        />
      )}
      {toMend !== null && <Faults faults={faults} toMend={toMend} />}
    </>
  )
}

function Faults({ faults, toMend }: { readonly faults: Reply['faults']; readonly toMend: string }) {
  const { t } = useWords()
  return (
    <>
      <Button onClick={() => keepWorkbook(toMend, t('待修改的行.xlsx', 'to-mend.xlsx'))}>
        {t('下载待改行', 'Rows to mend')}
      </Button>
      <Table
        rowKey={(f) => `${f.row} ${f.column}`}
        size="small"
        style={{ marginTop: 8 }}
        dataSource={faults}
        pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t('行', 'Row'), dataIndex: 'row', align: 'right', width: 70 },
          { title: t('列', 'Column'), dataIndex: 'column', width: 140 },
          { title: t('问题', 'Problem'), dataIndex: 'fault' },
        ]}
      />
      {faults.length >= mostFaultsTold && (
        <p className="soft">
          {t(
            `这里只列前 ${mostFaultsTold} 处，全部在待改行文件里。`,
            `The first ${mostFaultsTold} are shown; all stand in the file.`,
          )}
        </p>
      )}
    </>
  )
}
