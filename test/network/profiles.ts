// The lines that calls are measured on, by name, and what is asked of a call on each. Limits are what a run must keep;
// what it reached is measured and printed.
import { setTimeout as pass } from 'node:timers/promises'
import { burstLoss, clean, evenLoss, type Impairment } from '../support/relay/impairment.ts'
import type { Line } from '../support/relay/line.ts'

export type Profile = {
  readonly name: string
  /** How the line is from the start, before the phone signs in. */
  readonly first: Impairment
  readonly udpBlocked?: boolean
  /** What happens to the line while they talk; ends with the time of measurement. */
  readonly during: (line: Line, seconds: number) => Promise<void>
  /** The way media must have taken at the end. */
  readonly via: 'udp' | 'tcp'
  /** Longest gap that is allowed on either side. */
  readonly gapMs: number
  /** Share of sound that may be missing on either side. */
  readonly missing: number
}

/** Where the gap is all that counts. */
const anyShare = 1

const steady = (_: Line, seconds: number): Promise<void> => pass(seconds * 1_000)

const slow = (kbitPerS: number): Impairment => ({
  ...clean,
  delayMs: 20,
  rate: { bitsPerS: kbitPerS * 1_000, burstBytes: 1_500, queueMs: 400 }
})

export const moderate: Impairment = { ...clean, delayMs: 100, jitterMs: 25, loss: evenLoss(0.05) }
export const international: Impairment = {
  ...clean,
  delayMs: 250,
  jitterMs: 100,
  loss: burstLoss(0.1, 3),
  duplicate: 0.02,
  reorder: 0.05,
  reorderMs: 60,
  rate: { bitsPerS: 300_000, burstBytes: 3_000, queueMs: 400 }
}

/** How long the line is away in the profiles that cut it. */
export const cutMs = 8_000

export const cut: Profile = {
  name: '8 s cut',
  first: clean,
  during: async (line, seconds) => {
    line.cut()
    await pass(cutMs)
    line.mend()
    await pass(seconds * 1_000)
  },
  via: 'udp',
  gapMs: cutMs + 5_000,
  missing: anyShare
}

export const addressChange: Profile = {
  name: 'address change',
  first: clean,
  during: async (line, seconds) => {
    line.move('127.0.0.3')
    await pass(seconds * 1_000)
  },
  via: 'udp',
  gapMs: 5_000,
  missing: anyShare
}

export const udpBlocked: Profile = {
  name: 'UDP blocked',
  first: clean,
  udpBlocked: true,
  during: steady,
  via: 'tcp',
  gapMs: 500,
  missing: 0.05
}

export const onModerate: Profile = {
  name: '100±25 ms, 5 % loss',
  first: moderate,
  during: steady,
  via: 'udp',
  gapMs: 500,
  missing: 0.05
}

export const profiles: readonly Profile[] = [
  { name: 'clean', first: clean, during: steady, via: 'udp', gapMs: 200, missing: 0.02 },
  onModerate,
  { name: '250±100 ms, 10 % in bursts', first: international, during: steady, via: 'udp', gapMs: 2_000, missing: 0.3 },
  {
    name: 'spikes of 30 %',
    first: clean,
    during: async (line, seconds) => {
      for (const share of [0, 0.3, 0]) {
        line.set({ ...clean, loss: burstLoss(share, 3) })
        await pass((seconds * 1_000) / 3)
      }
    },
    via: 'udp',
    gapMs: 2_000,
    missing: 0.3
  },
  { name: '300 kbit/s', first: slow(300), during: steady, via: 'udp', gapMs: 500, missing: 0.05 },
  { name: '100 kbit/s', first: slow(100), during: steady, via: 'udp', gapMs: 500, missing: 0.05 },
  { name: '50 kbit/s', first: slow(50), during: steady, via: 'udp', gapMs: 5_000, missing: 1 },
  { name: '25 kbit/s', first: slow(25), during: steady, via: 'udp', gapMs: 30_000, missing: 1 },
  addressChange,
  cut,
  udpBlocked,
  {
    name: 'UDP blocked in the talk',
    first: clean,
    during: async (line, seconds) => {
      line.blockUdp(true)
      // Noticed after a few seconds, and datagrams are tried once more before streams are.
      await pass(Math.max(seconds, 15) * 1_000)
    },
    via: 'tcp',
    gapMs: 15_000,
    missing: anyShare
  }
]
