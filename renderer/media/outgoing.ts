// What one leg sends: silence, the microphone, or the mix of a conference. Follows the order of the moment, whatever came
// while it waited for a device; knows no transports.
//
//   silence ◀──may it be open?──▶ microphone ◀──conference?──▶ mix        any ── stop ──▶ (nothing)
import type { MediaFact, MediaOrder } from '../../common/ipc.ts'
import type { Microphone } from './microphone.ts'
import type { MixerLine } from './mixer.ts'
import type { Silence } from './silence.ts'

/** The part of mediasoup's producer that is used here. */
type Sender = { readonly replaceTrack: (options: { track: MediaStreamTrack }) => Promise<void> }

type Sent = {
  readonly kind: 'silence' | 'microphone' | 'mix'
  readonly track: MediaStreamTrack
  /** What of it is the person here: that is what muting silences. */
  readonly mine: MediaStreamTrack
}

export type OutgoingDeps = {
  readonly microphone: Microphone
  readonly silence: Silence
  readonly line: MixerLine
  readonly order: () => MediaOrder
  readonly closed: () => boolean
  readonly onFact: (fact: MediaFact) => void
}

export type Outgoing = {
  /** The track to begin with: silence. */
  readonly first: () => MediaStreamTrack
  readonly attach: (sender: Sender) => void
  readonly attached: () => boolean
  /** Muting is at once, without a turn in the queue. */
  readonly mute: () => void
  /** Makes it so; `renew` where the microphone is another one now. One at a time. */
  readonly follow: (renew: boolean) => Promise<void>
  readonly stop: () => void
}

// The real microphone may be open before the accept (the person has dialled or answered); on hold its track is silence.
export const wantsMicrophone = (order: MediaOrder): boolean => order.microphone && order.want !== 'hold'

const wanted = (order: MediaOrder): Sent['kind'] => {
  if (!wantsMicrophone(order)) return 'silence'
  return order.want === 'conference' ? 'mix' : 'microphone'
}

const end = (one: Sent | undefined) => {
  one?.track.stop()
  one?.mine.stop()
}

export const createOutgoing = (deps: OutgoingDeps): Outgoing => {
  const { line, order, closed, onFact } = deps
  let sender: Sender | undefined
  let sent: Sent | undefined
  let microphoneTrouble = false

  const mute = () => {
    if (sent !== undefined) sent.mine.enabled = !order().muted
  }

  const send = async (next: Sent) => {
    next.mine.enabled = !order().muted
    await sender?.replaceTrack({ track: next.track }).catch((error: unknown) => {
      end(next)
      throw error
    })
    end(sent)
    sent = next
    if (next.kind !== 'mix') line.leave()
    // The leg was closed while the track was being swapped in: a microphone may not outlive its leg.
    if (closed()) end(next)
  }

  const quiet = (): Sent => {
    const track = deps.silence.track()
    return { kind: 'silence', track, mine: track }
  }

  const takeMicrophone = async (kind: 'microphone' | 'mix') => {
    const opened = await deps.microphone.open()
    if (closed() || wanted(order()) !== kind) {
      if (opened.ok) opened.value.stop()
      return
    }
    // The call goes on listening; whoever speaks is told that nobody hears them.
    if (kind === 'mix') {
      const mine = opened.ok ? opened.value : deps.silence.track()
      await send({ kind, track: line.mix(mine), mine })
    } else if (opened.ok) await send({ kind, track: opened.value, mine: opened.value })
    else await send(quiet())
    if (!opened.ok) onFact({ kind: 'failed', code: opened.error.code })
    else if (microphoneTrouble) onFact({ kind: 'recovered' })
    microphoneTrouble = !opened.ok
  }

  return {
    first: () => {
      sent = quiet()
      return sent.track
    },
    attach: (made) => {
      sender = made
    },
    attached: () => sender !== undefined,
    mute,
    follow: async (renew) => {
      if (closed() || sender === undefined) return
      const kind = wanted(order())
      if (kind === 'silence') {
        if (sent?.kind !== 'silence') await send(quiet())
      } else if (renew || sent?.kind !== kind) await takeMicrophone(kind)
      mute()
    },
    stop: () => {
      end(sent)
      line.close()
    }
  }
}
