/**
 * Key populations: what is kept of each kind, as the population ledgers name it, and how long what is sealed may be read
 * once somebody else agreed. Sources: requirements.md R3, domain.md B3. Left out: carriers of HIV, whom only medical
 * posts may know; the platform keeps nothing of them, not even that there are any.
 */
import { z } from 'zod'
import type { Duty } from '../../kernel/duty.ts'
import { dayLength, hour } from '../../kernel/time.ts'

export const careKinds = [
  'released',
  'correction',
  'mental-health',
  'drug',
  'juvenile',
  'vagrant',
  'hardship',
  'frail',
] as const
export type CareKind = (typeof careKinds)[number]

export const cautions = ['in-pairs', 'with-police', 'knock-first', 'daytime', 'with-doctor'] as const
type Caution = (typeof cautions)[number]

/**
 * What whoever need not know who somebody is reads in place of a caution that would tell it: what to do to be safe. A
 * doctor or a policeman who has to come along says that somebody is ill, or was in prison.
 */
const toldAs: Readonly<Record<Caution, readonly Caution[]>> = {
  'in-pairs': ['in-pairs'],
  'knock-first': ['knock-first'],
  daytime: ['daytime'],
  'with-police': ['in-pairs', 'knock-first'],
  'with-doctor': ['in-pairs', 'knock-first'],
}
/**
 * Who reads every caution as it stands: the keeper; and whoever visits there and is trusted with what is masked, a grid
 * worker or the community's desk (domain.md B3), both by one and the same post. A liaison and a grid leader do not.
 */
const frank: readonly (readonly Duty[])[] = [['overlay.keep'], ['visit.write', 'registry.reveal']]

/** Cautions as they are told. @param posts the duties of each post that the reader holds over the person */
export function showCautions(
  kept: readonly string[],
  posts: readonly { readonly duties: ReadonlySet<Duty> }[],
): string[] {
  const isFrank = posts.some(({ duties }) => frank.some((all) => all.every((d) => duties.has(d))))
  if (isFrank) return [...kept]
  return [...new Set(kept.flatMap((c) => toldAs[c as Caution] ?? []))]
}

/** Who helps: a team has several, each from a day to a day. */
export const helperRoles = [
  'grid-worker',
  'police',
  'judicial',
  'social-worker',
  'doctor',
  'family',
  'volunteer',
  'leader',
] as const

type Choice = readonly [value: string, zh: string, en: string]
export interface CareField {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly type: 'text' | 'day' | 'flag' | 'choice'
  readonly choices?: readonly Choice[]
}
export type CareValue = string | boolean | null
export const CareValues = z.record(z.string().max(40), z.union([z.string().max(500), z.boolean(), z.null()]))
export type CareValues = z.infer<typeof CareValues>

const text = (code: string, name: string, nameEn: string): CareField => ({ code, name, nameEn, type: 'text' })
const day = (code: string, name: string, nameEn: string): CareField => ({ code, name, nameEn, type: 'day' })
const flag = (code: string, name: string, nameEn: string): CareField => ({ code, name, nameEn, type: 'flag' })
const choice = (code: string, name: string, nameEn: string, choices: readonly Choice[]): CareField => ({
  code,
  name,
  nameEn,
  type: 'choice',
  choices,
})
const risk = choice('riskKind', '危险性评估', 'Risk', [
  ['low', '低', 'Low'],
  ['middle', '中', 'Middle'],
  ['high', '高', 'High'],
])
const family = text('family', '家庭情况', 'Family')
const guardian = text('guardian', '监护人及联系方式', 'Guardian and how to reach him')
const helpStatus = text('helpStatus', '帮扶情况', 'Help given')
const needs = text('needs', '困难与需求', 'Hardship and needs')

