// One direction of a line in time: holds packets until they are due. What becomes of a packet is decided by impairment.ts.
import { clean, passLine, startLine, type Impairment, type LineState } from './impairment.ts'

export type Pipe = {
  /** Calls `deliver` when the packet arrives, once for each copy, or never. */
  readonly send: (bytes: number, deliver: () => void) => void
  /** A stream's bytes: all arrive, in the order of their stream. */
  readonly newStream: () => (bytes: number, deliver: () => void) => void
  readonly set: (impairment: Impairment) => void
  readonly stats: () => PipeStats
  /** Drops what is under way. */
  readonly close: () => void
}

export type PipeStats = { readonly packets: number; readonly lost: number; readonly bytes: number }

type Waiting = { readonly due: number; readonly deliver: () => void }

export const createPipe = (seed: number, first: Impairment = clean): Pipe => {
  let impairment = first
  let state: LineState = startLine(seed)
  let packets = 0
  let lost = 0
  let total = 0
  /** By time, and by coming where that is the same. */
  const waiting: Waiting[] = []
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    for (;;) {
      const [next] = waiting
      if (next === undefined) return
      const leftMs = next.due - performance.now()
      if (leftMs > 0.5) {
        timer = setTimeout(flush, leftMs)
        return
      }
      waiting.shift()
      next.deliver()
    }
  }

  const put = (due: number, deliver: () => void): void => {
    let at = waiting.length
    while (at > 0 && (waiting[at - 1]?.due ?? 0) > due) at -= 1
    waiting.splice(at, 0, { due, deliver })
    if (at === 0) flush()
  }

  const pass = (bytes: number, reliable: boolean): readonly number[] => {
    const fate = passLine(state, impairment, { bytes, reliable }, performance.now())
    state = fate.state
    packets += 1
    total += bytes
    if (fate.due.length === 0) lost += 1
    return fate.due
  }

  return {
    send: (bytes, deliver) => {
      for (const due of pass(bytes, false)) put(due, deliver)
    },
    newStream: () => {
      let notBefore = 0
      return (bytes, deliver) => {
        for (const due of pass(bytes, true)) {
          notBefore = Math.max(notBefore, due)
          put(notBefore, deliver)
        }
      }
    },
    set: (next) => {
      impairment = next
    },
    stats: () => ({ packets, lost, bytes: total }),
    close: () => {
      clearTimeout(timer)
      waiting.length = 0
    }
  }
}
