// Tells the session when the network may be back, and keeps the machine awake in a call. Never connects by itself.
import { networkInterfaces } from 'node:os'
import { powerMonitor, powerSaveBlocker } from 'electron'
import { isAnswered } from '../../common/call/status.ts'
import type { Logger } from '../../common/log.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import { secondMs, type Clock } from '../../common/time.ts'

const lookEveryMs = secondMs

export type Power = {
  readonly update: (snapshot: AppSnapshot) => void
  readonly close: () => void
}

/** The addresses of this machine as one text, to see that they changed. */
const addresses = (): string =>
  Object.values(networkInterfaces())
    .flatMap((list) => (list ?? []).map(({ address, internal }) => (internal ? '' : address)))
    .sort()
    .join(' ')

/** Calls `changed` while running, when the addresses are others than a second before. */
export const createNetworkWatch = (deps: {
  readonly clock: Clock
  readonly addresses: () => string
  readonly changed: () => void
}): { readonly run: (isWanted: boolean) => void } => {
  let stop: (() => void) | null = null
  const look = (before: string): void => {
    stop = deps.clock.at(deps.clock.now() + lookEveryMs, () => {
      const now = deps.addresses()
      look(now)
      if (now !== before) deps.changed()
    })
  }
  return {
    run: (isWanted) => {
      if (isWanted && stop === null) look(deps.addresses())
      if (!isWanted) {
        stop?.()
        stop = null
      }
    }
  }
}

export const createPower = (deps: {
  readonly nudge: () => void
  readonly clock: Clock
  readonly log: Logger
}): Power => {
  const { nudge, log } = deps
  let blocker: number | null = null
  const woke = (): void => {
    log.info('the machine is awake again')
    nudge()
  }
  const network = createNetworkWatch({
    clock: deps.clock,
    addresses,
    changed: () => {
      log.info('the network changed')
      nudge()
    }
  })
  powerMonitor.on('resume', woke)
  powerMonitor.on('unlock-screen', woke)

  const keepAwake = (isWanted: boolean): void => {
    if (isWanted && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (!isWanted && blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
  return {
    update: ({ link, calls }) => {
      network.run(link.state === 'disconnected')
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
