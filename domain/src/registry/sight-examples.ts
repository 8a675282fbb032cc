/** Examples of what may be seen: the test walks them, and docs/rules/registry-visibility.md shows them. */
import type { Duty } from '../kernel/duty.ts'
import type { Sight, Where } from './sight.ts'

/** Four fields of a person, one of each kind of closeness: general, an important phone, another important one, core. */
export const exampleFields = ['name', 'phone', 'hukouArea', 'idNo'] as const
export type ExampleField = (typeof exampleFields)[number]

export interface SightExample {
  readonly who: string
  readonly duties: readonly Duty[]
  readonly where: readonly Where[]
  readonly looks: Readonly<Record<ExampleField, Sight>>
  readonly reveals: readonly ExampleField[]
  readonly why: string
}

const worker: readonly Duty[] = ['registry.read', 'registry.write', 'registry.see-masked', 'registry.reveal']
const officer: readonly Duty[] = [...worker, 'registry.reveal-core']
const looks = (name: Sight, phone: Sight, hukouArea: Sight, idNo: Sight) => ({ name, phone, hukouArea, idNo })

export const sightExamples: readonly SightExample[] = [
  {
    who: '网格员，本网格',
    duties: worker,
    where: ['screen', 'export'],
    looks: looks('plain', 'masked', 'masked', 'masked'),
    reveals: ['phone', 'hukouArea'],
    why: '一般字段可见；重要与核心字段打码，证件号码只见“已登记”，需说明用途才可逐项查看',
  },
  {
    who: '网格员，本网格',
    duties: worker,
    where: ['phone'],
    looks: looks('plain', 'masked', 'masked', 'hidden'),
    reveals: ['phone', 'hukouArea'],
    why: '手机会丢失：核心字段连打码的也不下发',
  },
  {
    who: '社区干部',
    duties: officer,
    where: ['screen', 'export'],
    looks: looks('plain', 'masked', 'masked', 'masked'),
    reveals: ['phone', 'hukouArea', 'idNo'],
    why: '导出与屏幕相同，打码的仍打码；核心字段须有专门权责才可查看',
  },
  {
    who: '楼组长',
    duties: ['registry.read', 'registry.write'],
    where: ['screen', 'phone', 'export'],
    looks: looks('plain', 'masked', 'hidden', 'hidden'),
    reveals: [],
    why: '只需知道有无电话可联系，其余重要字段与其工作无关',
  },
  {
    who: '邻格网格员，因同一人租住本格而见',
    duties: [],
    where: ['screen'],
    looks: looks('plain', 'hidden', 'hidden', 'hidden'),
    reveals: [],
    why: '一户一页上看到同住人，但管理他的是另一网格，电话由那边联系',
  },
  {
    who: '邻格网格员，因同一人租住本格而见',
    duties: [],
    where: ['phone'],
    looks: looks('hidden', 'hidden', 'hidden', 'hidden'),
    reveals: [],
    why: '不归其查看的，手机上除姓名、类别这一行外什么也不留',
  },
  {
    who: '任何人',
    duties: officer,
    where: ['search'],
    looks: looks('plain', 'hidden', 'hidden', 'hidden'),
    reveals: [],
    why: '搜索结果只为认出是哪一位，一般字段足够',
  },
]
