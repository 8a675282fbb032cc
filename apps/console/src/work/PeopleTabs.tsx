import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select, Space, Table, Tag } from 'antd'
import { useState } from 'react'
import { issueBadge, listBadges, revokeBadge } from '@fengge/domain/identity/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { saveArticle, searchLibrary } from '@fengge/domain/library/contract'
import { articleKinds, type Article } from '@fengge/domain/library/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { articleKindWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { has, useMe } from '../shell/useMe.ts'
import { GridCardPanel } from './GridCard.tsx'
import { TakePhoto } from '../identity/TakePhoto.tsx'
import { AskForm, useOwnGrids } from '../shell/AskForm.tsx'

/** Badges and boards: issued, printed, revoked; a new code ends the one before. */
export function BadgesTab() {
  const { t } = useWords()
  const list = useQuery({ queryKey: ['badges'], queryFn: () => call(listBadges, {}) })
  const { grids, placeId, placeName } = useOwnGrids()
  const [grid, setGrid] = useState<string>()
  const states: Record<string, string> = {
    valid: t('有效', 'Valid'),
    replaced: t('已换发', 'Replaced'),
    revoked: t('已作废', 'Revoked'),
    expired: t('已过期', 'Expired'),
  }
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        <span>{t('楼道公示牌', 'Stairwell board')}</span>
        <Select
          style={{ width: 300 }}
          value={grid ?? null}
          options={
            placeId
              ? [{ value: placeId, label: t(`${placeName}（各网格共用）`, `${placeName} (all its grids)`) }, ...grids]
              : grids
          }
          onChange={setGrid}
          placeholder={t('选择网格', 'Choose a grid')}
          aria-label={t('网格', 'Grid')}
        />
        {(['A4', 'A3'] as const).map((size) => (
          <Button
            key={size}
            disabled={!grid || grid === placeId}
            href={grid ? `/api/badges/print?what=board&id=${grid}&size=${size}` : '#'}
            target="_blank"
          >
            {t(`打印 ${size}`, `Print ${size}`)}
          </Button>
        ))}
      </Space>
      {grid && <GridCardPanel placeId={grid} />}
      <Table
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={list.data?.badges ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 800 }}
        locale={{ emptyText: t('还没有制发工作证', 'No badges yet') }}
        columns={[
          { title: t('姓名', 'Name'), dataIndex: 'name' },
          { title: t('岗位', 'Post'), render: (_, b) => `${b.roleName} · ${b.placeName}` },
          { title: t('编号', 'Number'), dataIndex: 'code' },
          { title: t('有效期至', 'Until'), dataIndex: 'expiresOn' },
          {
            title: t('状态', 'State'),
            render: (_, b) => <Tag color={b.state === 'valid' ? 'green' : 'default'}>{states[b.state]}</Tag>,
          },
          {
            title: '',
            render: (_, b) =>
              b.state === 'valid' && (
                <Space wrap>
                  <Button size="small" href={`/api/badges/print?what=badge&id=${b.id}`} target="_blank">
                    {t('工作证', 'Badge')}
                  </Button>
                  <Button size="small" href={`/api/badges/print?what=cards&id=${b.id}`} target="_blank">
                    {t('名片', 'Cards')}
                  </Button>
                  <Button
                    size="small"
                    onClick={() =>
                      void call(issueBadge, { requestId: freshId(), id: freshId(), accountId: b.accountId }).then(() =>
                        list.refetch(),
                      )
                    }
                  >
                    {t('换发', 'Renew')}
                  </Button>
                  <TakePhoto accountId={b.accountId} name={b.name} />
                  <AskForm
                    label={t('作废', 'Revoke')}
                    isSmall
                    isDanger
                    changes={['badges']}
                    questions={[{ name: 'reason', label: t('理由', 'Reason'), kind: 'line', most: 200 }]}
                    send={(v) => call(revokeBadge, { requestId: freshId(), id: b.id, reason: String(v['reason']) })}
                  />
                </Space>
              ),
          },
        ]}
      />
      {(list.data?.without.length ?? 0) > 0 && (
        <>
          <h2>{t('尚未制发', 'Without a badge')}</h2>
          <Table
            rowKey="accountId"
            size="small"
            dataSource={list.data!.without}
            pagination={{ pageSize: 10, hideOnSinglePage: true }}
            columns={[
              { title: t('姓名', 'Name'), dataIndex: 'name' },
              { title: t('岗位', 'Post'), render: (_, p) => `${p.roleName} · ${p.placeName}` },
              {
                title: '',
                render: (_, p) => (
                  <Button
                    size="small"
                    onClick={() =>
                      void call(issueBadge, { requestId: freshId(), id: freshId(), accountId: p.accountId }).then(() =>
                        list.refetch(),
                      )
                    }
                  >
                    {t('制发', 'Issue')}
                  </Button>
                ),
              },
            ]}
          />
        </>
      )}
    </div>
  )
}

