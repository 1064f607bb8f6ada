// Has what expired forgotten now and then, for as long as the server runs. What that is, is said by who is asked.
import type { Logger } from '../../common/log.ts'
import { hourMs, type Clock } from '../../common/time.ts'

export type Sweeper = { readonly stop: () => void }

export type SweeperDeps = {
  readonly sweep: (now: number) => Promise<void>
  readonly clock: Clock
  readonly log: Logger
}

const everyMs = hourMs

/** Sweeps every hour from now on; one that fails (the database is away) is made up for by the next. */
export const startSweeper = ({ sweep, clock, log }: SweeperDeps): Sweeper => {
  const again = (): (() => void) =>
    clock.at(clock.now() + everyMs, () => {
      cancel = again()
      sweep(clock.now()).catch((error: unknown) => log.warn('what expired is not forgotten', { error: String(error) }))
    })
  let cancel = again()
  return {
    stop: () => {
      cancel()
    }
  }
}
