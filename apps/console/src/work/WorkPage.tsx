import { useNavigate, useSearch } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { useWords } from '@fengge/web/words/language.ts'
import { has, useMe } from '../shell/useMe.ts'
import { BadgesTab, LibraryTab } from './PeopleTabs.tsx'
import { ServicesTab } from './ServicesTab.tsx'
import { CampaignsTab, TasksTab } from './TaskTabs.tsx'
import { HazardsTab } from './HazardsTab.tsx'
import { MattersTab } from './MattersTab.tsx'
import { RefusedTab } from './RefusedTab.tsx'
import { RotaTab } from './RotaTab.tsx'
import { RulesTab } from './RuleTabs.tsx'
import { MeetingsTab, WeeksTab } from './MeetingTabs.tsx'

/** Visits and tasks: what is asked of the grid, under which matter, and what became of it. */
export function WorkPage() {
  const { t } = useWords()
  const me = useMe().data
  const { tab } = useSearch({ strict: false }) as { tab?: string }
  const navigate = useNavigate()
  const reads = has(me, 'visit.read')
  const tabs = [
    { key: 'tasks', label: t('任务', 'Tasks'), on: reads, children: <TasksTab /> },
    { key: 'campaigns', label: t('专项行动', 'Campaigns'), on: reads, children: <CampaignsTab /> },
    { key: 'hazards', label: t('隐患与复查', 'Hazards'), on: reads, children: <HazardsTab /> },
    { key: 'services', label: t('代办', 'Services'), on: reads, children: <ServicesTab /> },
    { key: 'weeks', label: t('周志', 'Week logs'), on: reads, children: <WeeksTab /> },
    { key: 'meetings', label: t('例会', 'Meetings'), on: reads, children: <MeetingsTab /> },
    { key: 'rota', label: t('排班测算', 'Rota'), on: has(me, 'visit.plan'), children: <RotaTab /> },
    {
      key: 'rules',
      label: t('走访规则', 'Visit rules'),
      on: has(me, 'visit.read', 'visit.rules'),
      children: <RulesTab />,
    },
    { key: 'matters', label: t('事项清单', 'Grid matters'), on: true, children: <MattersTab /> },
    {
      key: 'refused',
      label: t('拦下的派单', 'Turned away'),
      on: has(me, 'visit.plan', 'matter.edit'),
      children: <RefusedTab />,
    },
    {
      key: 'badges',
      label: t('工作证与公示牌', 'Badges and boards'),
      on: has(me, 'badge.issue', 'sync.watch'),
      children: <BadgesTab />,
    },
    { key: 'library', label: t('做法与政策', 'How-to and policy'), on: true, children: <LibraryTab /> },
  ].filter((x) => x.on)
  return (
    <Tabs
      activeKey={(tabs.find((x) => x.key === tab) ?? tabs[0])?.key ?? ''}
      onChange={(key) => void navigate({ to: '/work', search: { tab: key } })}
      destroyOnHidden
      items={tabs.map(({ on: _on, ...x }) => x)}
    />
  )
}
