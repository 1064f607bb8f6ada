// One leg in one epoch: its two transports, its producer and what it can receive. Does not know its call's plan, and
// makes no consumers: media/links.ts does.
import { validateAndNormalizeRtpCapabilities } from 'mediasoup/ortc'
import type { Producer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types'
import type { CallRole } from '../../common/call/end.ts'
import type { DeviceId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import type { MediaFlow, MediaRequestData, MediaRequestValue } from '../../common/protocol/media.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import type { Room } from './room.ts'
import {
  dtlsParametersFromPhone,
  iceParametersToPhone,
  routerCapabilitiesToPhone,
  rtpCapabilitiesFromPhone,
  rtpParametersFromPhone,
  transportToPhone
} from './wire.ts'

type Answer<N extends 'media.open' | 'media.connect' | 'media.produce' | 'media.receive' | 'media.restartIce'> =
  Promise<Result<MediaRequestValue<N>>>

/** Every request is done once: a repeat gets the first answer, unless that was a failure. Errors: bad_request, stale, unavailable. */
export type Peer = {
  readonly deviceId: DeviceId
  readonly side: CallRole
  readonly epoch: number
  readonly open: () => Answer<'media.open'>
  readonly connect: (data: MediaRequestData<'media.connect'>) => Answer<'media.connect'>
  readonly produce: (data: MediaRequestData<'media.produce'>) => Answer<'media.produce'>
  readonly receive: (data: MediaRequestData<'media.receive'>) => Answer<'media.receive'>
  readonly restartIce: (data: MediaRequestData<'media.restartIce'>) => Answer<'media.restartIce'>
  readonly producer: () => Producer | null
  /** Where consumers of this leg are made, once the phone has told what it can receive. */
  readonly sink: () => { readonly transport: WebRtcTransport; readonly capabilities: RtpCapabilities } | null
  /** Both transports are connected now. */
  readonly isUp: () => boolean
  readonly close: () => void
}

export type PeerDeps = {
  readonly deviceId: DeviceId
  readonly side: CallRole
  readonly epoch: number
  readonly room: Promise<Room>
  /** `producer`, `sink` or `isUp` may answer differently now. */
  readonly onChange: () => void
  readonly log: Logger
}

type Transports = { readonly [flow in MediaFlow]: WebRtcTransport }

// DTLS closed is a phone's goodbye: what it means comes by signalling (a hang-up, a new epoch). A phone that says nothing
// more is noticed by ICE consent.
const isConnected = ({ iceState, dtlsState }: WebRtcTransport): boolean =>
  (iceState === 'connected' || iceState === 'completed') && (dtlsState === 'connected' || dtlsState === 'closed')

const canReceiveSpeech = (capabilities: RtpCapabilities): boolean =>
  capabilities.codecs?.some(({ mimeType }) => mimeType.toLowerCase() === 'audio/opus') === true

/** Runs `act` once; after a failure it may be tried again. */
const createOnce = <T>() => {
  let first: Promise<Result<T>> | null = null
  return (act: () => Promise<Result<T>>): Promise<Result<T>> => {
    if (first !== null) return first
    const answer = act()
    first = answer
    void answer.then((result) => {
      if (!result.ok && first === answer) first = null
    })
    return answer
  }
}

export const createPeer = ({ deviceId, side, epoch, room, onChange, log }: PeerDeps): Peer => {
  let transports: Transports | null = null
  let producer: Producer | null = null
  let capabilities: RtpCapabilities | null = null
  let closed = false

  /** This making of the leg's media is over, or was never begun: the phone has to make it anew. */
  const gone = () => fail('stale', 'no such transport in this epoch')

  /** mediasoup throws TypeError and UnsupportedError for what the phone sent; all else is the server's own trouble. */
  const refused = (error: unknown, doing: string) => {
    if (closed) return gone()
    const text = error instanceof Error ? error.message : String(error)
    log.warn('media request failed', { doing, deviceId, epoch, error: text })
    const isPhonesFault = error instanceof Error && (error instanceof TypeError || error.name === 'UnsupportedError')
    return isPhonesFault ? fail('bad_request', text.slice(0, 200)) : fail('unavailable', doing)
  }

  const attempt = async <T>(doing: string, act: () => T | Promise<T>): Promise<Result<T>> => {
    try {
      return ok(await act())
    } catch (error) {
      return refused(error, doing)
    }
  }

  const openOnce = createOnce<MediaRequestValue<'media.open'>>()
  const connectOnce = {
    send: createOnce<MediaRequestValue<'media.connect'>>(),
    recv: createOnce<MediaRequestValue<'media.connect'>>()
  }
  const produceOnce = createOnce<{ producerId: string }>()
  const restarting: { [flow in MediaFlow]: Answer<'media.restartIce'> | null } = { send: null, recv: null }

  const open = async (): Answer<'media.open'> => {
    const made = await attempt('open', async () => {
      const there = await room
      return { router: there.router, ...(await there.openTransports()) }
    })
    if (!made.ok) return made
    const { router, send, recv } = made.value
    if (closed) {
      send.close()
      recv.close()
      return gone()
    }
    transports = { send, recv }
    for (const transport of [send, recv]) {
      transport.on('icestatechange', onChange)
      transport.on('dtlsstatechange', onChange)
    }
    return ok({
      epoch,
      rtpCapabilities: routerCapabilitiesToPhone(router),
      iceServers: [],
      features: [],
      send: transportToPhone(send),
      recv: transportToPhone(recv)
    })
  }

  /** The transport of a flow, or why there is none: it was never opened, or its worker has died. */
  const transportOf = (flow: MediaFlow): WebRtcTransport | null => {
    const transport = transports?.[flow]
    return closed || transport === undefined || transport.closed ? null : transport
  }

  return {
    deviceId,
    side,
    epoch,
    open: () => openOnce(open),
    connect: async ({ flow, dtlsParameters }) => {
      const transport = transportOf(flow)
      if (transport === null) return gone()
      return connectOnce[flow](() =>
        attempt('connect', async () => {
          await transport.connect({ dtlsParameters: dtlsParametersFromPhone(dtlsParameters) })
          return {}
        })
      )
    },
    produce: async ({ rtpParameters }) => {
      const transport = transportOf('send')
      if (transport === null) return gone()
      return produceOnce(async () => {
        const parameters = rtpParametersFromPhone(rtpParameters)
        if (parameters.encodings?.length !== 1) return fail('bad_request', 'exactly one encoding')
        const made = await attempt('produce', () => transport.produce({ kind: 'audio', rtpParameters: parameters }))
        if (!made.ok) return made
        if (made.value.closed) return gone()
        producer = made.value
        onChange()
        return ok({ producerId: producer.id })
      })
    },
    receive: async ({ rtpCapabilities }) => {
      if (transportOf('recv') === null) return gone()
      if (capabilities !== null) return ok({})
      const given = rtpCapabilitiesFromPhone(rtpCapabilities)
      return attempt('receive', () => {
        // Throws TypeError for what is malformed; later there would be nobody to tell.
        validateAndNormalizeRtpCapabilities(given)
        if (!canReceiveSpeech(given)) throw new TypeError('opus can not be received')
        capabilities = given
        onChange()
        return {}
      })
    },
    restartIce: async ({ flow }) => {
      const transport = transportOf(flow)
      if (transport === null) return gone()
      // Two restarts at once would make the first one's credentials useless before they arrive.
      const running = restarting[flow]
      if (running !== null) return running
      const answer = attempt('restartIce', async () => ({
        iceParameters: iceParametersToPhone(await transport.restartIce())
      }))
      restarting[flow] = answer
      const result = await answer
      restarting[flow] = null
      return result
    },
    producer: () => (producer === null || producer.closed ? null : producer),
    sink: () => {
      const transport = transportOf('recv')
      return transport === null || capabilities === null ? null : { transport, capabilities }
    },
    isUp: () => !closed && transports !== null && isConnected(transports.send) && isConnected(transports.recv),
    close: () => {
      closed = true
      // Closes the producer and all consumers on them.
      transports?.send.close()
      transports?.recv.close()
    }
  }
}
