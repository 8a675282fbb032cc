import { Button, Input, Space, Table } from 'antd'
import { useState } from 'react'
import type { Category, Limit } from '@fengge/domain/events/terms'
import { ownerWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { levelWords, limitWords, urgencyWords } from '@fengge/web/words/terms.ts'
import { useCatalogue, useMayEditCatalogue } from '../events/useEvents.ts'
import { CategoryAsks } from './CategoryAsks.tsx'
import { CategoryDialog } from './CategoryDialog.tsx'
import { CategoryVersions } from './CategoryVersions.tsx'

/** The catalogue: what kinds of event there are, whose they are, how long they may take. Changes are dated. */
export function CataloguePage() {
  const { t, w } = useWords()
  const catalogue = useCatalogue()
  const mayEdit = useMayEditCatalogue()
  const [text, setText] = useState('')
  const [edited, setEdited] = useState<Category | 'new' | null>(null)
  const [compared, setCompared] = useState<Category | null>(null)
  const limit = (l: Limit | undefined) => (l ? `${l.value} ${w(limitWords, l.kind)}` : '—')
  const rows = (catalogue.data ?? []).filter((c) =>
    `${c.code}${c.name}${c.nameEn}${c.className}${c.keywords.join(' ')}`.toLowerCase().includes(text.toLowerCase()),
  )
  return (
    <div className="panel">
      <CategoryAsks />
      <Space style={{ marginBottom: 12 }}>
        <Input.Search
          allowClear
          placeholder={t('代码、名称或关键词', 'Code, name or keyword')}
          aria-label={t('查找类别', 'Find a category')}
          onChange={(e) => setText(e.target.value)}
        />
        {mayEdit && (
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('新增事项', 'Add a category')}
          </Button>
        )}
        <span className="soft">{t(`共 ${rows.length} 项`, `${rows.length} categories`)}</span>
      </Space>
      <Table<Category>
        rowKey="code"
        size="small"
        dataSource={rows}
        loading={catalogue.isPending}
        pagination={{ pageSize: 25, showSizeChanger: false }}
        scroll={{ x: 900 }}
        columns={[
          { title: t('代码', 'Code'), dataIndex: 'code', width: 80 },
          { title: t('名称', 'Name'), render: (_, c) => t(c.name, c.nameEn) },
          { title: t('大类', 'Class'), render: (_, c) => t(c.className, c.classNameEn), width: 130 },
          { title: t('默认层级', 'Level'), render: (_, c) => w(levelWords, c.level), width: 120 },
          { title: t('办理时限', 'Handling limit'), render: (_, c) => limit(c.limits.handle), width: 150 },
          { title: t('紧急程度', 'Urgency'), render: (_, c) => w(urgencyWords, c.urgency), width: 100 },
          { title: t('主责', 'Lead'), render: (_, c) => w(ownerWords, c.lead), width: 120 },
          {
            title: t('关键词', 'Keywords'),
            render: (_, c) => c.keywords.slice(0, 4).join('、') + (c.keywords.length > 4 ? '…' : ''),
          },
          { title: t('生效', 'From'), dataIndex: 'validFrom', width: 110 },
          {
            title: '',
            width: 150,
            render: (_, c) => (
              <Space>
                {mayEdit && (
                  <Button size="small" onClick={() => setEdited(c)}>
                    {t('修订', 'Revise')}
                  </Button>
                )}
                <Button size="small" onClick={() => setCompared(c)}>
                  {t('版本', 'Versions')}
                </Button>
              </Space>
            ),
          },
        ]}
      />
      {edited && <CategoryDialog category={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {compared && <CategoryVersions category={compared} onClose={() => setCompared(null)} />}
    </div>
  )
}
