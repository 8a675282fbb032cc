import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Select, Space, Table, Tag } from 'antd'
import { askExport, decideExport, exportLimit, listExports } from '@fengge/domain/registry/bulk-contract'
import type { ExportKind } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { exportStateWords, recordKindWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { More, usePaged } from '../shell/Paged.tsx'
import { has, useMe } from '../shell/useMe.ts'

/** Exports: asked with a purpose, agreed to by somebody else above a set size, gone after a week. */
export function ExportsTab() {
  const { t, w, fault } = useWords()
  const me = useMe().data
  const client = useQueryClient()
  const list = usePaged(['exports'], (after) => call(listExports, after))
  const exports = list.data?.pages.flatMap((p) => p.exports) ?? []
  const place = me?.postings.find((p) => p.departmentId === null)?.placeId
  const ask = useMutation({
    mutationFn: (v: { kind: ExportKind; purpose: string }) =>
      call(askExport, { requestId: freshId(), id: freshId(), placeId: place!, ...v }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['exports'] }),
  })
  const decide = useMutation({
    mutationFn: (v: { id: string; isAgreed: boolean }) => call(decideExport, { requestId: freshId(), ...v }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['exports'] }),
  })
  return (
    <div className="panel">
      {(ask.error ?? decide.error) ? (
        <Alert type="error" role="alert" title={fault(ask.error ?? decide.error)} />
      ) : null}
      {has(me, 'registry.export') && (
        <Form
          layout="inline"
          initialValues={{ kind: 'person' }}
          onFinish={(v) => ask.mutate(v)}
          style={{ rowGap: 8, marginBottom: 12 }}
        >
          <Form.Item name="kind" label={t('导出', 'Export')}>
            <Select
              style={{ width: 110 }}
              options={(['person', 'house', 'unit'] as const).map((k) => ({ value: k, label: w(recordKindWords, k) }))}
            />
          </Form.Item>
          <Form.Item name="purpose" label={t('用途', 'Purpose')} rules={[{ required: true, min: 4, max: 200 }]}>
            <Input style={{ width: 320 }} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={ask.isPending}>
            {t('申请', 'Ask')}
          </Button>
        </Form>
      )}
      <p className="soft">
        {t(
          `超过 ${exportLimit} 行须由他人审批；文件带水印，七天后失效；受保护的内容在文件中同样遮挡。`,
          `Above ${exportLimit} rows somebody else must agree; files are marked and gone after seven days; what is masked on the screen is masked in the file.`,
        )}
      </p>
      <Table
        rowKey="id"
        size="small"
        dataSource={exports}
        loading={list.isPending}
        pagination={false}
        scroll={{ x: 700 }}
        locale={{ emptyText: t('没有申请', 'None') }}
        columns={[
          { title: t('内容', 'Content'), render: (_, e) => `${e.placeName} ${w(recordKindWords, e.kind)} ${e.rows}` },
          { title: t('用途', 'Purpose'), dataIndex: 'purpose' },
          { title: t('申请人', 'By'), render: (_, e) => `${e.by} ${showTime(e.askedAt)}` },
          { title: t('状态', 'State'), render: (_, e) => <Tag>{w(exportStateWords, e.state)}</Tag> },
          {
            title: '',
            render: (_, e) => (
              <Space>
                {e.isMine && e.state === 'approved' && (
                  <Button size="small" href={`/api/registry/export?id=${e.id}`}>
                    {t('下载', 'Download')}
                  </Button>
                )}
                {e.canDecide && (
                  <>
                    <Button size="small" type="primary" onClick={() => decide.mutate({ id: e.id, isAgreed: true })}>
                      {t('同意', 'Agree')}
                    </Button>
                    <Button size="small" onClick={() => decide.mutate({ id: e.id, isAgreed: false })}>
                      {t('不同意', 'Refuse')}
                    </Button>
                  </>
                )}
              </Space>
            ),
          },
        ]}
      />
      <More list={list} shown={exports.length} total={undefined} />
    </div>
  )
}
