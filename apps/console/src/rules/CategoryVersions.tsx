import { useQuery } from '@tanstack/react-query'
import { Alert, Modal, Spin, Table, Tag } from 'antd'
import { changesBetween, type CategoryChange } from '@fengge/domain/events/catalogue/category-changes'
import { listCategoryVersions } from '@fengge/domain/events/contract/rules'
import type { Category, Limit } from '@fengge/domain/events/terms'
import { call } from '@fengge/web/api/call.ts'
import { categoryFieldWords, evidenceNeedWords, orderWords } from '@fengge/web/words/catalogue.ts'
import { ownerWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { levelWords, limitWords, milestoneWords, urgencyWords } from '@fengge/web/words/terms.ts'

/** What each version of a category says otherwise than the one before, and from when. */
export function CategoryVersions({ category, onClose }: { category: Category; readonly onClose: () => void }) {
  const { t, fault } = useWords()
  const list = useQuery({
    queryKey: ['catalogue', 'versions', category.code],
    queryFn: () => call(listCategoryVersions, { code: category.code }),
  })
  const versions = list.data?.versions ?? []
  return (
    <Modal
      open
      width={720}
      footer={null}
      onCancel={onClose}
      title={t(`${category.code} ${category.name} 的历次版本`, `Versions of ${category.code} ${category.nameEn}`)}
    >
      {list.error ? <Alert type="error" role="alert" title={fault(list.error)} /> : null}
      {list.isPending && <Spin />}
      {versions.toReversed().map((version, i) => {
        const before = versions[versions.length - 2 - i]
        return (
          <section key={version.validFrom} style={{ marginBottom: 16 }}>
            <h3 style={{ margin: '8px 0' }}>
              {version.validFrom} — {version.validTo ?? t('至今', 'now')} <Tag>{version.source}</Tag>
            </h3>
            {before ? (
              <Changes changes={changesBetween(before, version)} />
            ) : (
              <p className="soft">{t('最早的版本', 'The first version')}</p>
            )}
          </section>
        )
      })}
    </Modal>
  )
}

function Changes({ changes }: { changes: readonly CategoryChange[] }) {
  const { t } = useWords()
  const { fieldName, valueOf } = useShown()
  if (changes.length === 0) return <p className="soft">{t('与上一版相同', 'As the version before')}</p>
  return (
    <Table<CategoryChange>
      rowKey="field"
      size="small"
      pagination={false}
      dataSource={[...changes]}
      columns={[
        { title: t('内容', 'Field'), render: (_, c) => fieldName(c.field), width: 150 },
        { title: t('原为', 'Was'), render: (_, c) => <del>{valueOf(c.field, c.from)}</del> },
        { title: t('改为', 'Is'), render: (_, c) => <strong>{valueOf(c.field, c.to)}</strong> },
      ]}
    />
  )
}

/** Names and values of fields in words. */
function useShown() {
  const { t, w } = useWords()
  const none = t('（无）', '(none)')
  const limitOf = (limit: Limit | null) =>
    limit ? `${limit.value} ${w(limitWords, limit.kind)}` : t('默认', 'default')
  const fieldName = (field: string) =>
    field.startsWith('limits.')
      ? t(`${w(milestoneWords, field.slice(7))}时限`, `${w(milestoneWords, field.slice(7))} limit`)
      : w(categoryFieldWords, field)
  const byField: Readonly<Record<string, (value: unknown) => string>> = {
    lead: (v) => w(ownerWords, String(v)),
    order: (v) => w(orderWords, String(v)),
    level: (v) => w(levelWords, Number(v)),
    urgency: (v) => w(urgencyWords, Number(v)),
    isSensitive: (v) => (v ? t('是', 'yes') : t('否', 'no')),
    isAboutStaff: (v) => (v ? t('是', 'yes') : t('否', 'no')),
    evidence: (v) => (v as string[]).map((e) => w(evidenceNeedWords, e)).join('、') || none,
    keywords: (v) => (v as string[]).join('、') || none,
  }
  const valueOf = (field: string, value: unknown) =>
    field.startsWith('limits.')
      ? limitOf(value as Limit | null)
      : (byField[field]?.(value) ?? (typeof value === 'string' && value !== '' ? value : none))
  return { fieldName, valueOf }
}
