/** What the screens of the phone watch: the gate, the line, what is amiss. One object, handed on; no module holds it. */
export type Gate = 'opening' | 'signed-out' | 'locked' | 'open' | 'elsewhere' | 'to-be-wiped' | 'wiped'

export interface FieldState {
  readonly gate: Gate
  /** Counts every change, also of what is held and what waits. */
  readonly beat: number
  readonly isOnline: boolean
  readonly isSyncing: boolean
  readonly fault: string
  readonly hasUpdate: boolean
  readonly problem: unknown
}

export interface Watched {
  readonly get: () => FieldState
  readonly set: (more: Partial<Omit<FieldState, 'beat'>>) => void
  readonly watch: (listener: () => void) => () => void
}

export function makeState(isOnline: boolean): Watched {
  const listeners = new Set<() => void>()
  const held: { state: FieldState } = {
    state: { gate: 'opening', beat: 0, isOnline, isSyncing: false, fault: '', hasUpdate: false, problem: null },
  }
  return {
    get: () => held.state,
    set: (more) => {
      held.state = { ...held.state, ...more, beat: held.state.beat + 1 }
      for (const listener of listeners) listener()
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
