// @vitest-environment happy-dom
// The main window's page with fakes behind it: what keys and clicks ask of main, and what is on the screen then.
import { flushSync, mount, tick, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RingBridge } from '../../../../common/ipc.ts'
import { ok } from '../../../../common/result.ts'
import type { RingView } from '../../../../common/snapshot.ts'
import { AppState } from '../../../../renderer/state/app-state.svelte.ts'
import { RingState } from '../../../../renderer/state/ring-state.svelte.ts'
import App from '../../../../renderer/ui/App.svelte'
import Ring from '../../../../renderer/ui/Ring.svelte'
import { loadAllScreens } from '../../../../renderer/ui/screens.ts'
import {
  createFakeBridge,
  createFakeMedia,
  createFakeRingBridge,
  type FakeBridge
} from '../../../support/ui-gallery/fakes.ts'
import { snapshotOf, type StateName } from '../../../support/ui-gallery/states.ts'

let close: () => void = () => undefined

const open = async (
  state: StateName,
  page: 'app' | 'ring' = 'app',
  locale: 'en' | 'fa' = 'en',
  dialFails = false
): Promise<FakeBridge> => {
  const snapshot = snapshotOf(state, locale, 'light', Date.now())
  const bridge = createFakeBridge(snapshot, { dialFails })
  const app = new AppState(bridge)
  const stop = app.start()
  await Promise.all([app.loaded, loadAllScreens()])
  const ring = new RingState(createFakeRingBridge(bridge, snapshot))
  ring.start()
  await Promise.resolve()
  const component =
    page === 'app'
      ? mount(App, { target: document.body, props: { bridge, app, media: createFakeMedia() } })
      : mount(Ring, { target: document.body, props: { bridge, ring } })
  flushSync()
  close = () => {
    stop()
    void unmount(component)
    document.body.innerHTML = ''
  }
  return bridge
}

const settle = async () => {
  await tick()
  await Promise.resolve()
  await tick()
}
const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name
  )
  if (found === undefined) throw new Error(`no button ${name}`)
  return found
}
const field = (): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>('.contacts input')
  if (found === null) throw new Error('no dial field')
  return found
}
const type = (text: string) => {
  field().value = text
  field().dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
}
const key = (target: EventTarget, pressed: KeyboardEventInit) => {
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...pressed }))
  flushSync()
}
const asks = (bridge: FakeBridge, name: string) =>
  bridge.asked.filter(([asked]) => asked === name).map(([, data]) => data)

beforeEach(() => {
  vi.stubGlobal('requestIdleCallback', () => 0)
  class Observer {
    observe = () => undefined
    disconnect = () => undefined
  }
  vi.stubGlobal('IntersectionObserver', Observer)
})
afterEach(() => {
  close()
  vi.restoreAllMocks()
})

describe('the dial field', () => {
  it('dials with Enter whom it names, and empties itself', async () => {
    const bridge = await open('contacts')
    type('كمالي')
    expect(document.querySelector('.enter')?.textContent).toContain('Call Arash Kamali')
    key(field(), { key: 'Enter' })
    expect(asks(bridge, 'dial')).toEqual([{ to: '103' }])
    expect(field().value).toBe('')
  })
  it('dials a Persian number with Latin digits', async () => {
    const bridge = await open('contacts', 'app', 'fa')
    type('۵۵۵')
    key(field(), { key: 'Enter' })
    expect(asks(bridge, 'dial')).toEqual([{ to: '555' }])
  })
  it('does not dial while a word is being composed, nor with nothing', async () => {
    const bridge = await open('contacts')
    key(field(), { key: 'Enter' })
    type('101')
    key(field(), { key: 'Enter', isComposing: true })
    expect(asks(bridge, 'dial')).toEqual([])
  })
  it('tells a failure in a sentence', async () => {
    await open('contacts', 'app', 'en', true)
    button('Call Sara Rahimi').click()
    await settle()
    expect(document.querySelector('.toast')?.textContent).toContain('There is no connection to the server')
  })
})

it('what was refused in the tray or a notification is told in a sentence', async () => {
  const bridge = await open('contacts', 'app', 'fa')
  bridge.refuse('too_many_calls')
  await settle()
  expect(document.querySelector('.toast')?.textContent).toContain('هم‌زمان تماس‌های زیادی دارید')
})

