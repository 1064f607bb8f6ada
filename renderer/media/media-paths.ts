// Stands between the legs and the bridge, and lets media be made by one way alone: for a check that wants to know whether
// UDP and TCP get through. Otherwise it hands on what it is given.
import type { MediaOpening, MediaRequestName } from '../../common/types.ts'
import type { MediaOffer, MediaPath } from '../preflight/ports.ts'
import type { MediaBridge } from './legs.ts'

/** The making that was opened last. */
export type Making = {
  readonly session: string
  readonly epoch: number
  readonly offer: MediaOffer
  readonly iceServers: MediaOpening['iceServers']
}

export type MediaPaths = {
  readonly bridge: MediaBridge
  /** Of the way of now; null while the server has not answered. */
  readonly making: () => Making | null
  readonly use: (path: MediaPath) => void
}

type Candidates = MediaOpening['send']['iceCandidates']

const portOf = (candidates: Candidates, wanted: string): number | null =>
  candidates.find(({ protocol }) => protocol === wanted)?.port ?? null

const offerOf = ({ send, iceServers }: MediaOpening): MediaOffer => ({
  udp: portOf(send.iceCandidates, 'udp'),
  tcp: portOf(send.iceCandidates, 'tcp'),
  relay: iceServers.length > 0
})

/** The server's answer, as if it could be reached by this way alone. */
const narrowed = (opening: MediaOpening, path: MediaPath): MediaOpening => {
  if (path === 'any') return opening
  const only = <T extends { readonly iceCandidates: Candidates }>(transport: T): T => ({
    ...transport,
    iceCandidates: transport.iceCandidates.filter(({ protocol }) => protocol === path)
  })
  return { ...opening, iceServers: [], send: only(opening.send), recv: only(opening.recv) }
}

export const createMediaPaths = (bridge: MediaBridge): MediaPaths => {
  let path: MediaPath = 'any'
  let opened: { readonly path: MediaPath; readonly making: Making } | null = null

  const request: MediaBridge['mediaRequest'] = async (message) => {
    const answer = await bridge.mediaRequest(message)
    const name: MediaRequestName = message.name
    if (name !== 'media.open' || !answer.ok) return answer
    const opening = answer.value as MediaOpening
    const { session, epoch } = message
    opened = { path, making: { session, epoch, offer: offerOf(opening), iceServers: opening.iceServers } }
    // One type for all names' answers: this one is that of `media.open`.
    return { ...answer, value: narrowed(opening, path) as typeof answer.value }
  }

  return {
    bridge: { ...bridge, mediaRequest: request },
    making: () => (opened?.path === path ? opened.making : null),
    use: (next) => {
      if (next === path) return
      path = next
      if (opened === null) return
      const { session, epoch } = opened.making
      void bridge.mediaFact({ session, epoch, fact: { kind: 'rebuild' } })
    }
  }
}
