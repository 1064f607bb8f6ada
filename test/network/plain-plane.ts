// The media of one call on bare mediasoup, with whatever codec parameters: for measuring what they are worth.
import type { Producer, Router, RouterRtpCodecCapability, RtpCapabilities, WebRtcTransport } from 'mediasoup/types'
import type { MediaOpening } from '../../common/protocol/media.ts'
import { ok } from '../../common/result.ts'
import { consumerToPhone, routerCapabilitiesToPhone, transportToPhone } from '../../server/media/wire.ts'
import type { WorkerPool } from '../../server/media/worker-pool.ts'
import type { MediaRequester, TestLeg } from '../support/test-leg.ts'

export type Codec = { readonly parameters: NonNullable<RouterRtpCodecCapability['parameters']>; readonly nack: boolean }

type Seat = {
  leg: TestLeg | null
  transports: { readonly send: WebRtcTransport; readonly recv: WebRtcTransport } | null
  producer: Producer | null
  capabilities: RtpCapabilities | null
}

const withoutNack = (
  capabilities: MediaOpening['rtpCapabilities'],
  nack: boolean
): MediaOpening['rtpCapabilities'] => ({
  ...capabilities,
  codecs: (capabilities.codecs ?? []).map((codec) => ({
    ...codec,
    rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => nack || type !== 'nack')
  }))
})

/** Two seats; what the first one says the second one hears. */
export const createPlainPlane = async (pool: WorkerPool, codec: Codec) => {
  const lease = pool.lease()
  if (lease === null) throw new Error('no worker')
  const opus: RouterRtpCodecCapability = {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: codec.parameters
  }
  const router: Router = await lease.worker.createRouter({ mediaCodecs: [opus] })
  const newSeat = (): Seat => ({ leg: null, transports: null, producer: null, capabilities: null })
  const speaker = newSeat()
  const listener = newSeat()

  const open = () => router.createWebRtcTransport({ webRtcServer: lease.server, preferUdp: true })
  const forward = async () => {
    const { transports, capabilities, leg } = listener
    if (speaker.producer === null || transports === null || capabilities === null) return
    const consumer = await transports.recv.consume({ producerId: speaker.producer.id, rtpCapabilities: capabilities })
    leg?.pushed(consumerToPhone(consumer))
  }

  const requesterOf = (seat: Seat, lead: (opening: MediaOpening) => MediaOpening): MediaRequester =>
    (async (name: string, data: never) => {
      if (name === 'media.open') {
        const [send, recv] = await Promise.all([open(), open()])
        seat.transports = { send, recv }
        const rtpCapabilities = withoutNack(routerCapabilitiesToPhone(router), codec.nack)
        const ends = { send: transportToPhone(send), recv: transportToPhone(recv) }
        return ok(lead({ epoch: 1, rtpCapabilities, iceServers: [], features: [], ...ends }))
      }
      const { transports } = seat
      if (transports === null) throw new Error('nothing was opened')
      const given = data as {
        flow: 'send' | 'recv'
        dtlsParameters: never
        rtpParameters: never
        rtpCapabilities: never
      }
      if (name === 'media.connect') await transports[given.flow].connect({ dtlsParameters: given.dtlsParameters })
      if (name === 'media.receive') {
        seat.capabilities = given.rtpCapabilities
        await forward()
      }
      if (name === 'media.produce') {
        seat.producer = await transports.send.produce({ kind: 'audio', rtpParameters: given.rtpParameters })
        await forward()
        return ok({ producerId: seat.producer.id })
      }
      return ok({})
    }) as MediaRequester

  return {
    speaker,
    listener,
    requesterOf,
    close: () => {
      router.close()
      lease.release()
    }
  }
}
