// Waiting in a page for what is looked at again and again, or for time to pass. Ends with its signal.

const lookEveryMs = 100

export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end)
  })

/** What `look` gives as soon as it gives something; null where it did not in time, or was ended. */
export const until = async <T>(
  look: () => T | null | Promise<T | null>,
  withinMs: number,
  signal: AbortSignal
): Promise<T | null> => {
  for (let passed = 0; !signal.aborted; passed += lookEveryMs) {
    const seen = await look()
    if (seen !== null || passed >= withinMs) return seen
    await pause(lookEveryMs, signal)
  }
  return null
}
