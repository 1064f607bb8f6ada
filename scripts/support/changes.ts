// Collects what changes and has it dealt with once it has settled, one go at a time. Knows no files.

// An editor writes several files, and some of them twice.
const defaultSettleMs = 200

export type Changes = {
  readonly add: (what: string) => void
  /** Nothing is begun any more, and what was begun is no longer waited for nor spoken of. */
  readonly stop: () => void
}

/**
 * Calls `deal` with all that has changed, one call at a time, and never while changes still come in. What it rejects
 * is said, and is dealt with again together with the next change: a source that did not build is mended by another.
 */
export const createChanges = (
  deal: (changed: ReadonlySet<string>) => Promise<void>,
  say: (error: unknown) => void,
  settleMs = defaultSettleMs
): Changes => {
  let waiting = new Set<string>()
  let isRunning = false
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const arm = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      // Whoever is at it arms the timer again when done.
      if (!isRunning) void flush()
    }, settleMs)
  }
  const flush = async (): Promise<void> => {
    isRunning = true
    const now = waiting
    waiting = new Set()
    let isDone = true
    try {
      await deal(now)
    } catch (error) {
      isDone = false
      if (!isStopped) say(error)
    }
    isRunning = false
    const cameMeanwhile = waiting.size > 0
    if (!isDone) waiting = new Set([...now, ...waiting])
    if (cameMeanwhile && !isStopped && timer === undefined) arm()
  }
  return {
    add: (what) => {
      if (isStopped) return
      waiting.add(what)
      arm()
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    }
  }
}
