// @vitest-environment happy-dom
// A call in the main window with fakes behind it: what keys and clicks ask of main, and what is on the screen then.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'
import { asks, button, close, open, press, settle } from './page.ts'

afterEach(() => {
  close()
  vi.restoreAllMocks()
})

describe('an incoming call', () => {
  it('is said at once, takes the focus to no button, and is answered or declined by keys', async () => {
    const { bridge } = await open('incoming', { wide: true })
    await settle()
    expect(document.querySelector('[aria-live=assertive]')?.textContent).toBe('Incoming call from Sara Rahimi')
    expect(document.activeElement?.tagName).not.toBe('BUTTON')
    press(document.body, { key: 'Enter' })
    expect(asks(bridge, 'answer')).toEqual([])
    press(document.body, { key: 'Enter', ctrlKey: true })
    press(document.body, { key: 'Enter', ctrlKey: true, shiftKey: true })
    expect(asks(bridge, 'answer')).toEqual([{ session: 's1' }])
    expect(asks(bridge, 'decline')).toEqual([{ session: 's1' }])
  })
})

describe('a call', () => {
  it('is muted by the button and by keys, and says so', async () => {
    const { bridge } = await open('talking', { wide: true })
    button('Mute').click()
    press(document.body, { key: 'M', code: 'KeyM', ctrlKey: true, shiftKey: true })
    expect(asks(bridge, 'mute')).toEqual([
      { session: 's1', muted: true },
      { session: 's1', muted: true }
    ])
    bridge.change({ calls: snapshotOf('muted', 'en', 'light', Date.now()).calls })
    await settle()
    button('Unmute').click()
    expect(asks(bridge, 'mute').at(-1)).toEqual({ session: 's1', muted: false })
    expect(document.querySelector('[aria-live=polite]')?.textContent).toBe('Your microphone is muted')
  })
  it('is hung up, and can be made again from its end', async () => {
    const { bridge } = await open('talking', { wide: true })
    button('Hang up').click()
    bridge.change({ calls: snapshotOf('ended', 'en', 'light', Date.now()).calls })
    await settle()
    expect(document.querySelector('.outcome')?.textContent).toBe('They hung up')
    button('Call again').click()
    button('Close').click()
    expect(bridge.asked.map(([name]) => name)).toEqual(['hangUp', 'dial', 'dismiss'])
  })
  it('that was found when the app was started again says that it goes on without one, and can be returned to', async () => {
    const { bridge } = await open('contacts', { wide: true })
    const found = snapshotOf('talking', 'en', 'light', Date.now()).calls.map((call) => ({
      ...call,
      floor: false,
      can: { ...call.can, answer: true, decline: false, hangUp: true, mute: false }
    }))
    bridge.change({ calls: found })
    await settle()
    expect(document.querySelector('[aria-live=assertive]')?.textContent).toBe('')
    expect(document.querySelector('.stage .state')?.textContent).toContain('your microphone is off')
    button('Back to the call').click()
    press(document.body, { key: 'Enter', ctrlKey: true })
    expect(asks(bridge, 'answer')).toEqual([{ session: 's1' }, { session: 's1' }])
  })
  it('made small stays in reach, and comes back', async () => {
    const { bridge } = await open('talking', { wide: true })
    button('Minimise the call').click()
    await settle()
    expect(document.querySelector('.stage')).toBeNull()
    button('Hang up: Sara Rahimi').click()
    expect(asks(bridge, 'hangUp')).toEqual([{ session: 's1' }])
    document.querySelector<HTMLButtonElement>('.bar .open')?.click()
    await settle()
    expect(document.querySelector('.stage')).not.toBeNull()
  })
  it('that comes later is not small because an earlier one was', async () => {
    const { bridge } = await open('talking', { wide: true })
    button('Minimise the call').click()
    const next = snapshotOf('talking', 'en', 'light', Date.now()).calls.map((call) => ({ ...call, session: 's9' }))
    bridge.change({ calls: next })
    await settle()
    expect(document.querySelector('.stage')).not.toBeNull()
  })
})
