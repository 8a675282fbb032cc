/**
 * Short forms made from configuration. A form may not ask what the registry knows without saying why (anchors
 * idea 16), may not demand a photo without a necessity (domain.md A15), and may not count what is found.
 */
import { z } from 'zod'
import type { SubjectKind } from './terms.ts'
import { SubjectKind as Subject } from './terms.ts'

export const FormField = z.strictObject({
  code: z.string().regex(/^[a-z][A-Za-z0-9]{0,29}$/),
  name: z.string().min(1).max(40),
  nameEn: z.string().min(1).max(80),
  type: z.enum(['choice', 'flag', 'text']),
  choices: z
    .array(z.tuple([z.string().max(30), z.string().max(30), z.string().max(60)]))
    .max(12)
    .default([]),
  isRequired: z.boolean().default(false),
  /** The answer that means a hidden danger: the form then offers an event and a re-check. */
  hazardWhen: z.string().max(30).default(''),
  why: z.string().max(100).default(''),
})
export type FormField = z.infer<typeof FormField>
export const Form = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  name: z.string().min(1).max(40),
  nameEn: z.string().min(1).max(80),
  subject: Subject,
  fields: z.array(FormField).max(12),
  /** Why a photo is needed; empty where none may be demanded. */
  photoWhy: z.string().max(100).default(''),
  categoryCode: z.string().max(10).default(''),
  isOn: z.boolean().default(true),
  version: z.int().default(1),
  /** Kept from phones: forms of the strictest tier are filled at a desk by who keeps the overlay. */
  isCore: z.boolean().default(false),
})
export type Form = z.infer<typeof Form>

export type FormFault = 'form.field-known' | 'form.field-twice' | 'form.choices' | 'form.counts' | 'form.scores'

/** @param known codes and names that the registry already holds, by subject */
export function judgeForm(
  form: Form,
  known: (subject: SubjectKind) => ReadonlySet<string>,
): { fault: FormFault; field: string } | undefined {
  const seen = new Set<string>()
  for (const field of form.fields) {
    if (seen.has(field.code)) return { fault: 'form.field-twice', field: field.code }
    seen.add(field.code)
    if ((known(form.subject).has(field.code) || known(form.subject).has(field.name)) && field.why === '')
      return { fault: 'form.field-known', field: field.code }
    if (field.type === 'choice' && field.choices.length < 2) return { fault: 'form.choices', field: field.code }
    if (/风险(分|等级|评分)|积分|打分|人脸|指纹/.test(field.name)) return { fault: 'form.scores', field: field.code }
    if (/(发现|排查|上报).*(数|件|起|个)$/.test(field.name)) return { fault: 'form.counts', field: field.code }
  }
  return undefined
}

export type Answers = Readonly<Record<string, string | boolean>>
export type AnswerFault = 'answer.required' | 'answer.choice' | 'answer.unknown' | 'answer.too-long'

/** Answers as they are kept, or the first fault. Flags come as booleans, the rest as text; empty text is no answer. */
export function readAnswers(
  form: Form,
  raw: Readonly<Record<string, unknown>>,
): { answers: Answers; hazards: string[] } | { fault: AnswerFault; field: string } {
  const answers: Record<string, string | boolean> = {}
  const hazards: string[] = []
  for (const code of Object.keys(raw))
    if (!form.fields.some((f) => f.code === code)) return { fault: 'answer.unknown', field: code }
  for (const field of form.fields) {
    const value = raw[field.code]
    const isEmpty = value === undefined || value === null || value === ''
    if (isEmpty) {
      if (field.isRequired) return { fault: 'answer.required', field: field.code }
      continue
    }
    if (field.type === 'flag') answers[field.code] = value === true || value === 'true'
    else if (field.type === 'choice') {
      if (!field.choices.some(([c]) => c === value)) return { fault: 'answer.choice', field: field.code }
      answers[field.code] = String(value)
    } else {
      if ([...String(value)].length > 500) return { fault: 'answer.too-long', field: field.code }
      answers[field.code] = String(value).normalize('NFC').trim()
    }
    if (field.hazardWhen !== '' && String(answers[field.code]) === field.hazardWhen) hazards.push(field.code)
  }
  return { answers, hazards }
}

const choice = (
  code: string,
  name: string,
  nameEn: string,
  choices: FormField['choices'],
  more: Partial<FormField> = {},
): FormField => ({ code, name, nameEn, type: 'choice', choices, isRequired: true, hazardWhen: '', why: '', ...more })
const text = (code: string, name: string, nameEn: string): FormField => ({
  code,
  name,
  nameEn,
  type: 'text',
  choices: [],
  isRequired: false,
  hazardWhen: '',
  why: '',
})
const form = (
  code: string,
  name: string,
  nameEn: string,
  subject: SubjectKind,
  fields: FormField[],
  more: Partial<Form> = {},
): Form => ({
  code,
  name,
  nameEn,
  subject,
  fields,
  photoWhy: '',
  categoryCode: '',
  isOn: true,
  version: 1,
  isCore: false,
  ...more,
})
const goodBad = (good: string, goodEn: string, bad: string, badEn: string): FormField['choices'] => [
  ['good', good, goodEn],
  ['bad', bad, badEn],
]
const keepForRecheck = '隐患部位需留存以便复查'

