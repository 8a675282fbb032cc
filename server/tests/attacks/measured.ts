/** How long work holds up the thread that serves, and how much memory it takes. */

const mega = 1_048_576

/** The longest turn of this thread and the most memory while some work is done; both by what the machine gave to it alone. */
export async function measured<T>(work: () => Promise<T>): Promise<{ value: T; longest: number; grown: number }> {
  const spent = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  global.gc?.()
  const before_ = process.memoryUsage.rss()
  let longest = 0
  let most = before_
  let last = spent()
  const look = () => {
    const now = spent()
    longest = Math.max(longest, now - last)
    last = now
    most = Math.max(most, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 2)
  try {
    const value = await work()
    look()
    return { value, longest: Math.round(longest), grown: Math.round((most - before_) / mega) }
  } finally {
    clearInterval(timer)
  }
}
