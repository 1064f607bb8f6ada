// What every database must do for how talks were: the same tests for the embedded one and for PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mostInBatch, mostSamples } from '../../../common/quality.ts'
import type { Clock } from '../../../common/time.ts'
import type { KeptSample } from '../../../server/quality/stored.ts'
import { StoreUnavailable, type Store } from '../../../server/store/index.ts'
import { endRecord } from './records.ts'
import { createStoreWorld, type StoreWorld } from './store-world.ts'

const sample: KeptSample = {
  at: 1_000,
  spanMs: 6_000,
  mos: 4.2,
  lossIn: 0,
  lossOut: 0,
  jitterMs: 3,
  delayMs: 70,
  roundTripMs: 25,
  cause: null
}
const poor: KeptSample = { ...sample, mos: 2, lossIn: 0.12, cause: { kind: 'lossIn', whose: 'theirs' } }

export const describeQuality = (name: string, open: (clock: Clock) => Promise<Store>): void => {
  describe(name, () => {
    let world: StoreWorld
    beforeAll(async () => {
      world = await createStoreWorld(open)
    })
    afterAll(() => world.store.close())

    const over = (callId: string) =>
      world.store.journal.commit([
        endRecord(callId, world.sara.userId, world.kian.userId, { createdAt: 500, startedAt: 900, talkMs: 1_100 })
      ])
    const append = (callId: string, first: number, samples: readonly KeptSample[], side = 'caller' as const) =>
      world.store.quality.append({ callId, deviceId: 'd-caller', side, first, samples })
    const shown = async (username: string, callId: string) => {
      const session = await world.sessionOf((await world.signedIn(username)).accessToken)
      const details = await world.store.history.details(session, callId)
      if (!details.ok) throw new Error(details.error.code)
      return details.value
    }

    it('keeps samples once, however often they come, and shows both sides each as its own', async () => {
      await over('q-1')
      for (let times = 0; times < 2; times += 1) expect(await append('q-1', 0, [sample, sample])).toBe(true)
      expect(await append('q-1', 2, [poor])).toBe(true)
      const mine = await shown('101', 'q-1')
      expect(mine.quality).toMatchObject({ mine: { measuredMs: 18_000, poorMs: 6_000 }, theirs: null })
      expect(mine.quality.mine?.worst).toEqual({ kind: 'lossIn', whose: 'theirs', amount: 0.12 })
      expect(mine.quality.mine?.series).toHaveLength(3)
      const theirs = await shown('102', 'q-1')
      expect(theirs.quality).toEqual({ mine: null, theirs: mine.quality.mine })
      const record = await world.store.callRecords.find('default', 'q-1')
      expect(record?.quality.caller.measured).toEqual(mine.quality.mine)
    })

    it('keeps only so many of one side', async () => {
      await over('q-2')
      const many = Array.from({ length: mostSamples - 1 }, () => sample)
      expect(await append('q-2', 0, many)).toBe(true)
      expect(await append('q-2', mostSamples - 1, [sample, sample])).toBe(false)
      expect(await append('q-2', mostSamples - 1, [sample])).toBe(true)
      expect((await shown('101', 'q-2')).quality.mine?.measuredMs).toBe(mostSamples * 6_000)
    })

    it('keeps no more of one side, though its devices tell at once', async () => {
      const some = (count: number) => Array.from({ length: count }, () => sample)
      // The first rounds make the connections.
      for (const callId of Array.from({ length: 8 }, (_, round) => `q-5-${round}`)) {
        await over(callId)
        await append(callId, 0, some(mostSamples - mostInBatch))
        const firsts = Array.from({ length: 8 }, (_, at) => mostSamples + at * mostInBatch)
        const told = await Promise.all(firsts.map((first) => append(callId, first, some(mostInBatch))))
        expect(told.filter((isKept) => isKept)).toHaveLength(1)
      }
    })

    it('keeps the last that each side said, and shows it to that side and the back end', async () => {
      await over('q-3')
      const rate = (side: 'caller' | 'receptor', rating: 'good' | 'bad', reason: 'echo' | null) =>
        world.store.quality.rate({ callId: 'q-3', side, rating, reason, at: 5_000 })
      await rate('caller', 'bad', 'echo')
      await rate('caller', 'good', null)
      await rate('receptor', 'bad', 'echo')
      expect((await shown('101', 'q-3')).rating).toEqual({ rating: 'good', reason: null })
      expect((await shown('102', 'q-3')).rating).toEqual({ rating: 'bad', reason: 'echo' })
      expect((await world.store.callRecords.find('default', 'q-3'))?.quality).toMatchObject({
        caller: { rating: { rating: 'good' } },
        receptor: { rating: { rating: 'bad', reason: 'echo' } }
      })
    })

    it('waits for the record of its call, which an outage may have kept back', async () => {
      await expect(append('q-4', 0, [sample])).rejects.toThrow(StoreUnavailable)
      const said = { callId: 'q-4', side: 'caller', rating: 'good', reason: null, at: 1 } as const
      await expect(world.store.quality.rate(said)).rejects.toThrow(StoreUnavailable)
      await over('q-4')
      expect(await append('q-4', 0, [sample])).toBe(true)
    })
  })
}
