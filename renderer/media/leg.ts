// One making (epoch) of one call's media: two transports, our track out, the others' tracks in. It does what its order
// says and reports facts; it never decides what ought to be.
//
//   opening ──media.open, transports made, track published──▶ ready ◀──recovery──▶ lost
//      └──────────────────────────────── close, from anywhere ─────────────────────▶ closed
import type { Consumer, Transport } from 'mediasoup-client/types'
import type { MediaFact, MediaOrder } from '../../common/ipc.ts'
import { unreachable } from '../../common/result.ts'
import type { MediaFlow, MediaOpening, MediaPush } from '../../common/types.ts'
import { meaningOf, RefusedError, type Ask } from './ask.ts'
import type { DeviceCache } from './device-cache.ts'
import type { Microphone } from './microphone.ts'
import type { MixerLine } from './mixer.ts'
import { createOutgoing, wantsMicrophone } from './outgoing.ts'
import type { Playback } from './playback.ts'
import { recover, recoveryDeadline, type Recovery, type RecoveryEvent } from './recovery.ts'
import type { Silence } from './silence.ts'

export type LegDeps = {
  readonly ask: Ask
  readonly device: DeviceCache['device']
  readonly microphone: Microphone
  readonly silence: Silence
  readonly playback: Playback
  /** This call's side of a conference. */
  readonly line: MixerLine
  readonly onFact: (fact: MediaFact) => void
  /** For every sender and receiver, before anything flows: where end-to-end encryption will hook in. */
  readonly attachTransform: (end: RTCRtpSender | RTCRtpReceiver) => void
  readonly joined: () => boolean
  readonly onError: (error: unknown) => void
}

export type Leg = {
  readonly session: string
  readonly epoch: number
  readonly order: (order: MediaOrder) => void
  readonly pushed: (push: MediaPush) => void
  readonly setJoined: (joined: boolean) => void
  /** The microphone is another one now: take a new track. */
  readonly microphoneReplaced: () => void
  /** Whether this leg wants the real microphone. */
  readonly usesMicrophone: () => boolean
  readonly playback: Playback
  /** What the browser has counted on both transports; empty while they are being made. */
  readonly stats: () => Promise<readonly RTCStatsReport[]>
  readonly close: () => void
}

/** A call that the person dialled or answered is heard from its first packet on: the server sends none before the accept. */
const isAudible = (order: MediaOrder): boolean => {
  switch (order.want) {
    case 'talk':
    case 'conference':
      return true
    case 'prepare':
      return order.microphone
    case 'hold':
      return false
    default:
      return unreachable(order.want)
  }
}