describe('the list', () => {
  it('is walked by arrow keys from the field and back', async () => {
    await open('contacts')
    field().focus()
    key(field(), { key: 'ArrowDown' })
    expect(document.activeElement?.textContent).toContain('Sara Rahimi')
    key(document.activeElement ?? document, { key: 'ArrowDown' })
    expect(document.activeElement?.textContent).toContain('Echo')
    key(document.activeElement ?? document, { key: 'ArrowRight' })
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove Echo from favourites')
    key(document.activeElement ?? document, { key: 'ArrowUp' })
    key(document.activeElement ?? document, { key: 'ArrowUp' })
    expect(document.activeElement).toBe(field())
  })
  it('has one tab stop per column, not one per row', async () => {
    await open('contacts')
    expect(document.querySelectorAll('[data-row] button[tabindex="0"]')).toHaveLength(3)
  })
  it('stars and unstars', async () => {
    const bridge = await open('contacts')
    button('Add Arash Kamali to favourites').click()
    button('Remove Echo from favourites').click()
    expect(asks(bridge, 'setFavourites').at(-1)).toEqual({ usernames: ['101', '103'] })
  })
})

describe('an incoming call', () => {
  it('is said at once, takes the focus to no button, and is answered or declined by keys', async () => {
    const bridge = await open('incoming')
    await settle()
    expect(document.querySelector('[aria-live=assertive]')?.textContent).toBe('Incoming call from Sara Rahimi')
    expect(document.activeElement?.tagName).not.toBe('BUTTON')
    key(document.body, { key: 'Enter' })
    expect(asks(bridge, 'answer')).toEqual([])
    key(document.body, { key: 'Enter', ctrlKey: true })
    key(document.body, { key: 'Enter', ctrlKey: true, shiftKey: true })
    expect(asks(bridge, 'answer')).toEqual([{ session: 's1' }])
    expect(asks(bridge, 'decline')).toEqual([{ session: 's1' }])
  })
})

describe('a call', () => {
  it('is muted by the button and by keys, and says so', async () => {
    const bridge = await open('talking')
    button('Mute').click()
    key(document.body, { key: 'M', code: 'KeyM', ctrlKey: true, shiftKey: true })
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
    const bridge = await open('talking')
    button('Hang up').click()
    bridge.change({ calls: snapshotOf('ended', 'en', 'light', Date.now()).calls })
    await settle()
    expect(document.querySelector('.outcome')?.textContent).toBe('They hung up')
    button('Call again').click()
    button('Close').click()
    expect(bridge.asked.map(([name]) => name)).toEqual(['hangUp', 'dial', 'dismiss'])
  })
  it('that was found when the app was started again says that it goes on without one, and can be returned to', async () => {
    const bridge = await open('contacts')
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
    key(document.body, { key: 'Enter', ctrlKey: true })
    expect(asks(bridge, 'answer')).toEqual([{ session: 's1' }, { session: 's1' }])
  })
  it('made small stays in reach, and comes back', async () => {
    const bridge = await open('talking')
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
    const bridge = await open('talking')
    button('Minimise the call').click()
    const next = snapshotOf('talking', 'en', 'light', Date.now()).calls.map((call) => ({ ...call, session: 's9' }))
    bridge.change({ calls: next })
    await settle()
    expect(document.querySelector('.stage')).not.toBeNull()
  })
})

describe('somebody opened from the list in a narrow window', () => {
  const row = (): HTMLButtonElement => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('.person')].find((one) =>
      one.textContent.includes('Arash Kamali')
    )
    if (found === undefined) throw new Error('no row')
    return found
  }
  const openCard = async () => {
    vi.spyOn(window, 'matchMedia').mockImplementation((query) =>
      Object.assign(new EventTarget(), { matches: false, media: query, onchange: null } as MediaQueryList)
    )
    await open('contacts')
    row().focus()
    row().click()
    await settle()
  }
  it('has the focus, and gives it back where it was', async () => {
    await openCard()
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Back')
    button('Back').click()
    await settle()
    expect(document.querySelector('.card')).toBeNull()
    expect(document.activeElement).toBe(row())
  })
  it('is left with Escape, wherever the focus is', async () => {
    await openCard()
    key(document.body, { key: 'Escape', isComposing: true })
    expect(document.querySelector('.card')).not.toBeNull()
    key(document.body, { key: 'Escape' })
    await settle()
    expect(document.querySelector('.card')).toBeNull()
  })
})

