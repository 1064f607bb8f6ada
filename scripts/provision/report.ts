// What provisioning tells the person who waits: the step, about how long it takes, how far it is, and how it ended.

/** A failure whose message is all that a person needs to see: what is missing and what to do about it. */
export class ProvisionError extends Error {
  override readonly name = 'ProvisionError'
}

/** Tells how far a step is, e.g. "40 %". The same text twice is printed once. */
export type Progress = (text: string) => void

const heartbeatMs = 30_000

/**
 * Runs one step between a line that announces it and one that says how long it took. `about`: "half a minute"; null where that
 * depends on the machine too much to be said.
 */
export const step = async <T>(
  title: string,
  about: string | null,
  work: (progress: Progress) => Promise<T>
): Promise<T> => {
  const started = Date.now()
  const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`
  let last = ''
  let lastAt = started
  console.log(about === null ? `• ${title}` : `• ${title} (about ${about})`)
  const progress: Progress = (text) => {
    if (text === last) return
    last = text
    lastAt = Date.now()
    console.log(`    ${text}`)
  }
  // Some tools say nothing while they work; silence for long looks like a hang.
  const heartbeat = setInterval(() => {
    if (Date.now() - lastAt >= heartbeatMs) console.log(`    still at it after ${seconds()}`)
  }, heartbeatMs)
  try {
    const result = await work(progress)
    console.log(`    done in ${seconds()}`)
    return result
  } finally {
    clearInterval(heartbeat)
  }
}

export const note = (text: string): void => {
  console.log(`• ${text}`)
}
