/** The forms a county starts with; rows afterwards, a county's to change. Questions follow the papers of the matters. */
import type { Form, FormField } from './forms.ts'

type Title = readonly [name: string, nameEn: string]

const blank = { choices: [], isRequired: false, hazardWhen: '', why: '' } satisfies Partial<FormField>

const choice = (
  code: string,
  [name, nameEn]: Title,
  choices: FormField['choices'],
  more: Partial<FormField> = {},
): FormField => ({ ...blank, code, name, nameEn, type: 'choice', choices, isRequired: true, ...more })

const text = (code: string, [name, nameEn]: Title): FormField => ({ ...blank, code, name, nameEn, type: 'text' })

const form = (
  code: string,
  about: Pick<Form, 'name' | 'nameEn' | 'subject'> & Partial<Form>,
  fields: FormField[],
): Form => ({ code, fields, photoWhy: '', categoryCode: '', isOn: true, version: 1, isCore: false, ...about })

const goodBad = (good: string, goodEn: string, bad: string, badEn: string): FormField['choices'] => [
  ['good', good, goodEn],
  ['bad', bad, badEn],
]
const keepForRecheck = '隐患部位需留存以便复查'

/** The forms a county starts with; rows afterwards, a county's to change. */
export const readyForms: readonly Form[] = [
  form(
    'elder-alone',
    { name: '独居老人走访', nameEn: 'Old person living alone', subject: 'person', categoryCode: '4003' },
    [
      choice(
        'health',
        ['身体情况', 'Health'],
        [
          ['well', '良好', 'Well'],
          ['fair', '一般', 'Fair'],
          ['ill', '不适需帮助', 'Unwell, needs help'],
        ],
        { hazardWhen: 'ill' },
      ),
      choice('gas', ['燃气和用电', 'Gas and electricity'], goodBad('正常', 'In order', '有隐患', 'Dangerous'), {
        hazardWhen: 'bad',
      }),
      choice(
        'family',
        ['家人联系', 'Family in touch'],
        [
          ['often', '经常', 'Often'],
          ['seldom', '较少', 'Seldom'],
          ['none', '没有', 'None'],
        ],
      ),
      text('needs', ['需要什么帮助', 'What help is needed']),
    ],
  ),
  form('care', { name: '关爱走访', nameEn: 'Care visit', subject: 'person' }, [
    choice(
      'state',
      ['近况', 'How things are'],
      [
        ['calm', '平稳', 'Calm'],
        ['changed', '有变化', 'Changed'],
        ['worry', '需要关注', 'Needs attention'],
      ],
    ),
    text('needs', ['需要什么帮助', 'What help is needed']),
  ]),
  form('left-behind', { name: '留守人员走访', nameEn: 'Left behind', subject: 'person' }, [
    choice(
      'guard',
      ['照看情况', 'Who looks after'],
      [
        ['family', '家人照看', 'Family'],
        ['relative', '亲友照看', 'Relatives'],
        ['none', '无人照看', 'Nobody'],
      ],
    ),
    text('needs', ['需要什么帮助', 'What help is needed']),
  ]),
  form(
    'rental',
    { name: '出租房安全', nameEn: 'Rental safety', subject: 'house', photoWhy: keepForRecheck, categoryCode: '3003' },
    [
      choice('exit', ['通道和逃生窗', 'Way out'], goodBad('畅通', 'Free', '堵塞或封闭', 'Blocked'), {
        hazardWhen: 'bad',
      }),
      choice('power', ['用电和电瓶车充电', 'Power and charging'], goodBad('规范', 'Proper', '不规范', 'Improper'), {
        hazardWhen: 'bad',
      }),
      choice(
        'gas',
        ['燃气使用', 'Gas'],
        [
          ['good', '规范', 'Proper'],
          ['bad', '不规范', 'Improper'],
          ['none', '不用燃气', 'No gas'],
        ],
        { hazardWhen: 'bad' },
      ),
      text('note2', ['其他情况', 'Anything else']),
    ],
  ),
  form(
    'shop-safety',
    { name: '商铺安全', nameEn: 'Shop safety', subject: 'unit', photoWhy: keepForRecheck, categoryCode: '3003' },
    [
      choice(
        'fire',
        ['灭火器材', 'Extinguishers'],
        goodBad('齐全有效', 'Complete', '缺少或失效', 'Missing or expired'),
        {
          hazardWhen: 'bad',
        },
      ),
      choice(
        'mixed',
        ['店内住人', 'People sleep there'],
        [
          ['no', '没有', 'No'],
          ['yes', '有', 'Yes'],
        ],
        { hazardWhen: 'yes' },
      ),
      choice('exit', ['安全出口', 'Exit'], goodBad('畅通', 'Free', '堵塞', 'Blocked'), { hazardWhen: 'bad' }),
      text('note2', ['其他情况', 'Anything else']),
    ],
  ),
  form(
    'facility',
    { name: '设施检查', nameEn: 'Facility check', subject: 'facility', photoWhy: keepForRecheck, categoryCode: '3003' },
    [
      choice('state', ['状况', 'State'], goodBad('正常', 'In order', '有隐患', 'Faulty'), { hazardWhen: 'bad' }),
      text('note2', ['说明', 'Note']),
    ],
  ),
  form('patrol', { name: '巡查', nameEn: 'Patrol', subject: 'grid', categoryCode: '5001' }, [
    choice(
      'state',
      ['情况', 'What was seen'],
      [
        ['good', '未见异常', 'Nothing unusual'],
        ['bad', '发现问题', 'Something found'],
      ],
      { hazardWhen: 'bad' },
    ),
    text('note2', ['说明', 'Note']),
  ]),
  form(
    'recheck',
    { name: '隐患复查', nameEn: 'Re-check of a hazard', subject: 'house', photoWhy: '整改结果需与整改前对照' },
    [
      choice(
        'cleared',
        ['是否整改到位', 'Is it cleared'],
        [
          ['yes', '已整改', 'Cleared'],
          ['no', '未整改', 'Not yet'],
        ],
      ),
      text('note2', ['说明', 'Note']),
    ],
  ),
  form('errand', { name: '办理事项', nameEn: 'Errand', subject: 'person' }, [text('result', ['办理结果', 'Result'])]),
  form('released', { name: '安置帮教记录', nameEn: 'Resettlement record', subject: 'person', isCore: true }, [
    choice(
      'work',
      ['就业', 'Work'],
      [
        ['yes', '有', 'Yes'],
        ['no', '无', 'No'],
      ],
    ),
    choice(
      'state',
      ['近况', 'How things are'],
      [
        ['calm', '平稳', 'Calm'],
        ['worry', '需要关注', 'Needs attention'],
      ],
    ),
    text('needs', ['帮扶需求', 'Help needed']),
  ]),
  form('mental-health', { name: '随访记录', nameEn: 'Follow-up record', subject: 'person', isCore: true }, [
    choice(
      'stable',
      ['病情', 'Condition'],
      [
        ['stable', '稳定', 'Stable'],
        ['fair', '基本稳定', 'Fairly stable'],
        ['unstable', '不稳定', 'Unstable'],
      ],
    ),
    choice(
      'medicine',
      ['服药', 'Medicine'],
      [
        ['regular', '规律', 'Regular'],
        ['irregular', '不规律', 'Irregular'],
      ],
    ),
    text('needs', ['需求', 'Needs']),
  ]),
]
