// Quitting in order: the calls are ended and told to the server, what is kept is written, and all of it within a bound.
//
//   running ──quit()──▶ quitting ──all done, or the bound is reached──▶ ended
import type { Logger } from '../../common/log.ts'
import type { Clock } from '../../common/time.ts'

export type QuitDeps = {
  /** Carried out one after the other. */
  readonly steps: readonly { readonly name: string; readonly run: () => Promise<unknown> }[]
  /** After so long the app ends, whatever is not done. */
  readonly boundMs: number
  /** Ends the process. Called once. */
  readonly exit: () => void
  readonly clock: Clock
  readonly log: Logger
}

export type Quitter = {
  readonly quit: () => void
  readonly isQuitting: () => boolean
}

export const createQuitter = ({ steps, boundMs, exit, clock, log }: QuitDeps): Quitter => {
  let state: 'running' | 'quitting' | 'ended' = 'running'
  const end = (): void => {
    if (state === 'ended') return
    state = 'ended'
    exit()
  }
  const runSteps = async (): Promise<void> => {
    for (const { name, run } of steps) {
      try {
        await run()
      } catch (error) {
        log.error('a step of quitting failed', { name, error: String(error) })
      }
    }
  }
  return {
    quit: () => {
      if (state !== 'running') return
      state = 'quitting'
      log.info('quitting')
      const stopBound = clock.at(clock.now() + boundMs, () => {
        log.warn('quitting took too long')
        end()
      })
      void runSteps().then(() => {
        stopBound()
        end()
      })
    },
    isQuitting: () => state !== 'running'
  }
}
