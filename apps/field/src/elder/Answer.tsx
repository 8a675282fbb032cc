import { Check, CircleQuestionMark, TriangleAlert, X, type LucideIcon } from 'lucide-react'
import { Icon } from '../shell/Icon.tsx'

const drawings: Readonly<Record<'good' | 'bad' | 'no' | 'unknown', LucideIcon>> = {
  good: Check,
  bad: TriangleAlert,
  no: X,
  unknown: CircleQuestionMark,
}
interface Props {
  readonly children: string
  readonly onClick: () => void
  readonly isBusy?: boolean
  /** Drawing, word and ground say the same. */
  readonly look?: keyof typeof drawings
}

/** An answer to the one question of the page: a drawing, the word, and for what is bad a warm ground. */
export const Answer = ({ children, onClick, isBusy = false, look }: Props) => (
  <button type="button" className={look === 'bad' ? 'answer is-bad' : 'answer'} disabled={isBusy} onClick={onClick}>
    {look && <Icon of={drawings[look]} size="1.3em" />}
    <span>{children}</span>
  </button>
)
