// Carries out the newest of several values that come in one go, after what is more urgent in this turn of the loop.

/** `run` gets the last value given in this turn. What is drawn slowly (menus) does not hold up a call. */
export const coalesce = <T>(run: (value: T) => void): ((value: T) => void) => {
  let waiting: { value: T } | null = null
  return (value) => {
    if (waiting !== null) {
      waiting.value = value
      return
    }
    waiting = { value }
    setImmediate(() => {
      const due = waiting
      waiting = null
      if (due !== null) run(due.value)
    })
  }
}
