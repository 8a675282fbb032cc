import { Rate } from 'antd'
import { useWords } from '@fengge/web/words/language.ts'

/** Stars, as a field of a form; a form would say of the list of them what may not be said of a list. */
export function Score({ value, onChange }: { readonly value?: number; readonly onChange?: (value: number) => void }) {
  const { t } = useWords()
  const given = value === undefined ? {} : { value }
  return <Rate aria-label={t('满意度', 'Score')} {...given} {...(onChange ? { onChange } : {})} />
}
