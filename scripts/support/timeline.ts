// Puts the events of several phones into one order by their times, though they are read from each phone's own log as it
// is written: an event is held back until nothing earlier can come any more. Pure.

/** What was written, a log of a phone each; `at` in milliseconds. Within a log the order stays as it is. */
export type Logs<Event extends { readonly at: number }> = readonly (readonly Event[])[]

export type Placed<Event> = { readonly log: number; readonly event: Event }

export type Timeline<Event extends { readonly at: number }> = {
  /** What has come since the last time and happened at `until` or before, in the order in which it happened. */
  readonly upTo: (logs: Logs<Event>, until: number) => readonly Placed<Event>[]
}

export const createTimeline = <Event extends { readonly at: number }>(): Timeline<Event> => {
  const told: number[] = []
  return {
    upTo: (logs, until) => {
      const fresh = logs.flatMap((events, log) => {
        const from = told[log] ?? 0
        const after = events.findIndex(({ at }, index) => index >= from && at > until)
        const upTo = after === -1 ? events.length : after
        told[log] = upTo
        return events.slice(from, upTo).map((event) => ({ log, event }))
      })
      return fresh.sort((a, b) => a.event.at - b.event.at)
    }
  }
}
