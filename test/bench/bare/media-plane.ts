// The media of a call on bare mediasoup: the router, transports, producers and consumers that the call server makes for
// one call, with nothing around them.
import { createWorker } from 'mediasoup'
import type { WebRtcServer, Worker } from 'mediasoup/types'
import { workerPath } from '../../../scripts/provision/paths.ts'
import { dtlsParameters, newRtpParameters, rtpCapabilities } from '../set-up-wire.ts'

export type BareMedia = {
  readonly workerPid: number
  /** Makes the media of one call and takes it down. */
  readonly call: () => Promise<void>
  readonly close: () => void
}

const makeCall = async (worker: Worker, webRtcServer: WebRtcServer): Promise<void> => {
  const router = await worker.createRouter({
    mediaCodecs: [
      {
        kind: 'audio',
        mimeType: 'audio/opus',
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 1, minptime: 10 }
      }
    ]
  })
  const open = () => router.createWebRtcTransport({ webRtcServer, preferUdp: true })
  const legs = await Promise.all(
    [0, 1].map(async () => {
      const [send, recv] = await Promise.all([open(), open()])
      await send.connect({ dtlsParameters })
      const producer = await send.produce({ kind: 'audio', rtpParameters: newRtpParameters() })
      return { send, recv, producer }
    })
  )
  const consumers = await Promise.all(
    legs.map(async ({ recv }, index) => {
      const producerId = legs[1 - index]?.producer.id ?? ''
      const consumer = await recv.consume({ producerId, rtpCapabilities, paused: true })
      await recv.connect({ dtlsParameters })
      return consumer
    })
  )
  await Promise.all(consumers.map((consumer) => consumer.resume()))
  for (const { send, recv } of legs) {
    send.close()
    recv.close()
  }
  router.close()
}

export const createBareMedia = async (port: number): Promise<BareMedia> => {
  const worker = await createWorker({ workerBin: workerPath(), logLevel: 'error' })
  const server = await worker.createWebRtcServer({
    listenInfos: (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip: '127.0.0.1', port }))
  })
  return { workerPid: worker.pid, call: () => makeCall(worker, server), close: () => worker.close() }
}
