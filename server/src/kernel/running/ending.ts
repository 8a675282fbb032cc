/**
 * The end of a process that was told to stop: what it began is undone in the reverse order, so that it ends well at
 * whatever point of its start or its work it is told (SIGTERM, SIGINT).
 */
export interface Ending {
  /** What is to be undone, before everything that was added earlier. */
  readonly add: (step: () => unknown) => void
  /** Undoes all of it, once. */
  readonly end: () => Promise<void>
}

/** Milliseconds after which it ends in any case, badly. */
const longest = 30_000

export function createEnding(exit = (code: number): void => process.exit(code)): Ending {
  const steps: (() => unknown)[] = []
  let ending: Promise<void> | undefined
  const end = () => (ending ??= undo(steps))
  const stop = () => {
    setTimeout(() => exit(1), longest).unref()
    void end().then(
      () => exit(0),
      () => exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  return { add: (step) => steps.push(step), end }
}

/** One step that fails keeps none of the others from being done. */
async function undo(steps: readonly (() => unknown)[]): Promise<void> {
  const faults: unknown[] = []
  for (const step of steps.toReversed())
    try {
      await step()
    } catch (error) {
      faults.push(error)
    }
  if (faults.length > 0) throw new AggregateError(faults, 'not everything could be ended well')
}
