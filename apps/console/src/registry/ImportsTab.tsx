import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Progress, Radio, Select, Space, Table, Tag } from 'antd'
import { useRef, useState } from 'react'
import { listBatches, sendImport, undoBatch, undoWithin, type Batch } from '@fengge/domain/registry/bulk-contract'
import { importKinds, type ImportKind } from '@fengge/domain/registry/terms'
import { call, Refused, type Failure } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { sendForm } from '@fengge/web/api/send-form.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { batchStateWords, importModeWords, importKindWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { HeldEstates } from './HeldEstates.tsx'

const working: ReadonlySet<Batch['state']> = new Set(['waiting', 'running', 'undoing'])

/** How far it is: of what is taken back the rows are known, of a file that comes in they are not. */
function percentOf({ state, rows, created, changed, removed, restored, kept }: Batch): number {
  if (state === 'undoing')
    return Math.min(99, Math.round((100 * (removed + restored + kept)) / Math.max(1, created + changed)))
  return rows === 0 ? 1 : 50
}

/** Files in: a template, a trial, the progress, the rows to mend, and the way back. */
export function ImportsTab() {
  const { t, w, fault } = useWords()
  const { modal } = App.useApp()
  const client = useQueryClient()
  const [kind, setKind] = useState<ImportKind>('person')
  const [mode, setMode] = useState('trial')
  const input = useRef<HTMLInputElement>(null)
  const batches = useQuery({
    queryKey: ['batches'],
    queryFn: async () => (await call(listBatches, {})).batches,
    refetchInterval: (q) => (q.state.data?.some((b) => working.has(b.state)) ? 1000 : 15_000),
  })
  const upload = useMutation({
    mutationFn: (file: File) => sendForm(sendImport, { id: freshId(), kind, mode }, { file }),
    onSettled: () => client.invalidateQueries({ queryKey: ['batches'] }),
  })
  const undo = useMutation({
    mutationFn: (id: string) =>
      call(undoBatch, { requestId: freshId(), id, reason: t('整批撤销', 'Whole import undone') }),
    // What takes longer than the call goes on by itself; the list says how far it is.
    onError: () => client.invalidateQueries({ queryKey: ['batches'] }),
    onSuccess: (r) => {
      modal.info({
        title: t(
          `撤销完成：删除 ${r.removed} 条，恢复 ${r.restored} 条，保留 ${r.kept} 条（已有后续修改）`,
          `Undone: ${r.removed} removed, ${r.restored} restored, ${r.kept} kept (changed since)`,
        ),
      })
      return client.invalidateQueries()
    },
  })
  return (
    <div className="panel">
      <Space wrap>
        <Select
          value={kind}
          onChange={setKind}
          aria-label={t('导入什么', 'What to import')}
          options={importKinds.map((k) => ({ value: k, label: w(importKindWords, k) }))}
          style={{ width: 170 }}
        />
        <Button href={`/api/registry/template?kind=${kind}`}>{t('下载模板', 'Template')}</Button>
        <Radio.Group
          value={mode}
          onChange={(e) => setMode(e.target.value as string)}
          options={(['trial', 'good', 'all'] as const).map((m) => ({ value: m, label: w(importModeWords, m) }))}
        />
        <Button type="primary" loading={upload.isPending} onClick={() => input.current?.click()}>
          {t('选择文件', 'Choose a file')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          hidden
          aria-label={t('导入文件', 'File to import')}
          onChange={(e) => {
            const file = e.target.files?.[0]
            if (file) upload.mutate(file)
            e.target.value = ''
          }}
        />
      </Space>
      {(upload.error ?? undo.error) ? (
        <Alert type="error" role="alert" title={fault(upload.error ?? undo.error)} style={{ marginTop: 12 }} />
      ) : null}
      <Table<Batch>
        rowKey="id"
        size="small"
        style={{ marginTop: 12 }}
        dataSource={batches.data ?? []}
        loading={batches.isPending}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{ emptyText: t('还没有导入过', 'Nothing imported yet') }}
        columns={[
          {
            title: t('文件', 'File'),
            render: (_, b) => (
              <>
                {b.fileName}
                <div className="soft">
                  {showTime(b.at)} · {w(importKindWords, b.kind)} · {w(importModeWords, b.mode)}
                </div>
              </>
            ),
          },
          {
            title: t('进度', 'Progress'),
            render: (_, b) =>
              working.has(b.state) ? (
                <Progress
                  percent={percentOf(b)}
                  showInfo={false}
                  status="active"
                  aria-label={w(batchStateWords, b.state)}
                />
              ) : (
                <Tag color={b.state === 'done' ? 'green' : 'red'}>{w(batchStateWords, b.state)}</Tag>
              ),
            width: 130,
          },
          {
            title: t('结果', 'Result'),
            render: (_, b) => (
              <>
                {b.problem !== null
                  ? fault(new Refused({ problem: b.problem as Failure, status: 422 }))
                  : t(
                      `${b.rows} 行：新增 ${b.created}，更新 ${b.changed}，相同 ${b.same}，有误 ${b.faults}`,
                      `${b.rows} rows: ${b.created} new, ${b.changed} changed, ${b.same} same, ${b.faults} faulty`,
                    )}
                {(b.state === 'undoing' || b.state === 'undone') && (
                  <div className="soft">
                    {t(
                      `撤销：删除 ${b.removed}，恢复 ${b.restored}，保留 ${b.kept}（已有后续修改）`,
                      `Undone: ${b.removed} removed, ${b.restored} restored, ${b.kept} kept (changed since)`,
                    )}
                  </div>
                )}
                {b.noGrid > 0 && (
                  <div className="soft">
                    {t(
                      `${b.noGrid} 行没有网格编码，地址也未落到网格，先归村（社区），请补网格`,
                      `${b.noGrid} rows name no grid, nor does their address: kept for the community until one is given`,
                    )}
                  </div>
                )}
                {b.held > 0 && <HeldEstates batch={b} />}
              </>
            ),
          },
          {
            title: '',
            render: (_, b) => (
              <Space>
                {b.faults > 0 && (
                  <Button size="small" href={`/api/registry/faults?id=${b.id}`}>
                    {t('下载待改行', 'Rows to mend')}
                  </Button>
                )}
                {mayUndo(b) && <UndoButton undo={() => undo.mutateAsync(b.id)} />}
              </Space>
            ),
          },
        ]}
      />
    </div>
  )
}

const mayUndo = (b: Batch): boolean =>
  b.state === 'done' && b.mode !== 'trial' && Date.now() - Date.parse(b.at) <= undoWithin

function UndoButton({ undo }: { readonly undo: () => Promise<unknown> }) {
  const { t } = useWords()
  const { modal } = App.useApp()
  const ask = () =>
    modal.confirm({
      title: t('撤销整批导入？', 'Undo the whole import?'),
      content: t(
        '新增的记录将删除，改动将恢复；之后有人走访、登记过的保留。只在导入后三天内可以撤销。',
        'What it added goes and what it changed is as before; whoever was visited or written about since stays. Possible within three days.',
      ),
      okText: t('撤销', 'Undo'),
      cancelText: t('取消', 'Cancel'),
      onOk: () => undo().catch(() => undefined),
    })
  return (
    <Button size="small" onClick={ask}>
      {t('撤销整批', 'Undo all')}
    </Button>
  )
}
