// @vitest-environment happy-dom
// The page of sound: what is chosen is kept and tried, the microphone is open no longer than somebody tries it, and a
// device that comes or goes is told.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { DeviceChange } from '../../../../common/devices.ts'
import { fail, ok } from '../../../../common/result.ts'
import type { MediaEngine } from '../../../../renderer/state/media-port.ts'
import type { StateName } from '../../../support/ui-gallery/states.ts'
import { asks, button, close, open, settle } from './page.ts'

afterEach(close)

const section = async (index: number) => {
  document.querySelectorAll<HTMLButtonElement>('nav button')[index]?.click()
  await settle()
}
const openSound = async (sound: Partial<MediaEngine> = {}, state: StateName = 'settings') => {
  const page = await open(state, { wide: true, sound })
  await section(2)
  document.querySelector<HTMLButtonElement>('[data-page=sound]')?.click()
  await settle()
  return page
}
const labelled = (name: string): Element => {
  const label = [...document.querySelectorAll('label')].find((one) => one.textContent.trim() === name)
  const found = label === undefined ? null : document.getElementById(label.htmlFor)
  if (found === null) throw new Error(`nothing is called ${name}`)
  return found
}
const pick = async (name: string, value: string) => {
  const field = labelled(name)
  if (!(field instanceof HTMLSelectElement)) throw new Error(`${name} is no choice`)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await settle()
}
const meters = () => [...document.querySelectorAll('[role=meter]')].map((one) => one.getAttribute('aria-label'))
const microphoneTry = (changed: Partial<MediaEngine['microphoneTry']> = {}) => ({
  open: vi.fn(async () => Promise.resolve(ok({}))),
  repeat: vi.fn(async () => Promise.resolve(ok({}))),
  close: vi.fn(),
  ...changed
})

describe('what is chosen', () => {
  it('is kept with its name', async () => {
    const { bridge } = await openSound()
    await pick('Ring on', 'out-1')
    await pick('Microphone', 'mic-2')
    await pick('Speaker', 'default')
    expect(asks(bridge, 'changeSettings')).toEqual([
      { ringer: 'out-1', ringerLabel: 'Built-in Audio Analog Stereo' },
      { microphone: 'mic-2', microphoneLabel: 'Jabra Evolve2 65' },
      { speaker: 'default', speakerLabel: '' }
    ])
  })

  it('of ringtones is heard at once', async () => {
    const testRing = vi.fn()
    const { bridge } = await openSound({ testRing })
    await pick('Ringtone', 'marimba')
    expect(asks(bridge, 'changeSettings')).toEqual([{ ringtone: 'marimba' }])
    expect(testRing).toHaveBeenLastCalledWith('marimba')
    button('Hear the ring').click()
    expect(testRing).toHaveBeenCalledTimes(2)
  })

  it('without a ring has nothing to turn or to hear, and says what that means', async () => {
    await openSound()
    await pick('Ringtone', 'silent')
    expect(document.body.textContent).toContain('Calls are shown and make no sound.')
    expect(() => button('Hear the ring')).toThrow()
    expect(() => labelled('Ring volume')).toThrow()
  })
})

describe('the microphone', () => {
  it('is open from a press until another one, with its meter', async () => {
    const tried = microphoneTry()
    await openSound({ microphoneTry: tried })
    expect(meters()).toEqual([])
    expect(tried.open).not.toHaveBeenCalled()
    button('Try the microphone').click()
    await settle()
    expect(tried.open).toHaveBeenCalledOnce()
    expect(meters()).toEqual(['Level of your microphone'])
    button('Stop trying').click()
    await settle()
    expect(tried.close).toHaveBeenCalledOnce()
    expect(meters()).toEqual([])
  })

  it('is closed with the page', async () => {
    const tried = microphoneTry()
    await openSound({ microphoneTry: tried })
    button('Try the microphone').click()
    await settle()
    await section(0)
    expect(tried.close).toHaveBeenCalledOnce()
  })

  it('is repeated, told step by step', async () => {
    let step: (next: 'recording' | 'playing') => void = () => undefined
    let done = (): void => undefined
    const repeat: MediaEngine['microphoneTry']['repeat'] = (onStep) => {
      step = onStep
      return new Promise((resolve) => {
        done = () => resolve(ok({}))
      })
    }
    await openSound({ microphoneTry: microphoneTry({ repeat: vi.fn(repeat) }) })
    button('Try the microphone').click()
    await settle()
    const words = () => document.querySelector('.try [role=status]')?.textContent.trim()
    expect(words()).toContain('Say something')
    button('Record and listen').click()
    step('recording')
    await settle()
    expect(words()).toContain('Recording')
    expect(button('Record and listen').getAttribute('aria-disabled')).toBe('true')
    step('playing')
    await settle()
    expect(words()).toContain('how you sound')
    done()
    await settle()
    await settle()
    expect(button('Record and listen').getAttribute('aria-disabled')).toBe('false')
  })

  it('that can’t be opened says why', async () => {
    await openSound({
      microphoneTry: microphoneTry({ open: vi.fn(async () => Promise.resolve(fail('microphone_busy'))) })
    })
    button('Try the microphone').click()
    await settle()
    await settle()
    expect(document.querySelector('.try [role=status]')?.textContent.trim()).not.toBe('')
    expect(meters()).toEqual([])
    expect(button('Try the microphone')).toBeDefined()
  })

  it('belongs to a call that begins, and both levels of a call are shown by themselves', async () => {
    const tried = microphoneTry()
    await openSound({ microphoneTry: tried }, 'talking')
    expect(meters()).toEqual(['Level of your microphone', 'Level of what you hear'])
    expect(() => button('Try the microphone')).toThrow()
    expect(tried.open).not.toHaveBeenCalled()
  })
})

describe('a device', () => {
  const come = async () => {
    let tell: (change: DeviceChange) => void = () => undefined
    const onDeviceChange = (listener: typeof tell) => {
      tell = listener
      return () => undefined
    }
    await open('contacts', { sound: { onDeviceChange } })
    return async (change: DeviceChange) => {
      tell(change)
      await settle()
      return [...document.querySelectorAll('.toast')].map((one) =>
        one.textContent.replace(/[\u2066\u2069]/g, '').trim()
      )
    }
  }

  it('that goes is told with what is used instead, and once it is back no longer', async () => {
    const told = await come()
    expect(await told({ lost: ['Headset', 'Headset Mono'], back: [] })).toEqual([
      'Disconnected: Headset · Headset Mono. The system default is used until it is back.'
    ])
    expect(await told({ lost: [], back: ['Headset'] })).toEqual(['Connected and in use again: Headset.'])
  })
})
