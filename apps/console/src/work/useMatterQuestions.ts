/** What is asked about a matter when it is put on the list or changed. */
import type { saveMatter } from '@fengge/domain/matters/contract'
import { matterKinds, matterObjects, taskKinds } from '@fengge/domain/matters/terms'
import type { SentOf } from '@fengge/domain/kernel/endpoint'
import { matterKindWords, matterObjectWords, taskKindWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import type { Question } from '../shell/AskForm.tsx'

type Sent = SentOf<typeof saveMatter>
/** As the form gives them: what was left open is missing. */
export type MatterAnswers = Omit<
  Sent,
  'requestId' | 'id' | 'version' | 'code' | 'classCode' | 'classNameEn' | 'nameEn' | 'validTo'
> & {
  readonly code?: string
  readonly nameEn?: string
  readonly validTo?: string | null
}

export function useMatterQuestions(isKnown: boolean): Question[] {
  const { t, w } = useWords()
  const code: Question = { name: 'code', label: t('编码', 'Code'), kind: 'line', most: 20 }
  return [
    ...(isKnown ? [] : [code]),
    { name: 'name', label: t('名称', 'Name'), kind: 'line' },
    {
      name: 'nameEn',
      label: t('英文名称（可不填）', 'English name (optional)'),
      kind: 'line',
      most: 120,
      isOptional: true,
    },
    { name: 'className', label: t('类别', 'Class'), kind: 'line', most: 30 },
    {
      name: 'kind',
      label: t('性质', 'Kind'),
      kind: 'choice',
      options: matterKinds.map((k) => ({ value: k, label: w(matterKindWords, k) })),
    },
    { name: 'owner', label: t('责任部门', 'Owner'), kind: 'line', most: 40 },
    {
      name: 'taskKinds',
      label: t('任务种类', 'Kinds of work'),
      kind: 'many',
      options: taskKinds.map((k) => ({ value: k, label: w(taskKindWords, k) })),
    },
    {
      name: 'objects',
      label: t('对象', 'About whom or what'),
      kind: 'many',
      options: matterObjects.map((o) => ({ value: o, label: w(matterObjectWords, o) })),
    },
    { name: 'minutes', label: t('每次最多分钟', 'Minutes at most'), kind: 'number' },
    { name: 'steps', label: t('工作流程', 'Steps'), kind: 'text', most: 400 },
    { name: 'effort', label: t('工作量', 'Effort'), kind: 'line', most: 60 },
    { name: 'frequency', label: t('频次', 'Frequency'), kind: 'line', most: 30 },
    { name: 'funding', label: t('经费保障', 'Funding'), kind: 'line', most: 100 },
    { name: 'basis', label: t('法律政策依据', 'Legal basis'), kind: 'line', most: 200 },
    {
      name: 'evidence',
      label: t('留证', 'Evidence'),
      kind: 'choice',
      options: [
        { value: 'none', label: t('不需要', 'None') },
        { value: 'photo', label: t('照片', 'Photo') },
        { value: 'signature', label: t('签字', 'Signature') },
      ],
    },
    { name: 'evidenceWhy', label: t('留证的必要性', 'Why evidence'), kind: 'line', isOptional: true, most: 100 },
    { name: 'validFrom', label: t('生效', 'From'), kind: 'day' },
    { name: 'validTo', label: t('截止（临时事项必填）', 'Until'), kind: 'day', isOptional: true },
  ]
}
