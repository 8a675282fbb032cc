/**
 * On what ground a department may hand a matter back, as a dated list: what applies on a day is chosen from, what has
 * been used stays readable. Sources: domain.md D2 (legal basis and suggested owner compulsory); 行政处罚法 (2021 修订,
 * in force 2021-07-15) Articles 22, 23 and 25 for place, level and whoever opened the case first; the county's lists
 * of powers and duties (权责清单) for the rest. Left out: whether the ground holds; the duty chief decides that.
 */
import { dayLength, startOf } from '../../kernel/time.ts'

export interface ReturnBasis {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  /** Where it is written. */
  readonly source: string
  /** Days, the first and the last on which it may be used. */
  readonly from: string
  readonly to: string | null
}

const law = '2021-07-15'
const own = '2016-01-01'

export const returnBases = [
  {
    code: 'other-duty',
    name: '权责清单列明由其他部门承担',
    nameEn: 'The list of powers and duties names another department',
    source: '部门权责清单',
    from: own,
    to: null,
  },
  {
    code: 'other-place',
    name: '发生地不在本部门管辖区域',
    nameEn: 'It happened outside the area of this department',
    source: '行政处罚法第二十二条',
    from: law,
    to: null,
  },
  {
    code: 'other-level',
    name: '依法由上级或下级部门管辖',
    nameEn: 'By law the level above or below is competent',
    source: '行政处罚法第二十三条',
    from: law,
    to: null,
  },
  {
    code: 'opened-elsewhere',
    name: '其他部门已先立案',
    nameEn: 'Another department opened the case first',
    source: '行政处罚法第二十五条',
    from: law,
    to: null,
  },
  {
    code: 'in-court',
    name: '已进入诉讼、仲裁或行政复议',
    nameEn: 'It is before a court, arbitration or review',
    source: '部门权责清单',
    from: own,
    to: null,
  },
  {
    code: 'no-power',
    name: '不属于行政机关职权范围',
    nameEn: 'No authority has power over it',
    source: '部门权责清单',
    from: own,
    to: null,
  },
] as const satisfies readonly ReturnBasis[]

export type ReturnBasisCode = (typeof returnBases)[number]['code']
export const returnBasisCodes = returnBases.map((b) => b.code)

/** The grounds that may be used at a moment. */
export const basesAt = (now: number, list: readonly ReturnBasis[] = returnBases): ReturnBasis[] =>
  list.filter((b) => startOf(b.from) <= now && (b.to === null || now < startOf(b.to) + dayLength))

/** A step of the flow, as far as returns are read from it. */
interface Step {
  readonly action: string
  readonly at: string
  readonly reason: string
  readonly actorOffice: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

/** A return as whoever dispatches next must know it. */
export interface Returned {
  readonly at: string
  readonly office: string | null
  /** Who handed it back; null in returns from before it was written down. */
  readonly departmentId: string | null
  readonly suggestedId: string
  readonly basis: string | null
  readonly note: string
  readonly answer: 'agreed' | 'refused' | 'ruled' | null
}

const answers: Readonly<Record<string, Returned['answer']>> = {
  'agree-return': 'agreed',
  'refuse-return': 'refused',
  rule: 'ruled',
}
const textIn = (value: unknown) => (typeof value === 'string' ? value : null)

/** The returns in the life of an event, oldest first, each with what was answered. */
export function returnsIn(flow: readonly Step[]): Returned[] {
  return flow.flatMap((step, i) => {
    if (step.action !== 'return') return []
    const next = flow.slice(i + 1).find((s) => s.action in answers || s.action === 'return')
    return [
      {
        at: step.at,
        office: step.actorOffice,
        departmentId: textIn(step.detail['department']),
        suggestedId: textIn(step.detail['suggested']) ?? '',
        basis: textIn(step.detail['basis']),
        note: step.reason,
        answer: answers[next?.action ?? ''] ?? null,
      },
    ]
  })
}
