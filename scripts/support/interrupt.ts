// Ctrl-C, a closed terminal and a polite kill, as one promise: a script waits for it and then ends what it has started.

/** What was being done is not done any more, since the script is ending. Nothing is said about it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Says "Ending…" at the first of these signals and resolves with it. A second one ends the script at once. */
export const interrupted = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let first = true
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!first) process.exit(130)
        first = false
        console.log('\nEnding…')
        resolve(signal)
      })
    }
  })
