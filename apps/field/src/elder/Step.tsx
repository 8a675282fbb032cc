import { ChevronLeft, Volume2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import { readAloud } from '../day/read-aloud.ts'
import { Icon } from '../shell/Icon.tsx'
import { Strips } from '../shell/SyncMark.tsx'
import { useShellWords } from '../words/shell.ts'
import './elder.css'

interface Props {
  readonly title: string
  readonly children: ReactNode
  /** One step back; else to the pictures. */
  readonly back?: () => void
  /** Which question of how many. */
  readonly nth?: readonly [n: number, all: number] | undefined
  /** What lies at the thumb. */
  readonly foot?: ReactNode
}

/** A page with one question, read aloud on demand, and one way back that looks like no answer. */
export function Step({ title, children, back, nth, foot }: Props) {
  const { language } = useWords()
  const say = useShellWords()
  return (
    <>
      <Strips />
      <main className="elder-page">
        <div className="elder-top">
          <button
            className="small"
            onClick={() => {
              if (back) back()
              else location.hash = ''
            }}
          >
            <Icon of={ChevronLeft} />
            {say.goBack}
          </button>
          {'speechSynthesis' in window && (
            <button
              className="small"
              onClick={() => readAloud(`${title}。${document.querySelector('main')?.innerText ?? ''}`, language)}
            >
              <Icon of={Volume2} />
              {say.readToMe}
            </button>
          )}
        </div>
        {nth && <Progress n={nth[0]} all={nth[1]} />}
        <h1>{title}</h1>
        {children}
        {foot && <div className="elder-foot">{foot}</div>}
      </main>
    </>
  )
}

function Progress({ n, all }: { readonly n: number; readonly all: number }) {
  const say = useShellWords()
  return (
    <p className="progress">
      <span aria-hidden>
        {Array.from({ length: all }, (_, i) => (
          <i key={i} className={i < n ? 'is-past' : undefined} />
        ))}
      </span>
      {say.question(n, all)}
    </p>
  )
}
