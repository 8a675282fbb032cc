/** Asks the server for something that only a line can give; the screen works without it. */
import { useEffect, useState } from 'react'

export function useAsk<T>(
  key: string,
  ask: () => Promise<T>,
  isWanted = true,
): { data: T | undefined; error: unknown } {
  const [state, setState] = useState<{ key: string; data: T | undefined; error: unknown }>({
    key: '',
    data: undefined,
    error: null,
  })
  useEffect(() => {
    if (!isWanted) return
    let isOver = false
    ask().then(
      (data) => {
        if (!isOver) setState({ key, data, error: null })
      },
      (error: unknown) => {
        if (!isOver) setState((s) => ({ key, data: s.key === key ? s.data : undefined, error }))
      },
    )
    return () => {
      isOver = true
    }
    // The key says what is asked.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isWanted])
  return { data: state.key === key ? state.data : undefined, error: state.key === key ? state.error : null }
}

/** One thing at a time that may fail: a form's sending. */
export function useDoing(): {
  isBusy: boolean
  error: unknown
  readonly run: (work: () => Promise<void>) => void
  readonly clear: () => void
} {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = (work: () => Promise<void>) => {
    if (isBusy) return
    setBusy(true)
    setError(null)
    work()
      .catch(setError)
      .finally(() => setBusy(false))
  }
  return { isBusy, error, run, clear: () => setError(null) }
}
