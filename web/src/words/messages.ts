/** What somebody is told that is not about an event, and what there is to do. */
import type { Message, Told } from '@fengge/domain/identity/contract'
import { sentenceFor } from './problems.ts'
import { netChangeWords, type Language } from './terms.ts'

/** Why it was not done, where the sentence of the refusal speaks to who is just asking. */
const causes: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'place.stale': ['预定之后网格又有改动。', 'The grids were changed after it was ordered.'],
  'net.unsettled': [
    '预定之后新增了没有坐标的人、房或事，没有定去向。',
    'Since it was ordered things without a point came, and nobody said where they go.',
  ],
  'net.staff-unchosen': [
    '预定之后人员岗位有变化，没有定去向。',
    'Since it was ordered posts changed, and nobody said where they go.',
  ],
}

/** Why an order of the net was not carried out, to who reads it later. */
export const whyNotDone = (problem: string, language: Language): string =>
  causes[problem]?.[language === 'zh' ? 0 : 1] ?? sentenceFor(problem, language)

/** What waits, and by when. */
export const saidOfTold = ({ kind, about, on }: Told): readonly [zh: string, en: string] =>
  kind === 'arrival-offered'
    ? [
        `${about}有一人据告已迁入，请在 ${on} 前上门核实。`,
        `Somebody is said to have moved into ${about}: look for him before ${on}.`,
      ]
    : [
        `${about}有一名迁入人员没有找到或逾期未核实，请转网格核实或作结。`,
        `Somebody said to have moved into ${about} was not found or not looked for in time: send it on or give it up.`,
      ]

/** @param mayEdit whether he edits the net himself, and so can give the order again */
export function saidOfMessage(
  { about, change, on, problem }: Message,
  mayEdit: boolean,
): readonly [zh: string, en: string] {
  const [zh, en] = netChangeWords[change] ?? [change, change]
  return [
    `${about}原定 ${on} ${zh}，到日没有执行：${whyNotDone(problem, 'zh')}网格维持原样，人员和事件不变。${
      mayEdit ? '请在“区域与网格”核对后重新预定。' : '需要调整的，请网格管理员核对后重新预定。'
    }`,
    `${about}: ${en}, ordered for ${on}, was not carried out: ${whyNotDone(problem, 'en')} The grids stay as they were. ${
      mayEdit
        ? 'Look at Areas and grids, and order it again.'
        : 'If it is still needed, the net editor orders it again.'
    }`,
  ]
}
