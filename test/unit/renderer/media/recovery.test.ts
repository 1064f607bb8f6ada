// How a lost leg is brought back: the pure policy, by examples and by random histories.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maxRestarts,
  patienceMs,
  rebuildPauseMs,
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

  it('asks for a rebuild where the server forgot the leg, after a pause and once', () => {
    const forgotten = recover(whole, { kind: 'forgotten' }, true, 0)
    expect(forgotten).toEqual({ recovery: { state: 'doomed', until: rebuildPauseMs }, act: 'none' })
    expect(recover(forgotten.recovery, { kind: 'time' }, true, rebuildPauseMs - 1).act).toBe('none')
    const rebuilding = recover(forgotten.recovery, { kind: 'time' }, true, rebuildPauseMs)
    expect(rebuilding.act).toBe('rebuild')
    expect(recover(rebuilding.recovery, { kind: 'forgotten' }, true, 0)).toEqual({ ...rebuilding, act: 'none' })
  })

  it('asks for nothing while signalling is away, and for a rebuild the moment it is back', () => {
    const forgotten = recover(whole, { kind: 'forgotten' }, false, 0)
    const waiting = recover(forgotten.recovery, { kind: 'time' }, false, rebuildPauseMs)
    expect(waiting).toEqual({ recovery: { state: 'doomed', until: null }, act: 'none' })
    expect(recoveryDeadline(waiting.recovery)).toBeNull()
    expect(recover(waiting.recovery, { kind: 'joined' }, true, 9_000).act).toBe('rebuild')
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
          if (step.act !== 'none') expect(joined).toBe(true)
          const deadline = recoveryDeadline(recovery)
          if (deadline !== null) expect(deadline).toBeLessThanOrEqual(now + restartMs)
          else if (recovery.state === 'stranded' || recovery.state === 'doomed') expect(joined).toBe(false)
        }
        expect(rebuilds).toBeLessThanOrEqual(1)
      }),
      { numRuns: 2_000 }
    )
  })
})
