/** The rules a county starts with; each names a matter of the set that it was set up with. */
import type { Matter } from '@fengge/domain/matters/terms'
import type { Rule } from '@fengge/domain/visits/terms'
import type { Ctx } from '../kernel/context.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { saveReadyForms } from './store/forms.ts'
import { saveRuleRow } from './store/rules.ts'

type Draft = Pick<Rule, 'name' | 'nameEn' | 'selector' | 'formCode' | 'periodDays' | 'minutes' | 'priority'> &
  Partial<Pick<Rule, 'months' | 'windowFrom' | 'windowTo'>> & { matter: string }
const drafts: readonly Draft[] = [
  {
    matter: 'D01',
    name: '关爱走访',
    nameEn: 'Care visit',
    selector: 'care',
    formCode: 'care',
    periodDays: 30,
    minutes: 30,
    priority: 9,
  },
  {
    matter: 'D02',
    name: '独居老人走访',
    nameEn: 'The old who live alone',
    selector: 'elder-alone',
    formCode: 'elder-alone',
    periodDays: 30,
    minutes: 20,
    priority: 8,
  },
  {
    matter: 'D03',
    name: '留守人员走访',
    nameEn: 'The left behind',
    selector: 'left-behind',
    formCode: 'left-behind',
    periodDays: 90,
    minutes: 20,
    priority: 7,
  },
  {
    matter: 'C02',
    name: '群租房安全巡查',
    nameEn: 'Group-rental safety',
    selector: 'house-group',
    formCode: 'rental',
    periodDays: 30,
    minutes: 20,
    priority: 7,
  },
  {
    matter: 'C02',
    name: '出租房安全巡查',
    nameEn: 'Rental safety',
    selector: 'house-rental',
    formCode: 'rental',
    periodDays: 180,
    minutes: 15,
    priority: 4,
  },
  {
    matter: 'C03',
    name: '沿街商铺安全巡查',
    nameEn: 'Shop safety',
    selector: 'unit-shop',
    formCode: 'shop-safety',
    periodDays: 180,
    minutes: 12,
    priority: 4,
  },
  {
    matter: 'C01',
    name: '消防设施检查',
    nameEn: 'Facility check',
    selector: 'facility',
    formCode: 'facility',
    periodDays: 30,
    minutes: 10,
    priority: 6,
  },
  {
    matter: 'B01',
    name: '治安巡防',
    nameEn: 'Order patrol',
    selector: 'grid',
    formCode: 'patrol',
    periodDays: 7,
    minutes: 60,
    priority: 3,
  },
  {
    matter: 'C05',
    name: '汛期隐患巡查',
    nameEn: 'Flood season patrol',
    selector: 'grid',
    formCode: 'patrol',
    periodDays: 7,
    minutes: 30,
    priority: 6,
    months: [5, 6, 7, 8, 9],
  },
]

export async function saveReadyRules(ctx: Ctx, matters: readonly Matter[]): Promise<void> {
  const county = ctx.caller.countyCode
  await saveReadyForms(ctx.tx, county)
  for (const { matter, ...d } of drafts) {
    const found = matters.find((m) => m.code.endsWith(`-${matter}`))
    if (found)
      await saveRuleRow(ctx.tx, county, {
        id: freshId(ctx.now),
        windowFrom: null,
        windowTo: null,
        months: [],
        placeId: null,
        isOn: true,
        version: 1,
        ...d,
        matterId: found.id,
      })
  }
}
