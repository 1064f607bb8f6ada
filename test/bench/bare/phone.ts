// The page of a bare phone: mediasoup-client and a socket, the handover prepared as Tamas prepares it. No interface.
import { Device } from 'mediasoup-client'
import type { Producer, Transport, TransportOptions } from 'mediasoup-client/types'
import { io, type Socket } from 'socket.io-client'

export type BarePhone = {
  readonly join: (url: string, side: 'a' | 'b', processing: boolean) => Promise<void>
  /** Transports up, a's microphone sent, b silent, consumers there and muted. */
  readonly prepare: () => Promise<void>
  /** b answers: opens its microphone and lets both hear. Milliseconds since the epoch when it began. */
  readonly answer: () => Promise<number>
  readonly hangUp: () => Promise<void>
  /** Another processing from now on, in the middle of a call. */
  readonly process: (processing: boolean) => Promise<void>
}

declare global {
  interface Window {
    bare: BarePhone
  }
}

let socket: Socket | undefined
let side: 'a' | 'b' = 'a'
let processing = false
let device: Device | undefined
let producer: Producer | undefined
let transports: Transport[] = []
let player: HTMLAudioElement | undefined
let microphone: MediaStreamTrack | undefined

const ask = (name: string, ...data: unknown[]): Promise<never> => {
  if (socket === undefined) throw new Error('not joined')
  return socket.emitWithAck(name, ...data) as Promise<never>
}

const openMicrophone = async (): Promise<MediaStreamTrack> => {
  const constraints = { echoCancellation: processing, noiseSuppression: processing, autoGainControl: processing }
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { ...constraints, channelCount: 1 } })
  const [track] = stream.getAudioTracks()
  if (track === undefined) throw new Error('no microphone')
  microphone = track
  return track
}

const silentTrack = (): MediaStreamTrack => {
  const context = new AudioContext()
  const [track] = context.createMediaStreamDestination().stream.getAudioTracks()
  void context.suspend()
  if (track === undefined) throw new Error('no silence')
  return track
}

const wire = (transport: Transport): Transport => {
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    ask('connect-transport', { flow: transport.direction, dtlsParameters }).then(done, failed)
  })
  transport.on('produce', ({ rtpParameters }, done, failed) => {
    ask('produce', { rtpParameters }).then(done, failed)
  })
  return transport
}

window.bare = {
  join: async (url, as, withProcessing) => {
    side = as
    processing = withProcessing
    socket = io(url, { transports: ['websocket'], auth: { side } })
    socket.on('answered', () => {
      if (player !== undefined) player.muted = false
    })
    await new Promise<void>((resolve) => socket?.once('connect', resolve))
  },
  prepare: async () => {
    const opening: {
      rtpCapabilities: Parameters<Device['load']>[0]['routerRtpCapabilities']
      send: TransportOptions
      recv: TransportOptions
    } = await ask('open')
    if (device === undefined) {
      device = await Device.factory()
      await device.load({ routerRtpCapabilities: opening.rtpCapabilities })
    }
    const send = wire(device.createSendTransport(opening.send))
    const recv = wire(device.createRecvTransport(opening.recv))
    transports = [send, recv]
    const consumed = new Promise<void>((resolve, reject) => {
      socket?.once('consumer', (offer: { id: string; producerId: string; rtpParameters: never }) => {
        recv.consume({ ...offer, kind: 'audio' }).then(({ track }) => {
          player = new Audio()
          player.srcObject = new MediaStream([track])
          player.muted = true
          void player.play()
          resolve()
        }, reject)
      })
    })
    const track = side === 'a' ? await openMicrophone() : silentTrack()
    producer = await send.produce({
      track,
      stopTracks: false,
      disableTrackOnPause: false,
      codecOptions: { opusFec: true, opusDtx: true, opusStereo: false }
    })
    await ask('receive', { rtpCapabilities: device.recvRtpCapabilities })
    await consumed
  },
  answer: async () => {
    const at = Date.now()
    const resumed = ask('answer')
    if (player !== undefined) player.muted = false
    await producer?.replaceTrack({ track: await openMicrophone() })
    await resumed
    return at
  },
  process: async (withProcessing) => {
    processing = withProcessing
    microphone?.stop()
    await producer?.replaceTrack({ track: await openMicrophone() })
  },
  hangUp: async () => {
    microphone?.stop()
    microphone = undefined
    player?.pause()
    for (const transport of transports) transport.close()
    if (side === 'a') await ask('hang-up')
  }
}