describe('the page', () => {
  it('says that it cannot reach the server where it never did, and not that anything was lost', async () => {
    const bridge = await open('contacts')
    bridge.change({ link: { state: 'disconnected', was: 'never', since: Date.now(), nextTryAt: null } })
    await settle()
    expect(document.querySelector('.note')?.textContent).toContain('The server can’t be reached')
    expect(document.querySelector('.note')?.textContent).not.toContain('lost')
    bridge.change({ link: { state: 'disconnected', was: 'joined', since: Date.now(), nextTryAt: null } })
    await settle()
    expect(document.querySelector('.note')?.textContent).toContain('The connection was lost')
  })
  it('takes the server that becomes known later into the field, until somebody types there', async () => {
    const bridge = await open('sign-in')
    const value = () => document.querySelector<HTMLInputElement>('input[name=server]')?.value
    bridge.change({ account: { state: 'signedOut', lastServer: 'https://a.example', error: null } })
    await settle()
    expect(value()).toBe('https://a.example')
    const input = document.querySelector<HTMLInputElement>('input[name=server]')
    if (input === null) throw new Error('no server')
    input.value = 'https://mine.example'
    input.dispatchEvent(new Event('input', { bubbles: true }))
    bridge.change({ account: { state: 'signedOut', lastServer: 'https://b.example', error: null } })
    await settle()
    expect(value()).toBe('https://mine.example')
  })
  it('says that another app has taken the connection', async () => {
    const bridge = await open('contacts')
    bridge.change({ link: { state: 'terminated' } })
    await settle()
    expect(document.querySelector('.note')?.textContent).toContain('Another app has taken over')
    button('Sign in again').click()
    expect(asks(bridge, 'signOut')).toHaveLength(1)
  })
  it('marks missed calls as seen only once they are looked at', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true)
    const bridge = await open('contacts')
    expect(asks(bridge, 'recentsSeen')).toEqual([])
    document.querySelectorAll<HTMLButtonElement>('nav button')[1]?.click()
    await settle()
    expect(asks(bridge, 'recentsSeen')).toHaveLength(1)
  })
  it('is Persian and right to left where the snapshot says so', async () => {
    const bridge = await open('paused', 'app', 'fa')
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['fa', 'rtl'])
    expect(document.querySelector('.timer')?.textContent.trim()).toBe('۱۲:۳۴')
    bridge.change({ locale: 'en' })
    await settle()
    expect(document.documentElement.dir).toBe('ltr')
    expect(document.querySelector('.timer')?.textContent.trim()).toBe('12:34')
  })
  it('shows numbers left to right, as they are', async () => {
    await open('contacts', 'app', 'fa')
    const numbers = [...document.querySelectorAll('.person .digits')]
    expect(numbers.map((one) => one.textContent)).toContain('+982188776655')
    expect(numbers.every((one) => one.getAttribute('dir') === 'ltr')).toBe(true)
  })
  it('says what is missing and what was refused when signing in', async () => {
    const bridge = await open('sign-in')
    const submit = () => document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    const fill = (name: string, text: string) => {
      const input = document.querySelector<HTMLInputElement>(`input[name=${name}]`)
      if (input === null) throw new Error(name)
      input.value = text
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }
    submit()
    await settle()
    expect(document.querySelector('[role=alert] p')?.textContent).toContain('Enter the address of the server.')
    fill('server', 'https://calls.example.org')
    fill('username', '۱۰۲')
    fill('password', 'secret')
    submit()
    await settle()
    expect(asks(bridge, 'signIn')).toEqual([{ server: 'https://calls.example.org', username: '102', password: '' }])
    expect(document.querySelector('[role=alert] p')?.textContent).toContain('username or the password is wrong')
  })
})

describe('the ring window', () => {
  it('says who calls, once', async () => {
    await open('ring', 'ring')
    expect(document.querySelector('[aria-live=assertive]')?.textContent.trim()).toBe('Incoming call from Sara Rahimi')
  })
  it('keeps to what was announced, however late the answer of its first question comes', async () => {
    let answer: (value: Awaited<ReturnType<RingBridge['load']>>) => void = () => undefined
    let announce: (view: RingView) => void = () => undefined
    const ring = new RingState({
      load: () => new Promise((resolve) => (answer = resolve)),
      onChanged: (listener) => {
        announce = listener
        return () => undefined
      }
    })
    ring.start()
    announce({ locale: 'fa', theme: 'dark', call: null })
    answer(ok({ locale: 'en', theme: 'light', call: null }))
    await settle()
    expect([ring.locale, ring.theme, ring.call]).toEqual(['fa', 'dark', null])
  })

  it('answers with Enter and declines with Escape', async () => {
    const bridge = await open('ring', 'ring')
    key(document.body, { key: 'Enter', repeat: true })
    key(document.body, { key: 'Enter' })
    key(document.body, { key: 'Escape' })
    expect(bridge.asked).toEqual([
      ['answer', { session: 's1' }],
      ['decline', { session: 's1' }]
    ])
  })
  it('leaves Enter on a button to that button', async () => {
    const bridge = await open('ring', 'ring', 'fa')
    const decline = document.querySelector('button.stop')
    if (decline === null) throw new Error('no decline')
    key(decline, { key: 'Enter' })
    expect(bridge.asked).toEqual([])
    expect(decline.textContent).toContain('رد کردن')
  })
})
