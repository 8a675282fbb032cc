/**
 * Questions of many callers in one statement. What is asked while one is under way waits for the next, so every answer
 * comes from a statement that began after its question, and a busy server asks the database once for all of them.
 */
export type GroupReader<Ask, Answer> = (ask: Ask) => Promise<Answer>

const mostAtOnce = 128

/** @param read answers in the order of the questions */
export function createGroupReader<Ask, Answer>(
  read: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
): GroupReader<Ask, Answer> {
  const queue: { ask: Ask; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = []
  let isRunning = false
  const answer = async () => {
    const group = queue.splice(0, mostAtOnce)
    try {
      const answers = await read(group.map((one) => one.ask))
      for (const [i, one] of group.entries()) one.resolve(answers[i]!)
    } catch (error) {
      for (const one of group) one.reject(error)
    }
  }
  const pump = () => {
    if (queue.length === 0 || isRunning) return
    isRunning = true
    void answer().finally(() => {
      isRunning = false
      pump()
    })
  }
  return (ask) =>
    new Promise((resolve, reject) => {
      queue.push({ ask, resolve, reject })
      // Whatever is asked with the same turn of the event loop goes together.
      if (queue.length === 1) setImmediate(pump)
    })
}
