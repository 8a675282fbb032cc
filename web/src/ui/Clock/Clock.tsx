import { useWords } from '../../words/language.ts'
import { usePartWords } from '../words/parts.ts'
import { showLeft, showTime } from '../../words/time.ts'
import { reckon, type Limited } from './reckon.ts'
import './Clock.css'

interface Shown extends Limited {
  readonly now: number
  /** It rests: until when, where that is known. */
  readonly isPaused?: boolean
  readonly until?: string | null
  /** Of what it is the limit, in words: 派遣时限. */
  readonly kind?: string
  /** `bar` draws the bar alone, `wide` over the words in all its width. */
  readonly form?: 'line' | 'wide' | 'bar'
}

/** A bar of what is left and the same in words; the title says until when exactly, and of what. */
export function Clock({ now, isPaused = false, until = null, kind, form = 'line', ...limit }: Shown) {
  const { language } = useWords()
  const words = usePartWords()
  const { left, light } = reckon(limit, now)
  const state = isPaused ? 'rests' : light
  const ends = isPaused ? until : limit.dueAt
  const exact = ends === null ? words.noLimit : said(showTime(ends))
  function said(at: string): string {
    return kind === undefined ? words.dueBy(at) : words.dueByKind(kind, at)
  }
  return (
    <span className="ui-clock" data-light={state} data-form={form} title={exact}>
      <Bar state={state} left={left} />
      {form === 'bar' ? null : <span className="ui-clock-words">{wordsOf()}</span>}
    </span>
  )
  function wordsOf(): string {
    if (isPaused) return until === null ? '—' : words.restsUntil(showTime(until).slice(0, 7))
    return limit.dueAt === null ? '—' : showLeft(limit.dueAt, now, language)
  }
}

/** An SVG, so that its length needs no style of its own. */
function Bar({ state, left }: { readonly state: string; readonly left: number }) {
  const isFull = state === 'red' || state === 'rests'
  const width = state === 'none' ? 0 : left * 100
  return (
    <svg className="ui-clock-bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 6">
      {isFull ? null : <rect className="ui-clock-left" width={Math.max(width, state === 'none' ? 0 : 4)} height="6" />}
    </svg>
  )
}
