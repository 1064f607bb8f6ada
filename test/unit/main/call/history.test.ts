// Random histories: phones on a network that loses, repeats, reorders and breaks, against the fake server. Whatever
// happens, the delegate's order, the microphone, the tones and every wait stay within their rules.
// RUNS=20000 asks for more histories, SEED=random for others than the usual ones, SEED=… for the same ones again.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFakeWorld, short } from './fake-world.ts'
import { act, begin, beginnings, deed, devices, type Consents } from './history-deeds.ts'
import { bySession, checkNow, checkOrder, checkRest, statesOf } from './history-rules.ts'
import { askedSeed } from '../../../support/seed.ts'

const runs = Number(process.env['RUNS'] ?? 2_000)
const seed = askedSeed(8)

describe('random histories', () => {
  it(`keep the rules (${runs} of them, SEED=${seed})`, { timeout: 600_000 }, async () => {
    const seen = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...beginnings),
        fc.array(deed, { minLength: 5, maxLength: 60 }),
        async (beginning, deeds) => {
          const world = createFakeWorld()
          const phones = devices.map(([device, username]) => world.add(device, username))
          const consents: Consents = new Set()
          await begin(world, phones, beginning, consents)
          for (const each of deeds) {
            await act(world, phones, each, consents)
            for (const phone of phones) {
              checkNow(world, phone, consents)
              for (const state of statesOf(world, phone)) seen.set(state, (seen.get(state) ?? 0) + 1)
            }
          }
          // Left alone without a connection, everything ends: no wait is without a bound.
          for (const phone of phones) phone.disconnect()
          for (let minute = 0; minute < 12; minute += 1) await world.advance(60_000)
          for (const phone of phones) {
            expect(phone.phone.calls()).toEqual([])
            expect(phone.phone.orders()).toEqual([])
            expect(phone.phone.tone()).toBe('none')
            for (const events of bySession(phone.heard).values()) {
              checkOrder(events)
              expect(short(events).at(-1)).toBe('flushed/L')
              for (const event of short(events)) seen.set(event, (seen.get(event) ?? 0) + 1)
            }
          }
          expect(world.clock.pending()).toBe(0)
        }
      ),
      { numRuns: runs, seed }
    )
    // A property that never meets a state says nothing of it.
    if (runs >= 2_000) {
      const expected = [
        'trying',
        'ringing',
        'ringing/L',
        'accepted',
        'accepted/L',
        'conversation',
        'paused',
        'finished',
        'finished/L'
      ]
      const reasons = [
        'hangup',
        'rejected',
        'missed',
        'busy',
        'unknown',
        'call_received',
        'messaging_connection_broken'
      ]
      const states = [
        'wants hold',
        'wants conference',
        'tone ringingSoftly',
        'held here',
        'held there',
        'waiting',
        'silent',
        'moving',
        'hosts',
        'in a conference',
        'transfers',
        'is transferred',
        'connected',
        'end transferred',
        'end answered_elsewhere',
        'end glare'
      ]
      for (const each of [...expected, ...states, ...reasons.map((reason) => `E(${reason})`)])
        expect(seen.get(each) ?? 0, each).toBeGreaterThan(4)
    }
  })

  it(
    `come to rest with the server once the network is well (${Math.ceil(runs / 4)} of them, SEED=${seed})`,
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...beginnings),
          fc.array(deed, { minLength: 5, maxLength: 40 }),
          async (beginning, deeds) => {
            const world = createFakeWorld()
            const phones = devices.map(([device, username]) => world.add(device, username))
            const consents: Consents = new Set()
            await begin(world, phones, beginning, consents)
            for (const each of deeds) await act(world, phones, each, consents)
            for (const phone of phones) {
              phone.disconnect()
              phone.connect()
            }
            await world.flow()
            // What was refused for a moment is told again after one.
            await world.advance(1_500)
            await world.flow()
            checkRest(world, phones)
          }
        ),
        { numRuns: Math.ceil(runs / 4), seed }
      )
    }
  )
})
