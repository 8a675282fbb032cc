/**
 * What a citizen reads where whoever refused or closed his matter wrote nothing for him: a sentence of its own for each
 * reason, never the note, which stays inside. Sources: domain.md D2 (reason code told to the reporter), I5. Left out:
 * what only a person can say of the case; the forms ask for that.
 */
import type { refuseReasons } from '../terms.ts'

const refusals: Readonly<Record<(typeof refuseReasons)[number], string>> = {
  duplicate: '您反映的事项已有人反映，正在一并办理。',
  untrue: '经现场核实，未发现您反映的情况。',
  'not-ours': '您反映的事项不属于本平台受理范围，请向有关主管单位反映。',
  'in-court': '您反映的事项已进入法定程序，请以法定程序的结果为准。',
  'too-vague': '您反映的内容不够具体，无法核实，请补充后重新反映。',
  'stop-notice': '您反映的事项请按登记时提示的渠道办理。',
}

/** @param own what was written for him; empty where nothing was */
export const refusalAnswer = (own: string, reason: (typeof refuseReasons)[number]): string => own || refusals[reason]

export const forcedAnswer = '该事项已按规定程序终结办理。如有疑问，请联系受理单位。'
