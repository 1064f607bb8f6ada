// Ctrl-C, a closed terminal and a polite kill, as one promise: a script waits for it and then ends what it has started.

/** Resolves with the first of these signals. A second one ends the script at once. */
export const interrupted = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let first = true
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!first) process.exit(130)
        first = false
        resolve(signal)
      })
    }
  })
