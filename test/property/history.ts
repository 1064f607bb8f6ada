// Histories as data that fast-check makes and shrinks: deeds of people, of networks and of machines. What a deed does is
// deeds.ts's.
import fc from 'fast-check'

const kinds = {
  talk: 10,
  three: 3,
  orderedTalk: 2,
  dial: 6,
  answer: 6,
  decline: 6,
  hangUp: 3,
  mute: 1,
  hold: 4,
  resume: 4,
  dtmf: 1,
  transfer: 4,
  cancelTransfer: 1,
  merge: 4,
  split: 1,
  move: 3,
  orderCall: 2,
  join: 3,
  dismiss: 1,
  gap: 4,
  stall: 1,
  heal: 2,
  breakSocket: 2,
  blockMedia: 1,
  unblockMedia: 2,
  slow: 1,
  repeat: 3,
  pushAgain: 2,
  killApp: 1,
  startApp: 2,
  quitApp: 1,
  crashPage: 1,
  killServer: 1,
  powerCut: 1,
  stopServer: 1,
  startServer: 2,
  workerDies: 1,
  slowDisk: 1,
  killCall: 1,
  wish: 1
} as const
export type Kind = keyof typeof kinds

export type Deed = { readonly kind: Kind; readonly who: number; readonly n: number; readonly waitMs: number }

const waits = fc.oneof(
  { weight: 6, arbitrary: fc.nat(400) },
  { weight: 3, arbitrary: fc.nat(6_000) },
  { weight: 1, arbitrary: fc.nat(70_000) }
)

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.oneof(...Object.entries(kinds).map(([kind, weight]) => ({ arbitrary: fc.constant(kind as Kind), weight }))),
  who: fc.nat(4),
  n: fc.nat(23),
  waitMs: waits
})

export type History = {
  readonly seed: number
  readonly devices: number
  readonly jitterMs: number
  readonly deeds: readonly Deed[]
  /** How it ends: all is well again and everyone hangs up, or everyone is gone without a word. */
  readonly finale: 'well' | 'dark'
}

export const history: fc.Arbitrary<History> = fc.record({
  seed: fc.nat(),
  devices: fc.integer({ min: 2, max: 5 }),
  jitterMs: fc.constantFrom(0, 0, 30, 300, 2_000),
  deeds: fc.array(deed, { minLength: 1, maxLength: 20 }),
  finale: fc.constantFrom('well', 'dark')
})
