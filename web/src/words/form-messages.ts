/** What forms say of a field that is not filled in right: plain sentences beside it, never a pattern or the name of a field. */
import type { Language } from './terms.ts'

export const formMessages = (language: Language) => {
  const t = (zh: string, en: string) => (language === 'zh' ? zh : en)
  return {
    required: t('请填写', 'Please fill in'),
    whitespace: t('请填写', 'Please fill in'),
    enum: t('请从列表中选择', 'Please choose from the list'),
    pattern: { mismatch: t('格式不对，请核对', 'This does not look right; please check') },
    string: {
      min: t('至少 ${min} 个字', 'At least ${min} characters'),
      max: t('最多 ${max} 个字', 'At most ${max} characters'),
      range: t('${min} 到 ${max} 个字', '${min} to ${max} characters'),
      len: t('须为 ${len} 个字', '${len} characters'),
    },
    number: {
      min: t('不能小于 ${min}', 'At least ${min}'),
      max: t('不能大于 ${max}', 'At most ${max}'),
      range: t('须在 ${min} 到 ${max} 之间', 'Between ${min} and ${max}'),
    },
    array: {
      min: t('至少选 ${min} 项', 'Choose at least ${min}'),
      max: t('最多选 ${max} 项', 'Choose at most ${max}'),
    },
    types: { number: t('请填数字', 'Please enter a number'), date: t('日期不对', 'This is no date') },
  }
}
