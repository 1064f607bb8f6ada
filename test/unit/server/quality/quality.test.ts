// What phones tell of a talk: of which call, when, and which samples are taken. Calls and store are named fakes.
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { lateRatingMs, lateSamplesMs } from '../../../../common/quality.ts'
import { fail, ok } from '../../../../common/result.ts'
import type { Part, QualityStore } from '../../../../server/quality/ports.ts'
import { createCallQuality } from '../../../../server/quality/quality.ts'
import { StoreUnavailable } from '../../../../server/store/away.ts'
import { sessionOf } from '../socket/support.ts'

const startedAt = 10_000_000
const sample = {
  n: 0,
  at: startedAt + 5_000,
  spanMs: 6_000,
  mos: 4.2,
  lossIn: 0.01,
  lossOut: 0,
  jitterMs: 3,
  delayMs: 70,
  roundTripMs: null,
  cause: null
}

const setUp = () => {
  const world = { now: startedAt + 10_000, isAway: false, isFull: false }
  const part: { -readonly [K in keyof Part]: Part[K] } = {
    side: 'receptor',
    startedAt,
    endedAt: null
  }
  const kept: Parameters<QualityStore['append']>[0][] = []
  const rated: Parameters<QualityStore['rate']>[0][] = []
  const fakeStore: QualityStore = {
    append: async (batch) => {
      if (world.isAway) throw new StoreUnavailable('gone')
      if (!world.isFull) kept.push(batch)
      return !world.isFull
    },
    rate: async (rating) => {
      if (world.isAway) throw new StoreUnavailable('gone')
      rated.push(rating)
    }
  }
  const quality = createCallQuality({
    parts: { partOf: async (callId) => (callId === 'mine' ? ok({ ...part }) : fail('access_denied')) },
    store: fakeStore,
    clock: { now: () => world.now },
    log: silentLogger
  })
  const session = sessionOf('d1', 'u1')
  return {
    world,
    part,
    kept,
    rated,
    metrics: (samples: readonly unknown[], callId = 'mine', now = world.now) =>
      quality.metrics(session, { callId, now, samples: [...samples] }),
    rate: (callId = 'mine') => quality.rate(session, { callId, rating: 'bad', reason: 'echo' }),
    rateGood: () => quality.rate(session, { callId: 'mine', rating: 'good', reason: 'echo' })
  }
}

describe('samples of a talk', () => {
  it('are kept for the own side, by the number of the first, at their time on this clock', async () => {
    const { metrics, kept, world } = setUp()
    const theirNow = world.now - 3_600_000
    const at = sample.at - 3_600_000
    const answer = await metrics(
      [
        { ...sample, n: 7, at },
        { ...sample, n: 8, at }
      ],
      'mine',
      theirNow
    )
    expect(answer).toEqual(ok({ kept: 2, refused: [] }))
    expect(kept).toMatchObject([{ callId: 'mine', deviceId: 'd1', side: 'receptor', first: 7 }])
    expect(kept[0]?.samples.map((one) => one.at)).toEqual([sample.at, sample.at])
    expect(kept[0]?.samples[0]).not.toHaveProperty('n')
  })

  it.each<readonly [string, unknown, RegExp]>([
    ['not a number', { ...sample, mos: Number.NaN }, /^mos: .+NaN/],
    ['what JSON makes of that', { ...sample, mos: null }, /^mos: .+null/],
    ['negative', { ...sample, lossIn: -0.1 }, /^lossIn: /],
    ['too large', { ...sample, jitterMs: 1e9 }, /^jitterMs: /],
    ['endless', { ...sample, delayMs: Number.POSITIVE_INFINITY }, /^delayMs: /],
    ['a number beyond the last', { ...sample, n: 3_600 }, /^n: /],
    ['with more than belongs there', { ...sample, note: 'x'.repeat(10_000) }, /^the sample: .+note/],
    ['a text', 'x'.repeat(60_000), /^the sample: /],
    ['of before the talk', { ...sample, at: startedAt - 60_000 }, /^at: /],
    ['of later than now', { ...sample, at: startedAt + 60_000 }, /^at: /]
  ])('weakness: one that is %s is refused by name, and nothing else of the batch is lost', async (_, bad, why) => {
    const { metrics, kept } = setUp()
    const answer = await metrics([sample, bad, { ...sample, n: 2 }])
    expect(answer).toEqual(ok({ kept: 2, refused: [{ index: 1, why: expect.stringMatching(why) as string }] }))
    expect(answer.ok && (answer.value.refused[0]?.why.length ?? 0)).toBeLessThanOrEqual(200)
    expect(kept[0]?.samples).toHaveLength(2)
  })

  it('all of them bad keep nothing, and nothing is written', async () => {
    const { metrics, kept } = setUp()
    expect(await metrics([1, {}])).toMatchObject(ok({ kept: 0, refused: [{ index: 0 }, { index: 1 }] }))
    expect(kept).toEqual([])
  })

  it('beyond what is kept of a call are refused', async () => {
    const { metrics, world } = setUp()
    world.isFull = true
    expect(await metrics([sample, 1])).toMatchObject(
      ok({ kept: 0, refused: [{ index: 0, why: expect.stringContaining('as many') as string }, { index: 1 }] })
    )
  })

  it('are taken from nobody else, not before there is a talk, and only shortly after it', async () => {
    const { metrics, part, world, kept } = setUp()
    expect(await metrics([sample], 'another')).toEqual(fail('access_denied'))
    part.startedAt = null
    expect(await metrics([sample])).toMatchObject(fail('not_allowed_now'))
    part.startedAt = startedAt
    part.endedAt = startedAt + 20_000
    world.now = part.endedAt + lateSamplesMs
    expect(await metrics([sample])).toMatchObject({ ok: true })
    // Not later than the talk, however late it is told.
    expect(await metrics([{ ...sample, at: part.endedAt + 30_000 }])).toMatchObject(ok({ kept: 0 }))
    world.now += 1
    expect(await metrics([sample])).toMatchObject(fail('call_session_finished'))
    expect(kept).toHaveLength(1)
  })

  it('can wait while the database is away', async () => {
    const { metrics, rate, world } = setUp()
    world.isAway = true
    expect([await metrics([sample]), await rate()]).toEqual([fail('unavailable'), fail('unavailable')])
  })
})

describe('what a side says of a talk', () => {
  it('is kept for that side, within an hour after the end', async () => {
    const { rate, rateGood, rated, part, world } = setUp()
    part.endedAt = startedAt + 20_000
    world.now = part.endedAt + lateRatingMs
    expect(await rate()).toEqual(ok({ rating: 'bad', reason: 'echo' }))
    expect(rated).toEqual([{ callId: 'mine', side: 'receptor', rating: 'bad', reason: 'echo', at: world.now }])
    expect(await rateGood()).toEqual(ok({ rating: 'good', reason: null }))
    expect(await rate('another')).toEqual(fail('access_denied'))
    world.now += 1
    expect(await rate()).toMatchObject(fail('call_session_finished'))
    expect(rated).toHaveLength(2)
  })
})
