// What of a talk is told when: in batches, once each, again after a lost connection, and in the end not at all. The server
// is a named fake.
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { lateRatingMs, lateSamplesMs, mostSamples } from '../../../../common/quality.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { CallStatus } from '../../../../common/types.ts'
import type { Call } from '../../../../main/call/machine-state.ts'
import { createReports, reportLimits } from '../../../../main/call/reports.ts'
import { createFakeClock } from './fake-clock.ts'
import { sample } from './sample.ts'

type Asked = { name: string; data: Record<string, unknown>; id: string | undefined; answer: (r: Result<never>) => void }

const setUp = (talkedMs = 0) => {
  const clock = createFakeClock()
  const asked: Asked[] = []
  let ids = 0
  const reports = createReports({
    clock,
    log: silentLogger,
    newId: () => `id-${(ids += 1)}`,
    request: (name, data, options) =>
      new Promise((resolve) => {
        asked.push({ name, data, id: options?.requestId, answer: resolve })
      })
  })
  const call = (status: CallStatus): Call =>
    ({ session: 's1', callId: 'c1', status, talk: { ms: talkedMs, since: null } }) as Partial<Call> as Call
  const tell = (count: number) => {
    for (let n = 0; n < count; n += 1) reports.sample('s1', sample)
  }
  const settle = async (at: number, result: Result<unknown>) => {
    asked[at]?.answer(result as Result<never>)
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  const numbers = (at: number) => (asked[at]?.data['samples'] as { n: number }[] | undefined)?.map(({ n }) => n)
  const begin = () => reports.look([call('conversation')])
  const end = () => reports.look([call('finished')])
  return { clock, reports, call, asked, tell, settle, numbers, begin, end }
}
const taken = ok({ kept: 5, refused: [] })

describe('samples of a talk', () => {
  it('go a few at once, one message at a time, each number once', async () => {
    const { begin, tell, asked, settle, numbers } = setUp()
    begin()
    tell(4)
    expect(asked).toEqual([])
    tell(1)
    tell(12)
    expect(asked.map(({ name }) => name)).toEqual(['call.metrics'])
    expect(numbers(0)).toEqual([0, 1, 2, 3, 4])
    await settle(0, taken)
    expect(numbers(1)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
    await settle(1, taken)
    expect(asked).toHaveLength(2)
  })

  it('go at the end of the talk, however few, and what is told a moment after it goes too', async () => {
    const { begin, end, tell, reports, asked, settle, numbers, clock } = setUp()
    begin()
    tell(2)
    end()
    expect(numbers(0)).toEqual([0, 1])
    await settle(0, taken)
    clock.advance(reportLimits.lastMs)
    expect(reports.sample('s1', sample)).toEqual(ok({}))
    expect(numbers(1)).toEqual([2])
    clock.advance(1)
    expect(reports.sample('s1', sample)).toEqual(fail('call_session_finished'))
    expect(asked).toHaveLength(2)
  })

  it.each(['disconnected', 'timeout', 'unavailable', 'rate_limited'] as const)(
    'survive %s: the same ones under the same id, after a pause',
    async (code) => {
      const { begin, tell, asked, settle, numbers, clock } = setUp()
      begin()
      tell(5)
      await settle(0, fail(code))
      tell(3)
      expect(asked).toHaveLength(1)
      clock.advance(reportLimits.retryMs)
      expect(asked).toHaveLength(2)
      expect([asked[1]?.id, numbers(1)]).toEqual([asked[0]?.id, [0, 1, 2, 3, 4]])
      // By the clock of this try: the server reckons by it.
      expect(asked[1]?.data['now']).toBe(clock.now())
      await settle(1, taken)
      tell(2)
      expect(numbers(2)).toEqual([5, 6, 7, 8, 9])
      expect(asked[2]?.id).not.toBe(asked[0]?.id)
    }
  )

  it('of another talk do not wait for those that the server cannot take yet', async () => {
    const { reports, call, asked, settle, clock } = setUp()
    const both = (status: CallStatus): readonly Call[] =>
      ['s1', 's2'].map((session) => ({ ...call(status), session, callId: `of ${session}` }))
    reports.look(both('conversation'))
    for (let n = 0; n < 5; n += 1) for (const session of ['s1', 's2']) reports.sample(session, sample)
    const told = () => asked.map(({ data }) => data['callId'])
    await settle(0, fail('unavailable'))
    expect(told()).toEqual(['of s1', 'of s2'])
    await settle(1, taken)
    reports.sample('s1', sample)
    expect(told()).toHaveLength(2)
    clock.advance(reportLimits.retryMs)
    expect(told()).toEqual(['of s1', 'of s2', 'of s1'])
    expect(asked[2]?.id).toBe(asked[0]?.id)
  })

  it('that are refused for good are dropped, and the next ones go', async () => {
    const { begin, tell, settle, numbers } = setUp()
    begin()
    tell(5)
    await settle(0, fail('access_denied'))
    tell(5)
    expect(numbers(1)).toEqual([5, 6, 7, 8, 9])
  })

  it('are bounded while there is no server, and never more than a record takes', async () => {
    const { begin, tell, settle, asked, numbers, clock } = setUp()
    begin()
    tell(5)
    await settle(0, fail('disconnected'))
    tell(mostSamples + 100)
    clock.advance(reportLimits.retryMs)
    await settle(1, taken)
    const sent: number[] = []
    for (let at = 2; asked[at] !== undefined; at += 1) {
      sent.push(...(numbers(at) ?? []))
      await settle(at, taken)
    }
    expect(sent).toHaveLength(reportLimits.waiting)
    expect(sent.at(-1)).toBe(mostSamples - 1)
  })

  it('are given up when they would come too late', async () => {
    const { begin, end, tell, settle, asked, clock } = setUp()
    begin()
    tell(2)
    end()
    await settle(0, fail('unavailable'))
    clock.advance(lateSamplesMs)
    const tries = asked.length
    await settle(tries - 1, fail('unavailable'))
    clock.advance(lateSamplesMs)
    expect(asked).toHaveLength(tries)
  })

  it('of a talk that goes on when the app starts again have numbers of their own', () => {
    const { begin, tell, numbers } = setUp(61_000)
    begin()
    tell(5)
    expect(numbers(0)?.[0]).toBe(12)
  })

  it('are taken of talks alone, and of nobody’s after signing out', async () => {
    const { reports, begin, tell, settle, asked, clock } = setUp()
    expect(reports.sample('s1', sample)).toEqual(fail('invalid_call'))
    begin()
    expect(reports.sample('s2', sample)).toEqual(fail('invalid_call'))
    tell(5)
    await settle(0, fail('disconnected'))
    reports.forget()
    clock.advance(60_000)
    expect(asked).toHaveLength(1)
    expect(reports.rate('s1', { rating: 'good', reason: null })).toEqual(fail('invalid_call'))
  })
})

describe('what a person says of a talk', () => {
  it('goes at once, before samples; a later word replaces one that waits', async () => {
    const { begin, end, reports, tell, asked, settle, clock } = setUp()
    begin()
    end()
    reports.rate('s1', { rating: 'good', reason: null })
    expect(asked[0]).toMatchObject({ name: 'call.rate', data: { callId: 'c1', rating: 'good' } })
    await settle(0, fail('disconnected'))
    reports.rate('s1', { rating: 'bad', reason: 'echo' })
    tell(1)
    clock.advance(reportLimits.retryMs)
    expect(asked[1]).toMatchObject({ name: 'call.rate', data: { rating: 'bad', reason: 'echo' } })
    expect(asked[1]?.id).not.toBe(asked[0]?.id)
    await settle(1, ok({ rating: 'bad', reason: 'echo' }))
    expect(asked.map(({ name }) => name)).toEqual(['call.rate', 'call.rate', 'call.metrics'])
  })

  it('is given up after an hour', async () => {
    const { begin, end, reports, asked, settle, clock } = setUp()
    begin()
    end()
    clock.advance(lateRatingMs)
    reports.rate('s1', { rating: 'good', reason: null })
    await settle(0, fail('disconnected'))
    clock.advance(reportLimits.retryMs)
    expect(asked).toHaveLength(1)
  })
})
