import { listGaps } from '@fengge/domain/registry/link-contract'
import { gaps, type Gap } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { More, usePaged } from '../shell/Paged.tsx'
import { BriefRows } from './BriefRows.tsx'

/** What may be amiss with where people live, each kind counted whole and read to its end (R4). */
export function GapsTab() {
  return gaps.map((gap) => <GapList key={gap} gap={gap} />)
}

function GapList({ gap }: { gap: Gap }) {
  const { t } = useWords()
  const list = usePaged(['registry-gaps', gap], async (after) => {
    const found = await call(listGaps, { gap, ...after })
    return { rows: found[gap], total: found.totals[gap], next: found.next[gap] }
  })
  const rows = list.data?.pages.flatMap((p) => p.rows) ?? []
  const total = list.data?.pages[0]?.total
  const titles: Record<Gap, string> = {
    nowhere: t('登记在此、无处核实', 'Registered here, verified nowhere'),
    several: t('一人多处居住', 'Several homes'),
    noLead: t('没有牵头网格', 'No grid answers'),
    heads: t(
      '一户登记了几个户主（进住户页，把真正的户主“设为户主”）',
      'Several heads in one household (open it and say who it is)',
    ),
    headless: t(
      '一户没有户主（进住户页，由谁当户主就点“设为户主”）',
      'A household without a head (open it and say who it is)',
    ),
    minors: t(
      '家中只有未成年人（请尽快上门，问清由谁照看）',
      'Only minors live here (call soon and ask who looks after them)',
    ),
    unplaced: t(
      '不知道在哪个微网格的房屋（楼栋没有位置：在楼下用手机给楼栋标注位置）',
      'In no known micro-grid (the building has no place: mark it by phone, standing there)',
    ),
    groupRent: t(
      '疑似群租（按人数、居室、面积提示，须上门核实）',
      'Perhaps group-rented (by people, rooms, area; to be verified at the door)',
    ),
  }
  return (
    <section className="panel" style={{ marginBottom: 12 }}>
      <h3 style={{ marginTop: 0 }}>
        {titles[gap]} {total}
      </h3>
      <BriefRows rows={rows} isLoading={list.isPending} />
      <More list={list} shown={rows.length} total={total} />
    </section>
  )
}
