// Waiting for something that is told when it changes, in the tests' phones.

/** Waits on `subscribe` until `look` is satisfied; asks nothing in between. */
export const waitOn = <T>(
  subscribe: (changed: () => void) => () => void,
  look: () => T | null | undefined,
  complaint: () => string,
  withinMs: number
): Promise<T> =>
  new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer)
      off()
      end()
    }
    const check = () => {
      const found = look()
      if (found !== null && found !== undefined)
        settle(() => {
          resolve(found)
        })
    }
    const timer = setTimeout(() => {
      settle(() => {
        reject(new Error(complaint()))
      })
    }, withinMs)
    const off = subscribe(check)
    check()
  })
