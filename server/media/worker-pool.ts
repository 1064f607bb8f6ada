// The media workers: starts them, hands out the least loaded, starts a dead one again. Knows no calls and no rooms;
// a room hears of its worker's death from its own router.
import type { TransportListenInfo, WebRtcServer, Worker, WorkerSettings } from 'mediasoup/types'
import type { Logger } from '../../common/log.ts'
import { type Clock, secondMs } from '../../common/time.ts'

export type WorkerPoolSettings = {
  readonly workers: number
  readonly listenIp: string
  /** The address phones are told where it is not the one listened on. */
  readonly announcedAddress: string | null
  /** The first worker's port, UDP and TCP; the n-th takes `port + n`. 0: any free one. */
  readonly port: number
}

/** A share in a worker; `release` it once, when what was made on the worker is closed. */
export type WorkerLease = {
  readonly worker: Worker
  readonly server: WebRtcServer
  readonly release: () => void
}

export type WorkerPool = {
  /** The live worker with the fewest leases, or null while none is up. */
  readonly lease: () => WorkerLease | null
  /** The UDP ports of the workers that are up. */
  readonly ports: () => Promise<readonly number[]>
  readonly pids: () => readonly number[]
  readonly close: () => Promise<void>
}

export type WorkerPoolDeps = {
  readonly createWorker: (settings: WorkerSettings) => Promise<Worker>
  readonly settings: WorkerPoolSettings
  readonly clock: Clock
  readonly log: Logger
}

// A worker that dies while it starts (its port taken, its binary gone), or right after, must not spin.
const firstRetryMs = 100
const longestRetryMs = 5 * secondMs

type Running = { readonly worker: Worker; readonly server: WebRtcServer; leases: number }

/**
 * One place of the pool.
 *
 *   starting ──▶ running ──died──▶ starting (a moment later where it had just started)
 *      └─failed─▶ waiting (twice as long each time) ─▶ starting
 */
type Slot = { readonly index: number; running: Running | null; cancelRetry: (() => void) | null }

const listenInfos = (settings: WorkerPoolSettings, index: number): TransportListenInfo[] =>
  (['udp', 'tcp'] as const).map((protocol) => ({
    protocol,
    ip: settings.listenIp,
    ...(settings.announcedAddress === null ? {} : { announcedAddress: settings.announcedAddress }),
    ...(settings.port === 0 ? {} : { port: settings.port + index })
  }))

const startWorker = async ({ createWorker, settings }: WorkerPoolDeps, index: number): Promise<Running> => {
  const worker = await createWorker({ logLevel: 'error' })
  try {
    return { worker, server: await worker.createWebRtcServer({ listenInfos: listenInfos(settings, index) }), leases: 0 }
  } catch (error) {
    worker.close()
    throw error
  }
}

/** Resolves once every worker is up. Rejects where one can't be started at all: that is an error of the setup. */
export const createWorkerPool = async (deps: WorkerPoolDeps): Promise<WorkerPool> => {
  const { settings, clock, log } = deps
  const slots: Slot[] = Array.from({ length: settings.workers }, (_, index) => ({
    index,
    running: null,
    cancelRetry: null
  }))
  let closed = false

  const start = async (slot: Slot): Promise<void> => {
    const running = await startWorker(deps, slot.index)
    if (closed) {
      running.worker.close()
      return
    }
    slot.running = running
    const upSince = clock.now()
    log.info('media worker up', { worker: slot.index, pid: running.worker.pid })
    running.worker.on('died', (error) => {
      slot.running = null
      log.warn('media worker died, starting it again', { worker: slot.index, error: error.message })
      if (clock.now() - upSince < longestRetryMs) retryLater(slot, firstRetryMs)
      else restart(slot, firstRetryMs)
    })
  }

  const retryLater = (slot: Slot, delayMs: number): void => {
    if (closed) return
    slot.cancelRetry = clock.at(clock.now() + delayMs, () => {
      slot.cancelRetry = null
      restart(slot, Math.min(delayMs * 2, longestRetryMs))
    })
  }

  const restart = (slot: Slot, nextDelayMs: number): void => {
    start(slot).catch((error: unknown) => {
      log.error('media worker does not start', { worker: slot.index, error: String(error), retryMs: nextDelayMs })
      retryLater(slot, nextDelayMs)
    })
  }

  const close = async (): Promise<void> => {
    closed = true
    const ends = slots.map(async (slot) => {
      slot.cancelRetry?.()
      const worker = slot.running?.worker
      slot.running = null
      if (worker === undefined || worker.closed) return
      const ended = new Promise<void>((resolve) => worker.once('subprocessclose', resolve))
      worker.close()
      await ended
    })
    await Promise.all(ends)
  }

  try {
    await Promise.all(slots.map(start))
  } catch (error) {
    await close()
    throw error
  }

  const up = (): Running[] => slots.flatMap((slot) => (slot.running === null ? [] : [slot.running]))

  return {
    lease: () => {
      const [first, ...others] = up()
      if (first === undefined) return null
      const chosen = others.reduce((best, running) => (running.leases < best.leases ? running : best), first)
      chosen.leases += 1
      let held = true
      return {
        worker: chosen.worker,
        server: chosen.server,
        release: () => {
          if (held) chosen.leases -= 1
          held = false
        }
      }
    },
    ports: async () => {
      const dumps = await Promise.all(up().map(({ server }) => server.dump()))
      return dumps.flatMap((dump) => dump.udpSockets.map(({ port }) => port))
    },
    pids: () => up().map(({ worker }) => worker.pid),
    close
  }
}
