// Tells the session when the network may be back, and keeps machine and display awake in a call. Never connects by itself.
import { powerMonitor, powerSaveBlocker } from 'electron'
import { isAnswered } from '../../common/call/status.ts'
import type { Logger } from '../../common/log.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { Clock } from '../../common/time.ts'
import { createNetworkWatch, outsideAddresses } from './network-watch.ts'

export type Power = {
  readonly update: (snapshot: AppSnapshot) => void
  readonly close: () => void
}

export const createPower = (deps: {
  /** The network may be back. */
  readonly nudge: () => void
  /** It is another one. */
  readonly moved: () => void
  readonly clock: Clock
  readonly log: Logger
}): Power => {
  const { nudge, moved, log } = deps
  let blocker: number | null = null
  const woke = (): void => {
    log.info('the machine is awake again')
    nudge()
  }
  const network = createNetworkWatch({
    clock: deps.clock,
    addresses: outsideAddresses,
    changed: (change) => {
      log.info('the network changed', { change })
      if (change === 'moved') moved()
      else nudge()
    }
  })
  powerMonitor.on('resume', woke)
  powerMonitor.on('unlock-screen', woke)

  /** The display too: a screen that locks takes mute and hang-up away. */
  const keepAwake = (isWanted: boolean): void => {
    if (isWanted && blocker === null) blocker = powerSaveBlocker.start('prevent-display-sleep')
    if (!isWanted && blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
  return {
    update: ({ link, calls }) => {
      // In a call nobody waits until the silence is long enough to be noticed.
      network.run(link.state === 'disconnected' || calls.some(({ end }) => end === null))
      keepAwake(calls.some(({ status }) => isAnswered(status)))
    },
    close: () => {
      network.run(false)
      keepAwake(false)
      powerMonitor.removeListener('resume', woke)
      powerMonitor.removeListener('unlock-screen', woke)
    }
  }
}