export function LibraryTab() {
  const { t, w } = useWords()
  const me = useMe().data
  const [text, setText] = useState('')
  const list = useQuery({
    queryKey: ['library', text],
    queryFn: () => call(searchLibrary, { text, all: has(me, 'library.edit') ? 'yes' : 'no' }),
  })
  const edits = list.data?.mayEdit ?? false
  const questions = [
    {
      name: 'kind',
      label: t('类别', 'Kind'),
      kind: 'choice' as const,
      options: articleKinds.map((k) => ({ value: k, label: w(articleKindWords, k) })),
    },
    { name: 'title', label: t('标题', 'Title'), kind: 'line' as const },
    { name: 'body', label: t('内容', 'Text'), kind: 'text' as const, most: 4000 },
    { name: 'keywords', label: t('关键词', 'Keywords'), kind: 'line' as const, isOptional: true, most: 120 },
    { name: 'source', label: t('来源', 'Source'), kind: 'line' as const, most: 120 },
    { name: 'owner', label: t('主管部门', 'Owner'), kind: 'line' as const, isOptional: true, most: 40 },
    { name: 'sourceUrl', label: t('原文链接', 'Link'), kind: 'line' as const, isOptional: true, most: 300 },
  ]
  const send =
    (base: Article | null) =>
    (
      v: Pick<Article, 'kind' | 'title' | 'body' | 'source'> &
        Partial<Pick<Article, 'keywords' | 'sourceUrl' | 'owner'>>,
    ) =>
      call(saveArticle, {
        requestId: freshId(),
        id: base?.id ?? freshId(),
        version: base?.version ?? 0,
        validFrom: base?.validFrom ?? dayOf(Date.now()),
        validTo: base?.validTo ?? null,
        ...v,
        keywords: v.keywords ?? '',
        sourceUrl: v.sourceUrl ?? '',
      })
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        <Input.Search
          allowClear
          onSearch={setText}
          placeholder={t('想问什么', 'What do you want to know')}
          aria-label={t('查找', 'Find')}
          style={{ width: 280 }}
        />
        {edits && (
          <AskForm
            label={t('新增条目', 'Add an article')}
            changes={['library']}
            questions={questions}
            initial={{ kind: 'how-to' }}
            send={send(null)}
          />
        )}
      </Space>
      <Table
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={list.data?.articles ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        expandable={{ expandedRowRender: (a) => <p style={{ whiteSpace: 'pre-wrap', margin: 0 }}>{a.body}</p> }}
        columns={[
          { title: t('标题', 'Title'), dataIndex: 'title' },
          { title: t('类别', 'Kind'), render: (_, a) => w(articleKindWords, a.kind) },
          { title: t('主管部门', 'Owner'), dataIndex: 'owner' },
          { title: t('来源', 'Source'), dataIndex: 'source' },
          { title: t('有效', 'Valid'), render: (_, a) => `${a.validFrom} — ${a.validTo ?? t('长期', 'open')}` },
          {
            title: '',
            render: (_, a) =>
              edits && (
                <AskForm
                  label={t('修改', 'Change')}
                  isSmall
                  changes={['library']}
                  questions={questions}
                  initial={a}
                  send={send(a)}
                />
              ),
          },
        ]}
      />
    </div>
  )
}
