/** A field of a form that is there again when its user comes back to it. */
import { useState } from 'react'
import { usePhone } from './usePhone.ts'

/** @param name of the draft; one that was kept is of the kind of `start`. What is as it was at the start is forgotten. */
export function useDraft<T>(name: string, start: T): readonly [T, (next: T | ((was: T) => T)) => void] {
  const { drafts } = usePhone()
  const [value, setValue] = useState<T>(() => (drafts.get(name) as T | undefined) ?? start)
  const set = (next: T | ((was: T) => T)) =>
    setValue((was) => {
      const now = typeof next === 'function' ? (next as (was: T) => T)(was) : next
      if (now === start) drafts.drop(name)
      else drafts.keep(name, now)
      return now
    })
  return [value, set]
}
