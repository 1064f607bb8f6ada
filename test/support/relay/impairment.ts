// What a bad line does to packet n at time t, as a pure function: delay, jitter, loss in bursts, reordering, duplicates,
// a rate with a queue. Opens no socket and reads no clock.
import { draw, type Chance } from './random.ts'

/**
 * Gilbert and Elliott's two states; after each packet the line changes with the probability at the arrow:
 *
 *   good ──toBad──▶ bad          a packet is lost with probability `inGood` or `inBad`
 *     ▲──toGood───────┘
 */
export type Loss = { readonly toBad: number; readonly toGood: number; readonly inGood: number; readonly inBad: number }

export type Impairment = {
  readonly delayMs: number
  /** Each packet takes up to so much more or less than `delayMs`; the order stays. */
  readonly jitterMs: number
  readonly loss: Loss
  /** The share of packets that arrive `reorderMs` later, behind those sent after them. */
  readonly reorder: number
  readonly reorderMs: number
  readonly duplicate: number
  /** A token bucket: so many bits a second, so many bytes at once; what would wait longer than the queue is lost. */
  readonly rate: { readonly bitsPerS: number; readonly burstBytes: number; readonly queueMs: number } | null
}

export const noLoss: Loss = { toBad: 0, toGood: 1, inGood: 0, inBad: 0 }
/** Each packet for itself. */
export const evenLoss = (share: number): Loss => ({ toBad: 0, toGood: 1, inGood: share, inBad: share })
/** The same share on the whole, in bursts of so many packets on average. */
export const burstLoss = (share: number, packets: number): Loss => ({
  toGood: 1 / packets,
  toBad: share / (packets * (1 - share)),
  inGood: 0,
  inBad: 1
})

export const clean: Impairment = {
  delayMs: 0,
  jitterMs: 0,
  loss: noLoss,
  reorder: 0,
  reorderMs: 0,
  duplicate: 0,
  rate: null
}

export type LineState = {
  readonly chance: Chance
  readonly isBad: boolean
  /** Nothing that is not reordered arrives before this. */
  readonly notBefore: number
  /** When the last byte taken so far has left the bottleneck. */
  readonly freeAt: number
}

/** The bucket is full. */
export const startLine = (seed: number): LineState => ({
  chance: seed >>> 0,
  isBad: false,
  notBefore: 0,
  freeAt: -Infinity
})

export type Packet = {
  readonly bytes: number
  /** Part of a stream: what is lost comes later instead, once and in order. */
  readonly reliable: boolean
}

export type Fate = {
  readonly state: LineState
  /** When it arrives; more than one: duplicates; none: lost. */
  readonly due: readonly number[]
}

/** How long a stream's sender takes to find out, beyond the way there and back. */
const retransmitMs = 200

/**
 * The next packet's fate; `now` in ms on any clock. Chance is drawn the same number of times for every packet, so that
 * with one seed the same packets are lost, whenever they come.
 */
export const passLine = (state: LineState, line: Impairment, { bytes, reliable }: Packet, now: number): Fate => {
  const [change, chance1] = draw(state.chance)
  const [lose, chance2] = draw(chance1)
  const [wander, chance3] = draw(chance2)
  const [overtake, chance4] = draw(chance3)
  const [copy, chance] = draw(chance4)

  const { loss, rate } = line
  const isBad = state.isBad ? change >= loss.toGood : change < loss.toBad
  const isLost = lose < (isBad ? loss.inBad : loss.inGood)

  let { freeAt } = state
  if (rate !== null) {
    const msPerByte = 8_000 / rate.bitsPerS
    // Tokens are saved up for as long as a full bucket takes to fill.
    const sent = Math.max(freeAt, now - rate.burstBytes * msPerByte) + bytes * msPerByte
    if (sent - now > rate.queueMs && !reliable) return { state: { ...state, chance, isBad }, due: [] }
    freeAt = sent
  }
  if (isLost && !reliable) return { state: { ...state, chance, isBad, freeAt }, due: [] }

  const again = isLost ? retransmitMs + 2 * line.delayMs : 0
  const way = line.delayMs + (2 * wander - 1) * line.jitterMs
  const due = Math.max(state.notBefore, Math.max(now, freeAt) + Math.max(0, way) + again)
  // A stream that waits for its repeat holds up nobody else.
  const notBefore = again > 0 ? state.notBefore : due
  const next = { chance, isBad, freeAt, notBefore }
  if (reliable) return { state: next, due: [due] }
  if (overtake < line.reorder) {
    return { state: { ...next, notBefore: state.notBefore }, due: [due + line.reorderMs] }
  }
  return { state: next, due: copy < line.duplicate ? [due, due] : [due] }
}
