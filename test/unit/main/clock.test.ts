// The app's clock where the machine's is set, or the machine sleeps: nothing that is waited for ends early or late, and no
// talk grows.
import { describe, expect, it } from 'vitest'
import { isLive } from '../../../common/call/status.ts'
import type { CallSnapshot, WireStatus } from '../../../common/types.ts'
import { step } from '../../../main/call/machine.ts'
import { initialPhone, type PhoneEvent, type PhoneState } from '../../../main/call/machine-state.ts'
import { createViews } from '../../../main/call/view.ts'
import { createTime } from '../../../main/clock.ts'
import { peerOf } from './call/fake-server.ts'
import { createFakeMachine } from '../fake-machine.ts'

const hourMs = 3_600_000

describe("the app's clock", () => {
  it.each([hourMs, -hourMs])('is not moved by a clock that is set by %d ms', (byMs) => {
    const { now, pass, set } = createFakeMachine(createTime)
    const before = now()
    set(byMs)
    expect(now()).toBe(before)
    pass(1_000)
    set(-2 * byMs)
    expect(now()).toBe(before + 1_000)
  })

  it.each([0, hourMs, -hourMs])('counts sleep, also after it was set by %d ms', (byMs) => {
    const { now, pass, set, sleep } = createFakeMachine(createTime)
    const before = now()
    set(byMs)
    now()
    sleep(8 * hourMs)
    expect(now()).toBe(before + 8 * hourMs)
    pass(500)
    sleep(10_000)
    expect(now()).toBe(before + 8 * hourMs + 10_500)
  })
})

describe('a phone whose machine is set', () => {
  const aheadMs = 7_000
  const snapshot = (status: WireStatus, seq: number, serverNow: number): CallSnapshot => ({
    id: 'c1',
    seq,
    status,
    direction: 'outbound',
    caller: peerOf('me'),
    receptor: peerOf('them'),
    leg: 'chosen',
    media: { caller: 'connected', receptor: 'connected' },
    muted: { caller: false, receptor: false },
    held: { caller: false, receptor: false },
    waiting: false,
    silent: false,
    moving: false,
    transfer: null,
    transferFailed: null,
    conference: [],
    joinable: false,
    check: false,
    echo: false,
    createdAt: serverNow,
    talk: { ms: 0, since: status === 'conversation' ? serverNow : null },
    maxDurationMs: 30 * 60_000,
    now: serverNow
  })

  it.each([
    ['ringing', hourMs],
    ['ringing', -hourMs],
    ['conversation', hourMs],
    ['conversation', -hourMs]
  ] as const)('%s, by %d ms: nothing ends, and the talk time goes on evenly', (status, byMs) => {
    const { now, pass, set } = createFakeMachine(createTime)
    const fresh = { session: 's', requests: 'r' }
    let phone: PhoneState = initialPhone
    const happen = (event: PhoneEvent): void => {
      phone = step(phone, event, now()).phone
    }
    const talkMs = (): number => {
      const talk = createViews()(phone)[0]?.talk
      return talk === undefined || talk.since === null ? 0 : talk.ms + now() - talk.since
    }
    happen({ kind: 'joined', boot: 'b', now: now() + aheadMs, calls: [], named: [], fresh: [] })
    happen({ kind: 'dial', fresh, peer: peerOf('them') })
    happen({ kind: 'changed', call: snapshot(status, 5, now() + aheadMs), fresh })
    pass(5_000)
    set(byMs)
    happen({ kind: 'time' })
    expect(phone.calls.map((call) => [call.status, isLive(call.status), call.timeLeft])).toEqual([
      [status, true, 'enough']
    ])
    expect(talkMs()).toBe(status === 'conversation' ? 5_000 : 0)
    pass(1_000)
    happen({ kind: 'time' })
    expect(talkMs()).toBe(status === 'conversation' ? 6_000 : 0)
  })
})
