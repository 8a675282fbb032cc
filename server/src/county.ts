/** What a county has before anybody works in it: areas, roles, catalogue, calendar, size norms. Safe to run again. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { roles } from '@fengge/domain/identity/roles'
import type { Category, Limit } from '@fengge/domain/events/terms'
import { countySetUp } from '@fengge/domain/places/facts'
import { forgetRules, startRules, type CalendarDay } from './events/door.ts'
import { saveRoles } from './identity/store/postings.ts'
import { actAs } from './kernel/act-as.ts'
import { systemCaller, type Ctx } from './kernel/context.ts'
import type { Ground } from './kernel/ground.ts'
import { saveReadyArticles } from './library/door.ts'
import { hasMatters, startSet } from './matters/door.ts'
import { saveReadyRules } from './visits/door.ts'
import { importAreas } from './places/commands/import-areas.ts'
import { refreshTree } from './places/door.ts'
import { saveNormRow } from './places/store/places.ts'

const data = (name: string) => readFileSync(join(import.meta.dirname, '../data', name), 'utf8')
const className: Record<string, readonly [string, string]> = {
  10: ['矛盾纠纷', 'Disputes'],
  20: ['社会治安', 'Public order'],
  30: ['安全隐患', 'Safety hazards'],
  40: ['民生服务', 'Livelihood'],
  50: ['城市管理', 'City management'],
  60: ['公共卫生', 'Public health'],
  70: ['生态环境', 'Environment'],
  80: ['投诉监督', 'Complaints'],
  90: ['专项任务', 'Special tasks'],
}

/** The ready catalogue of domain.md C as rows; every number in it is a county's to change. */
export function readCatalogue(validFrom: string): Category[] {
  const rows: Record<string, string>[] = parse(data('catalogue.csv'), { columns: true, bom: true })
  return rows.map((r) => {
    const [value = '7', kind = 'work-day'] = r['handle']!.split(' ')
    const names = className[r['code']!.slice(0, 2)]!
    return {
      code: r['code']!,
      name: r['name']!,
      nameEn: r['nameEn']!,
      classCode: r['code']!.slice(0, 2),
      className: names[0],
      classNameEn: names[1],
      level: Number(r['level']) as Category['level'],
      lead: r['lead']!,
      order: r['order'] as Category['order'],
      evidence: (r['evidence'] ?? '').split(' ').filter((e) => e !== '') as Category['evidence'],
      isSensitive: r['sensitive'] === '1',
      isAboutStaff: r['staff'] === '1',
      urgency: Number(r['urgency']) as Category['urgency'],
      limits: { handle: { kind: kind as Limit['kind'], value: Number(value) } },
      stopNotice: r['stopNotice'] === '' ? null : r['stopNotice']!,
      stopNoticeEn: r['stopNoticeEn'] === '' ? null : r['stopNoticeEn']!,
      keywords: (r['keywords'] ?? '').split(' ').filter((k) => k !== ''),
      validFrom,
      validTo: null,
      source: '参照公开资料整理的缺省值，可按本地规定修订',
    }
  })
}

export async function setUpCounty(
  ground: Ground,
  county: string,
  areasCsv?: string,
  validFrom = '2020-01-01',
): Promise<void> {
  const as = systemCaller(county)
  await actAs(ground, as, 'setup:areas', async (ctx) => {
    await importAreas(ctx, { requestId: ctx.requestId, csv: areasCsv ?? data(`areas/${county}.csv`), isTrial: false })
  })
  await refreshTree(ground)
  await actAs(ground, as, 'setup:rules', (ctx) => saveRules(ctx, county, validFrom))
}

async function saveRules(ctx: Ctx, county: string, validFrom: string): Promise<void> {
  forgetRules(ctx)
  await saveRoles(ctx.tx, roles)
  await startWork(ctx, county, validFrom)
  const days: CalendarDay[] = parse(data('calendar.csv'), { columns: true, bom: true })
  if (!(await startRules(ctx, readCatalogue(validFrom), days))) return
  const band = {
    leastHouseholds: 300,
    mostHouseholds: 500,
    leastPeople: null,
    mostPeople: 2000,
    source: '全国性参考值 300–500 户，县可另定',
  }
  await saveNormRow(ctx.tx, county, { kind: 'general', ...band })
  await saveNormRow(ctx.tx, county, {
    kind: 'micro',
    leastHouseholds: 30,
    mostHouseholds: 80,
    leastPeople: null,
    mostPeople: null,
    source: '参考值 50–80 户，县可另定',
  })
  ctx.tell(countySetUp, { categories: true })
}

/** The list of matters (document 000 to begin with), forms, rules and articles; a county that has matters keeps its own. */
async function startWork(ctx: Ctx, county: string, validFrom: string): Promise<void> {
  if (await hasMatters(ctx.tx, county)) return
  const matters = await startSet(ctx, '000', validFrom)
  await saveReadyRules(ctx, matters)
  await saveReadyArticles(ctx.tx, county, validFrom)
}
