// How a lost leg is brought back: the pure policy, by examples and by random histories.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maxRestarts,
  patienceMs,
  recover,
  recoveryDeadline,
  restartMs,
  type Recovery,
  type RecoveryEvent
} from '../../../../renderer/media/recovery.ts'

const whole: Recovery = { state: 'whole' }

describe('recovery', () => {
  it('waits two seconds before it restarts ICE', () => {
    const lost = recover(whole, { kind: 'lost', failed: false }, true, 0)
    expect(lost).toEqual({ recovery: { state: 'patient', until: patienceMs }, act: 'none' })
    expect(recover(lost.recovery, { kind: 'time' }, true, patienceMs - 1).act).toBe('none')
    expect(recover(lost.recovery, { kind: 'time' }, true, patienceMs).act).toBe('restartIce')
  })

  it('restarts at once where the transport has failed', () => {
    expect(recover(whole, { kind: 'lost', failed: true }, true, 0).act).toBe('restartIce')
  })

  it('asks for a rebuild after the last restart was in vain', () => {
    let step = recover(whole, { kind: 'lost', failed: true }, true, 0)
    for (let attempt = 1; attempt < maxRestarts; attempt++) {
      step = recover(step.recovery, { kind: 'time' }, true, attempt * restartMs)
      expect(step.act).toBe('restartIce')
    }
    step = recover(step.recovery, { kind: 'time' }, true, maxRestarts * restartMs)
    expect(step).toEqual({ recovery: { state: 'rebuilding' }, act: 'rebuild' })
  })

  it('does not count tries while signalling is away, and restarts the moment it is back', () => {
    const lost = recover(whole, { kind: 'lost', failed: true }, false, 0)
    expect(lost).toEqual({ recovery: { state: 'stranded' }, act: 'none' })
    expect(recoveryDeadline(lost.recovery)).toBeNull()
    expect(recover(lost.recovery, { kind: 'joined' }, true, 9)).toEqual({
      recovery: { state: 'restarting', attempt: 1, until: 9 + restartMs },
      act: 'restartIce'
    })
  })

  it('is whole again when the transports are, from any state', () => {
    const states: Recovery[] = [
      { state: 'patient', until: 1 },
      { state: 'restarting', attempt: 2, until: 1 },
      { state: 'stranded' }
    ]
    for (const state of states) expect(recover(state, { kind: 'connected' }, true, 0).recovery).toEqual(whole)
  })

  it('rebuilds once where the server forgot the leg', () => {
    const forgotten = recover(whole, { kind: 'forgotten' }, true, 0)
    expect(forgotten.act).toBe('rebuild')
    expect(recover(forgotten.recovery, { kind: 'forgotten' }, true, 0).act).toBe('none')
  })

  it('never waits without a deadline while signalling works, and rebuilds at most once', () => {
    const event: fc.Arbitrary<RecoveryEvent> = fc.oneof(
      fc.record({ kind: fc.constant('lost' as const), failed: fc.boolean() }),
      fc.constantFrom<RecoveryEvent>({ kind: 'joined' }, { kind: 'unjoined' }, { kind: 'forgotten' }, { kind: 'time' })
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(6_000)), { maxLength: 40 }), (history) => {
        let { recovery } = recover(whole, { kind: 'connected' }, true, 0)
        let joined = true
        let now = 0
        let rebuilds = 0
        for (const [happened, after] of history) {
          now += after
          if (happened.kind === 'joined') joined = true
          if (happened.kind === 'unjoined') joined = false
          const step = recover(recovery, happened, joined, now)
          recovery = step.recovery
          if (step.act === 'rebuild') rebuilds += 1
          if (step.act === 'restartIce') expect(joined).toBe(true)
          if (recovery.state === 'patient' || recovery.state === 'restarting') {
            expect(recoveryDeadline(recovery)).toBeLessThanOrEqual(now + restartMs)
          }
          if (recovery.state === 'stranded') expect(joined).toBe(false)
        }
        expect(rebuilds).toBeLessThanOrEqual(1)
      }),
      { numRuns: 2_000 }
    )
  })
})
