// A room: one router on one worker, for the calls that share media. Knows no legs, no plans and no rights.
import type { Router, RouterRtpCodecCapability, WebRtcTransport } from 'mediasoup/types'
import type { WorkerLease } from './worker-pool.ts'

export type Room = {
  readonly router: Router
  /** Both transports of a leg, made at the same time. */
  readonly openTransports: () => Promise<{ readonly send: WebRtcTransport; readonly recv: WebRtcTransport }>
  readonly close: () => void
}

/**
 * Speech: one codec, with forward error correction, frames of 20 ms; mediasoup asks for repeats by itself. Measured at 0
 * to 30 % loss (`npm run test:network`): both together are understood best, and DTX costs a little of it.
 */
export const opus = (dtx: boolean): RouterRtpCodecCapability => ({
  kind: 'audio',
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  parameters: { useinbandfec: 1, usedtx: dtx ? 1 : 0, minptime: 10, ptime: 20, stereo: 0, 'sprop-stereo': 0 }
})

// The least the worker allows; it raises anything lower to this. Phones ask every few seconds, so that a phone that was
// killed is noticed 7 to 10 s later.
const iceConsentTimeoutSeconds = 10

export type RoomDeps = {
  readonly lease: WorkerLease
  /** Whether silence is not sent at all: saves bandwidth, costs the room's background sound. */
  readonly dtx: boolean
  /** The worker died and everything in the room with it. */
  readonly onDied: () => void
}

/** Rejects where the worker is gone; the lease is given back then. */
export const createRoom = async ({ lease, dtx, onDied }: RoomDeps): Promise<Room> => {
  const router = await lease.worker.createRouter({ mediaCodecs: [opus(dtx)] }).catch((error: unknown) => {
    lease.release()
    throw error
  })
  router.on('workerclose', () => {
    lease.release()
    onDied()
  })

  const openTransport = (): Promise<WebRtcTransport> =>
    router.createWebRtcTransport({
      webRtcServer: lease.server,
      preferUdp: true,
      iceConsentTimeout: iceConsentTimeoutSeconds
    })

  return {
    router,
    openTransports: async () => {
      const [send, recv] = await Promise.all([openTransport(), openTransport()])
      return { send, recv }
    },
    close: () => {
      router.close()
      lease.release()
    }
  }
}