export const createLeg = (first: MediaOrder, deps: LegDeps): Leg => {
  const { ask, onFact, playback, line } = deps
  const ending = new AbortController()
  let order = first
  let transports: readonly Transport[] = []
  // By id; null while it is being made. The server repeats what it said before a loss of signalling.
  const consumers = new Map<string, Consumer | null>()
  let recovery: Recovery = { state: 'whole' }
  let timer: ReturnType<typeof setTimeout> | undefined
  // Everything that touches the outgoing track happens one after the other.
  let work: Promise<void> = Promise.resolve()

  const closed = () => ending.signal.aborted
  const outgoing = createOutgoing({ ...deps, order: () => order, closed })

  const failed = (error: unknown) => {
    if (closed()) return
    deps.onError(error)
    const means = meaningOf(error)
    if (means === 'again') tell({ kind: 'forgotten' })
    if (means === 'failed') onFact({ kind: 'failed', code: 'media_failed' })
  }

  const tell = (event: RecoveryEvent) => {
    if (closed()) return
    const before = recovery.state
    const step = recover(recovery, event, deps.joined(), Date.now())
    recovery = step.recovery
    const after = step.recovery.state
    if (event.kind === 'lost' && before === 'whole') onFact({ kind: 'lost' })
    if (after === 'whole' && before !== 'whole') onFact({ kind: 'back' })
    clearTimeout(timer)
    const deadline = recoveryDeadline(recovery)
    if (deadline !== null) {
      timer = setTimeout(
        () => {
          tell({ kind: 'time' })
        },
        Math.max(0, deadline - Date.now())
      )
    }
    switch (step.act) {
      case 'restartIce':
        // A transport that was well all along says nothing new afterwards, so look.
        Promise.all(transports.map(restartIce)).then(onConnection).catch(deps.onError)
        return
      case 'rebuild':
        onFact({ kind: 'rebuild' })
        return
      case 'none':
        return
      default:
        unreachable(step.act)
    }
  }

  const restartIce = async (transport: Transport) => {
    // A transport that never began to connect has no ICE to restart.
    if (transport.connectionState === 'new') return
    const answer = await ask('media.restartIce', { flow: transport.direction }, ending.signal)
    if (closed() || transport.closed) return
    if (answer.ok) await transport.restartIce({ iceParameters: answer.value.iceParameters })
    else if (answer.error.code === 'stale') tell({ kind: 'forgotten' })
  }

  const onConnection = () => {
    const states = transports.map((transport) => transport.connectionState)
    if (states.includes('failed')) tell({ kind: 'lost', failed: true })
    else if (states.includes('disconnected')) tell({ kind: 'lost', failed: false })
    else if (recovery.state !== 'whole' && states.every((state) => state === 'connected' || state === 'new')) {
      tell({ kind: 'connected' })
    }
  }

  const wire = (transport: Transport, flow: MediaFlow) => {
    transport.on('connect', ({ dtlsParameters }, done, refused) => {
      ask('media.connect', { flow, dtlsParameters }, ending.signal)
        .then((answer) => {
          if (answer.ok) done()
          else refused(new RefusedError(answer.error.code, answer.error.detail))
        })
        .catch(refused)
    })
    transport.on('produce', ({ rtpParameters }, done, refused) => {
      ask('media.produce', { rtpParameters }, ending.signal)
        .then((answer) => {
          if (answer.ok) done({ id: answer.value.producerId })
          else refused(new RefusedError(answer.error.code, answer.error.detail))
        })
        .catch(refused)
    })
    transport.on('connectionstatechange', onConnection)
    return transport
  }

  const makeTransports = async (opening: MediaOpening) => {
    const device = await deps.device(opening.rtpCapabilities)
    if (closed()) return
    const { iceServers } = opening
    const common = { iceServers: iceServers as RTCIceServer[], additionalSettings: {} }
    const send = wire(device.createSendTransport({ ...opening.send, ...common }), 'send')
    const recv = wire(device.createRecvTransport({ ...opening.recv, ...common }), 'recv')
    transports = [send, recv]
    const told = ask('media.receive', { rtpCapabilities: device.recvRtpCapabilities }, ending.signal)
    const producer = await send.produce({
      track: outgoing.first(),
      stopTracks: false,
      disableTrackOnPause: false,
      onRtpSender: deps.attachTransform
    })
    outgoing.attach(producer)
    const answer = await told
    if (!answer.ok) throw new RefusedError(answer.error.code, answer.error.detail)
    if (!closed()) onFact({ kind: 'ready' })
  }

  const open = async () => {
    const answer = await ask('media.open', {}, ending.signal)
    if (closed()) return
    if (!answer.ok) throw new RefusedError(answer.error.code, answer.error.detail)
    await makeTransports(answer.value)
  }

  const schedule = (renew: boolean) => {
    work = work.then(() => outgoing.follow(renew)).catch(failed)
  }

  // While the transports are being made the microphone already opens: two waits in one.
  const warmUp = () => {
    if (outgoing.attached() || !wantsMicrophone(order)) return
    void deps.microphone.open().then((warm) => {
      if (warm.ok) warm.value.stop()
    })
  }

  const consume = async (push: Extract<MediaPush, { kind: 'consumer' }>) => {
    const recv = transports[1]
    if (recv === undefined) throw new Error('a consumer before its transport')
    const { id, producerId, rtpParameters } = push
    const consumer = await recv.consume({
      id,
      producerId,
      kind: 'audio',
      rtpParameters,
      onRtpReceiver: deps.attachTransform
    })
    if (closed()) return
    if (!consumers.has(id)) {
      consumer.close()
      return
    }
    consumers.set(id, consumer)
    playback.add(id, consumer.track)
    line.hear(id, consumer.track)
  }

  playback.setAudible(isAudible(order))
  warmUp()
  work = open().catch(failed)
  schedule(false)

  return {
    session: first.session,
    epoch: first.epoch,
    order: (next) => {
      order = next
      playback.setAudible(isAudible(order))
      warmUp()
      outgoing.mute()
      schedule(false)
    },
    pushed: (push) => {
      if (closed()) return
      if (push.kind === 'gone') {
        tell({ kind: 'forgotten' })
      } else if (push.kind === 'consumerClosed') {
        consumers.get(push.id)?.close()
        consumers.delete(push.id)
        playback.remove(push.id)
        line.unhear(push.id)
      } else if (!consumers.has(push.id)) {
        consumers.set(push.id, null)
        consume(push).catch(failed)
      }
    },
    setJoined: (joined) => {
      tell({ kind: joined ? 'joined' : 'unjoined' })
    },
    microphoneReplaced: () => {
      schedule(true)
    },
    usesMicrophone: () => wantsMicrophone(order),
    playback,
    stats: () => Promise.all(transports.filter(({ closed: gone }) => !gone).map((transport) => transport.getStats())),
    close: () => {
      clearTimeout(timer)
      ending.abort()
      // The microphone goes first: nothing may be heard of what is said after the end.
      outgoing.stop()
      playback.close()
      for (const transport of transports) transport.close()
    }
  }
}
