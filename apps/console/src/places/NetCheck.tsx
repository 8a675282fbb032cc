import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Button, Empty, List, Segmented, Spin, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { checkNet } from '@fengge/domain/places/contract'
import type { Finding } from '@fengge/domain/places/terms'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { findingWords } from '@fengge/web/words/terms.ts'

const size = 20
type Kind = Finding['kind']

/** Everything that is wrong with the net below a place: counted by kind, page by page, each shown on the map. */
export function NetCheck({
  parentId,
  show,
}: {
  parentId: string
  readonly show: (shapes: readonly unknown[]) => void
}) {
  const { t, w, fault } = useWords()
  const [kind, setKind] = useState<Kind | 'all'>('all')
  const [page, setPage] = useState(1)
  const check = useQuery({
    queryKey: ['check', parentId, kind, page],
    queryFn: () => call(checkNet, { parentId, page, size, ...(kind === 'all' ? {} : { kind }) }),
    placeholderData: keepPreviousData,
  })
  const findings = check.data?.findings
  useEffect(() => {
    if (findings) show(findings.map((f) => f.geometry))
    // The map is told when there is something else to show, not when its teller is another function.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [findings])
  if (check.error) return <Alert type="error" role="alert" title={fault(check.error)} />
  if (!check.data) return <Spin />
  const { counts, checked, total } = check.data
  const all = counts.reduce((sum, c) => sum + c.n, 0)
  if (all === 0)
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t(`检查了 ${checked} 个区域，没有发现问题`, `${checked} places checked, nothing found`)}
      />
    )
  return (
    <section aria-label={t('体检结果', 'Findings')} style={{ marginTop: 8 }}>
      <p>{t(`检查了 ${checked} 个区域，发现 ${all} 项`, `${checked} places checked, ${all} findings`)}</p>
      <Segmented<Kind | 'all'>
        value={kind}
        onChange={(next) => {
          setKind(next)
          setPage(1)
        }}
        options={[
          { value: 'all', label: t(`全部 ${all}`, `All ${all}`) },
          ...counts.map((c) => ({ value: c.kind, label: `${w(findingWords, c.kind)} ${c.n}` })),
        ]}
      />
      <List
        size="small"
        style={{ maxHeight: 320, overflow: 'auto' }}
        loading={check.isFetching}
        dataSource={[...check.data.findings]}
        pagination={{ current: page, pageSize: size, total, onChange: setPage, showSizeChanger: false, size: 'small' }}
        renderItem={(f) => <FindingRow finding={f} show={() => show([f.geometry])} />}
      />
    </section>
  )
}

function FindingRow({ finding: f, show }: { finding: Finding; readonly show: () => void }) {
  const { t, w } = useWords()
  const onMap = (
    <Button key="s" size="small" onClick={show}>
      {t('看地图', 'On the map')}
    </Button>
  )
  return (
    <List.Item actions={f.geometry ? [onMap] : []}>
      <Tag>{w(findingWords, f.kind)}</Tag>
      {f.names.join('、')} {f.areaM2 === null ? '' : `${Math.round(f.areaM2)} m²`}{' '}
      <span className="soft">{f.note}</span>
    </List.Item>
  )
}
