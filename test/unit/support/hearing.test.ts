// Tests how gaps in a tone are counted: network tests print them.
import { describe, expect, it } from 'vitest'
import { createHearing } from '../../support/hearing.ts'

const frame = (hz: number | null) => ({
  sampleRate: 48_000,
  samples: Int16Array.from({ length: 480 }, (_, i) =>
    hz === null ? 0 : Math.round(16_000 * Math.sin((2 * Math.PI * hz * i) / 48_000))
  )
})

const listen = () => {
  let now = 1_000
  const hearing = createHearing(400, () => now)
  return {
    hearing,
    play: (hz: number | null, frames: number) => {
      for (let i = 0; i < frames; i += 1) {
        now += 10
        hearing.take(frame(hz))
      }
    },
    pass: (ms: number) => {
      now += ms
    }
  }
}

describe('hearing', () => {
  it('counts from the first sound on and finds no gap in a whole tone', () => {
    const { hearing, play } = listen()
    play(null, 50)
    play(400, 100)
    expect(hearing.report()).toEqual({ totalMs: 1_000, missing: 0, gaps: [], longestMs: 0 })
    expect(hearing.isHeard()).toBe(true)
  })

  it('counts silence and other tones as gaps, but no hole of less than 40 ms', () => {
    const { hearing, play } = listen()
    play(400, 10)
    play(null, 3)
    play(400, 10)
    play(null, 20)
    play(900, 10)
    play(400, 47)
    expect(hearing.report()).toMatchObject({ totalMs: 1_000, missing: 0.33, longestMs: 300 })
    expect(hearing.report().gaps.map(({ ms }) => ms)).toEqual([300])
  })

  it('counts the time in which nothing is played at all, also where it lasts', () => {
    const { hearing, play, pass } = listen()
    play(400, 10)
    pass(3_000)
    expect(hearing.isHeard()).toBe(false)
    expect(hearing.report().longestMs).toBe(3_000)
    play(null, 50)
    play(400, 10)
    expect(hearing.report().gaps.map(({ ms }) => ms)).toEqual([3_500])
  })
})
