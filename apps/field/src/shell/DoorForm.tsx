import type { ReactNode } from 'react'
import type { useDoing } from '../offline/useAsk.ts'
import { ErrorNote } from './Frame.tsx'
import { useShellWords } from '../words/shell.ts'

interface Props {
  readonly doing: ReturnType<typeof useDoing>
  readonly send: () => void
  /** What the button that sends it says. */
  readonly word: string
  readonly isReady?: boolean
  readonly close: () => void
  /** Stands before what may have gone wrong. */
  readonly lead?: ReactNode
  readonly children: ReactNode
}

/** A short form said at a door: sent by one button, put away by another, with what went wrong above it. */
export function DoorForm({ doing, send, word, isReady = true, close, lead, children }: Props) {
  const say = useShellWords()
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      {lead}
      <ErrorNote error={doing.error} />
      {children}
      <button className="button" disabled={doing.isBusy || !isReady}>
        {word}
      </button>
      <button type="button" className="button plain" onClick={close}>
        {say.cancel}
      </button>
    </form>
  )
}
