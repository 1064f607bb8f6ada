// One leg of a call as a phone makes it: mediasoup-client on wrtc, a tone as microphone, an ear for each consumer. Asks
// through a function it is given, so that it runs against the media plane alone or over a real socket.
import { Device } from 'mediasoup-client'
import type * as mediasoup from 'mediasoup-client/types'
import type { MediaPush, MediaRequestData, MediaRequestValue } from '../../common/protocol/media.ts'
import type { Result } from '../../common/result.ts'
import type { MediaPlaneRequest } from '../../server/ports.ts'
import { createEar, createToneSource, type Ear, installWrtc, type ToneSource } from './wrtc.ts'

export type MediaRequester = <N extends MediaPlaneRequest>(
  name: N,
  data: MediaRequestData<N>
) => Promise<Result<MediaRequestValue<N>>>

export type TestLeg = {
  readonly tone: ToneSource
  /** Opens, connects, publishes the tone and tells what can be received. Resolves once the sending transport is up. */
  readonly start: () => Promise<void>
  /** Hand every `media.pushed` of this leg here. */
  readonly pushed: (push: MediaPush) => void
  /** The ear of the consumer that is there, or that comes next. */
  readonly ear: () => Promise<Ear>
  readonly consumerIds: () => readonly string[]
  readonly closedConsumerIds: () => readonly string[]
  /** RTP packets that arrived on the receiving transport so far. */
  readonly packetsReceived: () => Promise<number>
  readonly restartIce: () => Promise<void>
  readonly close: () => void
}

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail ?? ''}`)
  return result.value
}

const connected = (transport: mediasoup.Transport): Promise<void> =>
  new Promise((resolve, reject) => {
    const look = (state: mediasoup.ConnectionState): void => {
      if (state === 'connected') resolve()
      if (state === 'failed' || state === 'closed') reject(new Error(`transport ${state}`))
    }
    look(transport.connectionState)
    transport.on('connectionstatechange', look)
  })

/** `sound`: a tone in Hz, silence, or a microphone of the test's own. */
export const createTestLeg = (request: MediaRequester, sound: number | null | Omit<ToneSource, 'setTone'>): TestLeg => {
  installWrtc()
  const tone =
    typeof sound === 'object' && sound !== null ? { ...sound, setTone: () => undefined } : createToneSource(sound)
  const consumers = new Map<string, { readonly consumer: mediasoup.Consumer; readonly ear: Ear }>()
  const seen: string[] = []
  const closedIds: string[] = []
  const waiting: ((ear: Ear) => void)[] = []
  let send: mediasoup.Transport | null = null
  let recv: mediasoup.Transport | null = null
  // Consumers are made one after the other, as they come.
  let work: Promise<void> = Promise.resolve()

  const wire = (transport: mediasoup.Transport, flow: 'send' | 'recv'): mediasoup.Transport => {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      request('media.connect', { flow, dtlsParameters })
        .then((result) => {
          valueOf(result)
          done()
        })
        .catch(failed)
    })
    transport.on('produce', ({ rtpParameters }, done, failed) => {
      request('media.produce', { rtpParameters })
        .then((result) => {
          done({ id: valueOf(result).producerId })
        })
        .catch(failed)
    })
    return transport
  }

  const consume = async (push: Extract<MediaPush, { kind: 'consumer' }>): Promise<void> => {
    if (recv === null || consumers.has(push.id)) return
    const consumer = await recv.consume({
      id: push.id,
      producerId: push.producerId,
      kind: 'audio',
      rtpParameters: push.rtpParameters
    })
    const ear = createEar(consumer.track)
    consumers.set(push.id, { consumer, ear })
    for (const resolve of waiting.splice(0)) resolve(ear)
  }

  return {
    tone,
    start: async () => {
      const opening = valueOf(await request('media.open', {}))
      const device = new Device({ handlerName: 'Chrome111' })
      await device.load({ routerRtpCapabilities: opening.rtpCapabilities })
      send = wire(device.createSendTransport(opening.send), 'send')
      recv = wire(device.createRecvTransport(opening.recv), 'recv')
      valueOf(await request('media.receive', { rtpCapabilities: device.recvRtpCapabilities }))
      await send.produce({ track: tone.track, stopTracks: false })
      await connected(send)
    },
    pushed: (push) => {
      if (push.kind === 'consumer') {
        seen.push(push.id)
        work = work.then(() => consume(push))
        return
      }
      if (push.kind === 'gone') return
      closedIds.push(push.id)
      work = work.then(() => {
        const there = consumers.get(push.id)
        consumers.delete(push.id)
        there?.ear.stop()
        there?.consumer.close()
      })
    },
    ear: () => {
      const [last] = [...consumers.values()].slice(-1)
      return last === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(last.ear)
    },
    consumerIds: () => seen,
    closedConsumerIds: () => closedIds,
    packetsReceived: async () => {
      if (recv === null) return 0
      let packets = 0
      const stats = await recv.getStats()
      stats.forEach((entry: { type: string; packetsReceived?: number }) => {
        if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0
      })
      return packets
    },
    restartIce: async () => {
      for (const [flow, transport] of [
        ['send', send],
        ['recv', recv]
      ] as const) {
        if (transport === null) continue
        const { iceParameters } = valueOf(await request('media.restartIce', { flow }))
        await transport.restartIce({ iceParameters })
      }
    },
    close: () => {
      for (const { ear } of consumers.values()) ear.stop()
      send?.close()
      recv?.close()
      tone.stop()
    }
  }
}
