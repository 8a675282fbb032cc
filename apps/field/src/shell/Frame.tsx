import { ChevronLeft, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import { useShellWords } from '../words/shell.ts'
import { Icon } from './Icon.tsx'
import { Strips, SyncMark } from './SyncMark.tsx'
import { Step } from '../elder/Step.tsx'
import { isElder } from './version.ts'

interface Props {
  readonly title: string
  /** Where one came from: a place after `#`, or what is to be put away. */
  readonly back?: string | (() => void)
  /** What is being made here is put away by the same key. */
  readonly isMaking?: boolean
  /** Beside the title, in small. */
  readonly when?: string
  readonly extra?: ReactNode
  readonly children: ReactNode
}

/** A page with its title, the mark of the line and, where one came from somewhere, the way back. An elder's phone makes it an elder's page. */
export function Frame(props: Props) {
  return isElder() ? <ElderFrame {...props} /> : <HandFrame {...props} />
}

const go = (back: string | (() => void)) => () => {
  if (typeof back === 'string') location.hash = back
  else back()
}

function HandFrame({ title, back, isMaking = false, when, extra, children }: Props) {
  const say = useShellWords()
  return (
    <>
      <header className="head">
        <div className="top">
          {back !== undefined && (
            <button className="back" onClick={go(back)} aria-label={say.back}>
              <Icon of={isMaking ? X : ChevronLeft} size="1.4em" />
            </button>
          )}
          <h1>{title}</h1>
          {when !== undefined && <span className="when">{when}</span>}
          <span className="end">
            {extra}
            <SyncMark />
          </span>
        </div>
        <Strips />
      </header>
      <main>{children}</main>
    </>
  )
}

/** Of the standard version alone. */
const tabs: ReadonlySet<string> = new Set(['today', 'mine', 'more'])

/** The same page in an elder's hand. */
function ElderFrame({ title, back = '', extra, children }: Props) {
  return (
    <Step title={title} back={go(typeof back === 'string' && tabs.has(back) ? '' : back)}>
      {children}
      {extra}
    </Step>
  )
}

export const ErrorNote = ({ error }: { error: unknown }) => {
  const { fault } = useWords()
  return error ? (
    <p className="error" role="alert">
      {fault(error)}
    </p>
  ) : null
}
