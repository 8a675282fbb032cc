import { useWords } from '../../words/language.ts'
import { urgencyWords } from '../../words/terms.ts'
import './Urgency.css'

/** Urgent and most urgent, solid red before the title; what is ordinary shows nothing. */
export function Urgency({ urgency }: { readonly urgency: number }) {
  const { w } = useWords()
  return urgency === 0 ? null : <strong className="ui-urgency">{w(urgencyWords, urgency)}</strong>
}