/** The forms a county starts with; rows afterwards, a county's to change. */
export const readyForms: readonly Form[] = [
  form(
    'elder-alone',
    '独居老人走访',
    'Old person living alone',
    'person',
    [
      choice('health', '身体情况', 'Health', [
        ['well', '良好', 'Well'],
        ['fair', '一般', 'Fair'],
        ['ill', '不适需帮助', 'Unwell, needs help'],
      ]),
      choice('gas', '燃气和用电', 'Gas and electricity', goodBad('正常', 'In order', '有隐患', 'Dangerous'), {
        hazardWhen: 'bad',
      }),
      choice('family', '家人联系', 'Family in touch', [
        ['often', '经常', 'Often'],
        ['seldom', '较少', 'Seldom'],
        ['none', '没有', 'None'],
      ]),
      text('needs', '需要什么帮助', 'What help is needed'),
    ],
    { categoryCode: '3003' },
  ),
  form('care', '关爱走访', 'Care visit', 'person', [
    choice('state', '近况', 'How things are', [
      ['calm', '平稳', 'Calm'],
      ['changed', '有变化', 'Changed'],
      ['worry', '需要关注', 'Needs attention'],
    ]),
    text('needs', '需要什么帮助', 'What help is needed'),
  ]),
  form('left-behind', '留守人员走访', 'Left behind', 'person', [
    choice('guard', '照看情况', 'Who looks after', [
      ['family', '家人照看', 'Family'],
      ['relative', '亲友照看', 'Relatives'],
      ['none', '无人照看', 'Nobody'],
    ]),
    text('needs', '需要什么帮助', 'What help is needed'),
  ]),
  form(
    'rental',
    '出租房安全',
    'Rental safety',
    'house',
    [
      choice('exit', '通道和逃生窗', 'Way out', goodBad('畅通', 'Free', '堵塞或封闭', 'Blocked'), {
        hazardWhen: 'bad',
      }),
      choice('power', '用电和电瓶车充电', 'Power and charging', goodBad('规范', 'Proper', '不规范', 'Improper'), {
        hazardWhen: 'bad',
      }),
      choice(
        'gas',
        '燃气使用',
        'Gas',
        [
          ['good', '规范', 'Proper'],
          ['bad', '不规范', 'Improper'],
          ['none', '不用燃气', 'No gas'],
        ],
        { hazardWhen: 'bad' },
      ),
      text('note2', '其他情况', 'Anything else'),
    ],
    { photoWhy: keepForRecheck, categoryCode: '3003' },
  ),
  form(
    'shop-safety',
    '商铺安全',
    'Shop safety',
    'unit',
    [
      choice('fire', '灭火器材', 'Extinguishers', goodBad('齐全有效', 'Complete', '缺少或失效', 'Missing or expired'), {
        hazardWhen: 'bad',
      }),
      choice(
        'mixed',
        '店内住人',
        'People sleep there',
        [
          ['no', '没有', 'No'],
          ['yes', '有', 'Yes'],
        ],
        { hazardWhen: 'yes' },
      ),
      choice('exit', '安全出口', 'Exit', goodBad('畅通', 'Free', '堵塞', 'Blocked'), { hazardWhen: 'bad' }),
      text('note2', '其他情况', 'Anything else'),
    ],
    { photoWhy: keepForRecheck, categoryCode: '3003' },
  ),
  form(
    'facility',
    '设施检查',
    'Facility check',
    'facility',
    [
      choice('state', '状况', 'State', goodBad('正常', 'In order', '有隐患', 'Faulty'), { hazardWhen: 'bad' }),
      text('note2', '说明', 'Note'),
    ],
    { photoWhy: keepForRecheck, categoryCode: '3003' },
  ),
  form(
    'patrol',
    '巡查',
    'Patrol',
    'grid',
    [
      choice(
        'state',
        '情况',
        'What was seen',
        [
          ['good', '未见异常', 'Nothing unusual'],
          ['bad', '发现问题', 'Something found'],
        ],
        { hazardWhen: 'bad' },
      ),
      text('note2', '说明', 'Note'),
    ],
    { categoryCode: '5001' },
  ),
  form(
    'recheck',
    '隐患复查',
    'Re-check of a hazard',
    'house',
    [
      choice('cleared', '是否整改到位', 'Is it cleared', [
        ['yes', '已整改', 'Cleared'],
        ['no', '未整改', 'Not yet'],
      ]),
      text('note2', '说明', 'Note'),
    ],
    { photoWhy: '整改结果需与整改前对照' },
  ),
  form('errand', '办理事项', 'Errand', 'person', [text('result', '办理结果', 'Result')]),
  form(
    'released',
    '安置帮教记录',
    'Resettlement record',
    'person',
    [
      choice('work', '就业', 'Work', [
        ['yes', '有', 'Yes'],
        ['no', '无', 'No'],
      ]),
      choice('state', '近况', 'How things are', [
        ['calm', '平稳', 'Calm'],
        ['worry', '需要关注', 'Needs attention'],
      ]),
      text('needs', '帮扶需求', 'Help needed'),
    ],
    { isCore: true },
  ),
  form(
    'mental-health',
    '随访记录',
    'Follow-up record',
    'person',
    [
      choice('stable', '病情', 'Condition', [
        ['stable', '稳定', 'Stable'],
        ['fair', '基本稳定', 'Fairly stable'],
        ['unstable', '不稳定', 'Unstable'],
      ]),
      choice('medicine', '服药', 'Medicine', [
        ['regular', '规律', 'Regular'],
        ['irregular', '不规律', 'Irregular'],
      ]),
      text('needs', '需求', 'Needs'),
    ],
    { isCore: true },
  ),
]
