import type { Example } from '../example.ts'
import { StageBar, type StageSpan } from './StageBar.tsx'

const minute = 60_000
const stages: readonly StageSpan[] = [
  { key: '1', name: '核实', ms: 22 * minute, time: '22 分', state: 'gone' },
  { key: '2', name: '立案派遣', ms: 43 * minute, time: '43 分', state: 'gone' },
  { key: '3', name: '签收', ms: 100 * minute, time: '1 时 40 分', state: 'over' },
  { key: '4', name: '办理', ms: 365 * minute, time: '6 时 5 分', state: 'gone' },
  { key: '5', name: '核查', ms: 60 * minute, time: '已 1 时', state: 'now' },
  { key: '6', name: '', ms: 180 * minute, time: '剩 3 时', state: 'ahead' },
]

export const examples: readonly Example[] = [
  { name: 'on its way, one stage over', shows: <StageBar stages={stages} label="各环节用时" /> },
  { name: 'just begun', shows: <StageBar stages={stages.slice(4)} label="各环节用时" /> },
]