export const careFields: Readonly<Record<CareKind, readonly CareField[]>> = {
  released: [
    text('originalCrime', '原罪名', 'Former offence'),
    text('term', '原判刑期', 'Term'),
    text('prison', '服刑场所', 'Prison'),
    day('releaseDate', '释放日期', 'Released on'),
    flag('isRecidivist', '累犯', 'Repeated offender'),
    risk,
    day('linkDate', '衔接日期', 'Taken over on'),
    choice('linkStatus', '衔接情况', 'Taken over', [
      ['met', '已衔接', 'Yes'],
      ['missed', '未衔接', 'No'],
    ]),
    day('settleDate', '安置日期', 'Settled on'),
    choice('settleStatus', '安置情况', 'Settled', [
      ['work', '已就业', 'At work'],
      ['land', '务农', 'On the land'],
      ['aid', '享受救助', 'On aid'],
      ['none', '未安置', 'Not settled'],
    ]),
    text('notSettledReason', '未安置原因', 'Why not settled'),
    helpStatus,
    flag('reoffend', '重新犯罪', 'Offended again'),
  ],
  correction: [
    text('correctNo', '矫正编号', 'Number of the correction'),
    choice('correctKind', '矫正类别', 'Kind of correction', [
      ['control', '管制', 'Control'],
      ['probation', '缓刑', 'Probation'],
      ['parole', '假释', 'Parole'],
      ['outside', '暂予监外执行', 'Serving outside prison'],
    ]),
    text('crime', '罪名', 'Offence'),
    text('term', '原判刑期', 'Term'),
    day('correctStart', '矫正开始', 'From'),
    day('correctEnd', '矫正结束', 'Until'),
    text('receiveMode', '接收方式', 'How received'),
    flag('isOutOfControl', '脱管或漏管', 'Out of control'),
    text('outReason', '脱管原因与纠正', 'Why, and what was done'),
    text('rewardPunish', '奖惩', 'Rewards and punishments'),
    flag('offRecord', '已解除或终止', 'Ended'),
    flag('reoffend', '重新犯罪', 'Offended again'),
  ],
  'mental-health': [
    guardian,
    text('diagnosis', '诊断', 'Diagnosis'),
    day('firstOnset', '初次发病', 'First onset'),
    choice(
      'riskLevel',
      '危险性等级',
      'Level of risk',
      ['0', '1', '2', '3', '4', '5'].map((n) => [n, `${n} 级`, n]),
    ),
    day('lastRiskDate', '最近肇事肇祸', 'Last incident on'),
    text('treatment', '治疗情况', 'Treatment'),
    text('hospital', '治疗医院', 'Hospital'),
    text('rehab', '康复机构', 'Rehabilitation'),
    flag('minLiving', '享受低保', 'On minimum living aid'),
    helpStatus,
  ],
  drug: [
    day('firstFound', '初次发现', 'First found on'),
    text('cause', '成因', 'Cause'),
    choice('stage', '戒治阶段', 'Stage', [
      ['voluntary', '自愿戒毒', 'Voluntary'],
      ['community', '社区戒毒', 'In the community'],
      ['compulsory', '强制隔离戒毒', 'Compulsory'],
      ['recovery', '社区康复', 'Recovery'],
    ]),
    text('result', '戒治效果', 'Result'),
    text('control', '管控情况', 'Supervision'),
    helpStatus,
  ],
  juvenile: [
    choice('juvenileKind', '类别', 'Kind', [
      ['idle', '闲散', 'Neither at school nor at work'],
      ['conduct', '不良行为', 'Bad conduct'],
      ['street', '流浪乞讨', 'On the street'],
      ['parent-in-prison', '服刑人员未成年子女', 'Parent in prison'],
      ['left-behind', '留守', 'Left behind'],
      ['other', '其他', 'Other'],
    ]),
    family,
    guardian,
    text('offence', '违法犯罪情况', 'Offences'),
    text('means', '帮扶手段', 'Means of help'),
    helpStatus,
  ],
  vagrant: [text('foundAt', '发现地点', 'Found at'), text('origin', '来源地', 'Comes from'), needs, helpStatus],
  hardship: [
    choice('hardshipKind', '困难类型', 'Kind of hardship', [
      ['income', '低收入', 'Low income'],
      ['illness', '重病', 'Illness'],
      ['disability', '残疾', 'Disability'],
      ['disaster', '灾害事故', 'Disaster'],
      ['other', '其他', 'Other'],
    ]),
    flag('minLiving', '享受低保', 'On minimum living aid'),
    needs,
    helpStatus,
  ],
  frail: [
    choice('frailKind', '类型', 'Kind', [
      ['widowed', '丧偶', 'Widowed'],
      ['alone', '孤寡', 'Alone'],
      ['orphan', '孤儿', 'Orphan'],
      ['ill', '病残', 'Ill or disabled'],
    ]),
    guardian,
    needs,
    helpStatus,
  ],
}

const fits: Readonly<Record<CareField['type'], (value: CareValue, field: CareField) => boolean>> = {
  text: (value) => typeof value === 'string',
  day: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  flag: (value) => typeof value === 'boolean',
  choice: (value, { choices = [] }) => choices.some(([code]) => code === value),
}

/** The first value that no field of the kind takes, by its code. Nothing written is right anywhere. */
export function strayCareValue(kind: CareKind, values: CareValues): string | undefined {
  return Object.entries(values).find(([code, value]) => {
    const field = careFields[kind].find((f) => f.code === code)
    return field === undefined || (value !== null && !fits[field.type](value, field))
  })?.[0]
}

/** What is kept after an edit by somebody who need not see what was there: what is named takes its place, null clears it. */
export function editCareValues(before: CareValues, edits: CareValues): CareValues {
  return Object.fromEntries(Object.entries({ ...before, ...edits }).filter(([, value]) => value !== null))
}

/** So long what is sealed may be read by whoever asked, once somebody else agreed. */
export const careReadableFor = 2 * hour

/** When the next visit is due. @param since the last visit, else the day it began */
export const careDueAt = (since: number, visitDays: number): number => since + visitDays * dayLength

/** Times that one reason of care is written anew within a day: more is no keeping of records, and who audits is told. */
export const careSaveQuota = 10
