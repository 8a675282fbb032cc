import type { Example } from '../example.ts'
import { Steps, type Step } from './Steps.tsx'

const way: readonly Step[] = [
  { key: 'report', name: '上报', state: 'gone', time: '09:12' },
  { key: 'verify', name: '核实', state: 'gone', time: '09:31' },
  { key: 'register', name: '立案', state: 'gone', time: '09:42' },
  { key: 'dispatch', name: '派遣', state: 'now', time: '剩 11 分', isPressing: true },
  { key: 'sign', name: '签收', state: 'ahead', time: '1 小时内' },
  { key: 'handle', name: '办理', state: 'ahead', time: '4 工作小时' },
  { key: 'check', name: '核查', state: 'ahead' },
]

export const examples: readonly Example[] = [
  { name: 'on its way', shows: <Steps steps={way} label="经过" /> },
  { name: 'all gone', shows: <Steps steps={way.map((step) => ({ ...step, state: 'gone' }))} label="经过" /> },
]
