// Alerts: told once for each call, by whichever way comes first, and never not at all.
import { describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { defaultSettings, type Settings } from '../../../../common/protocol/settings.ts'
import { createAlerts } from '../../../../main/shell/alerts.ts'
import { callView, createFakeClock, snapshotOf, talking } from './fixtures.ts'

const setUp = (settings: Partial<Settings> = {}) => {
  const clock = createFakeClock()
  const ring = vi.fn<(session: string | null) => void>()
  const raised = vi.fn<() => void>()
  const told: string[] = []
  const alerts = createAlerts({
    ring: { update: ring },
    raiseWindow: raised,
    alertShown: (session) => told.push(session),
    clock,
    log: silentLogger
  })
  const update = (...calls: Parameters<typeof callView>[0][]) =>
    alerts.update(snapshotOf({ calls: calls.map(callView), settings: { ...defaultSettings, ...settings } }))
  return { clock, ring, raised, told, alerts, update }
}

describe('an alert', () => {
  it('is told once, when the first way has it on the screen', () => {
    const { alerts, update, told, clock } = setUp()
    update({})
    expect(told).toEqual([])
    alerts.shown('s1')
    alerts.shown('s1')
    clock.advance(10_000)
    expect(told).toEqual(['s1'])
  })

  it('is told after a while even if nothing comes up: the tone rings', () => {
    const { update, told, clock } = setUp()
    update({})
    clock.advance(1_499)
    expect(told).toEqual([])
    clock.advance(1)
    expect(told).toEqual(['s1'])
  })

  it('is told at once where the person wants no more than the tone', () => {
    const { update, told } = setUp({ notifyIncoming: false, ringWindow: false })
    update({})
    expect(told).toEqual(['s1'])
  })

  it('is not told for a call that is over, nor for one unknown', () => {
    const { alerts, update, told, clock } = setUp()
    update({})
    update()
    alerts.shown('s1')
    alerts.shown('other')
    clock.advance(10_000)
    expect(told).toEqual([])
  })
})

describe('the ring window', () => {
  it('comes after the notification, which goes first', () => {
    const { alerts, update, ring } = setUp()
    update({})
    expect(ring).toHaveBeenLastCalledWith(null)
    alerts.shown('s1')
    expect(ring).toHaveBeenLastCalledWith('s1')
  })

  it('does not wait for a slow daemon', () => {
    const { update, ring, clock } = setUp()
    update({})
    clock.advance(250)
    expect(ring).toHaveBeenLastCalledWith('s1')
  })

  it('comes at once where there is no notification, and goes with the call', () => {
    const { update, ring } = setUp({ notifyIncoming: false })
    update({})
    expect(ring).toHaveBeenLastCalledWith('s1')
    update(talking())
    expect(ring).toHaveBeenLastCalledWith(null)
  })

  it('has one call, the oldest that alerts, and the next when that is over', () => {
    const { alerts, update, ring } = setUp({ notifyIncoming: false })
    update({}, { session: 's2' })
    expect(ring).toHaveBeenLastCalledWith('s1')
    alerts.shown('s1')
    update({ session: 's2' })
    expect(ring).toHaveBeenLastCalledWith('s2')
  })

  it('stays away where the person does not want it', () => {
    const { update, ring, clock } = setUp({ ringWindow: false })
    update({})
    clock.advance(10_000)
    expect(ring.mock.calls.flat()).not.toContain('s1')
  })
})

it('raises the window once for each call, where that is set', () => {
  const { update, raised } = setUp({ raiseOnIncoming: true })
  update({})
  update({}, { session: 's2' })
  expect(raised).toHaveBeenCalledTimes(2)
  expect(setUp().raised).not.toHaveBeenCalled()
})
