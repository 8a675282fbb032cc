import { Flag } from 'lucide-react'
import { usePartWords } from '../words/parts.ts'
import './Supervision.css'

/** Under supervision: a flag and always the word; it lies beside the state, never in its place. */
export function Supervision({ card }: { readonly card: number }) {
  const words = usePartWords()
  const said = [null, words.card1, words.card2, words.card3][card] ?? null
  if (said === null) return null
  return (
    <span className="ui-card" data-card={card}>
      <Flag size={13} strokeWidth={1.75} aria-hidden="true" />
      {said}
    </span>
  )
}
