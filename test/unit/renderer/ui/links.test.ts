// @vitest-environment happy-dom
// Links in the window: the question and its buttons, pasting, the page of somebody who joined one call.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import { joinResults } from '../../../../common/protocol/rest.ts'
import { asks, button, close, open, press, settle } from './page.ts'

afterEach(close)

const link = 'tamas://join?server=https%3A%2F%2Fa.example&call=n1.c1&code=0123456789abcdef'
const dialog = (): HTMLDialogElement => {
  const found = document.querySelector<HTMLDialogElement>('dialog[open]')
  if (found === null) throw new Error('nothing is asked')
  return found
}
const buttons = () => [...dialog().querySelectorAll('button')].map((one) => one.textContent.trim())
const paste = (target: EventTarget, text: string): Event => {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.assign(event, { clipboardData: { getData: () => text } })
  target.dispatchEvent(event)
  flushSync()
  return event
}
const field = (selector: string): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>(selector)
  if (found === null) throw new Error(selector)
  return found
}

describe('the question', () => {
  it('names the server, what joining does, and whether the server is new here; the first button does nothing', async () => {
    const { bridge } = await open('link-join')
    expect(dialog().textContent).toContain('calls.example.org')
    expect(dialog().textContent).toContain('your microphone is switched on')
    expect(dialog().textContent).toContain('have not used this server before')
    expect(buttons()).toEqual(['Cancel', 'Join'])
    button('Join').click()
    expect(asks(bridge, 'confirmLink')).toEqual([{ id: 'q' }])
    expect(asks(bridge, 'dismissLink')).toEqual([])
  })

  it('names the person where the call is known here', async () => {
    await open('link-join-own')
    expect(dialog().getAttribute('aria-labelledby')).toBe(dialog().querySelector('h2')?.id)
    expect(dialog().querySelector('h2')?.textContent).toBe('Join the call with Arash Kamali?')
    expect(dialog().textContent).not.toContain('before')
  })

  it('is left by Cancel and by Escape', async () => {
    const { bridge } = await open('link-dial')
    expect(dialog().textContent).toContain('It is made on')
    expect(dialog().textContent).toContain('extension \u206624\u2069')
    button('Cancel').click()
    dialog().dispatchEvent(new Event('close'))
    expect(asks(bridge, 'dismissLink')).toEqual([{ id: 'q' }, { id: 'q' }])
  })

  it('goes when main has taken it, and says no more', async () => {
    const { bridge } = await open('link-dial')
    bridge.change({ question: null })
    await settle()
    expect(document.querySelector('dialog[open]')).toBeNull()
    expect(asks(bridge, 'dismissLink')).toEqual([])
  })

  it('names who is called, and why it was not done', async () => {
    await open('link-dial')
    expect(dialog().querySelector('h2')?.textContent).toMatch(/^Call Sara Rahimi \(.101.\)\?$/)
    expect(dialog().querySelector('[role=alert]')?.textContent).toBe(catalogue('en').errors.disconnected)
  })

  it('can not be confirmed twice while the server is asked', async () => {
    const { bridge } = await open('link-joining')
    button('Joining…').click()
    expect(asks(bridge, 'confirmLink')).toEqual([])
  })

  it('offers nothing where somebody else is signed in', async () => {
    await open('link-other-account')
    expect(buttons()).toEqual(['Close'])
    expect(dialog().textContent).toContain('sign out in the settings first')
  })

  it.each(joinResults.filter((result) => result !== 'success'))('tells %s in both languages', async (result) => {
    for (const locale of ['en', 'fa'] as const) {
      const { bridge } = await open('link-not-joined', { locale })
      bridge.change({ question: { id: 'q', kind: 'notJoined', server: 'https://a.example', result } })
      await settle()
      expect(dialog().querySelector('[role=alert]')?.textContent).toBe(catalogue(locale).links.results[result])
      expect(document.documentElement.dir).toBe(locale === 'fa' ? 'rtl' : 'ltr')
      const mayPass = result === 'failed_to_connect' || result === 'unknown_error'
      expect(buttons()).toHaveLength(mayPass ? 2 : 1)
      close()
    }
  })
})

describe('a link that is pasted', () => {
  it('asks, wherever it is pasted, and is put in no field', async () => {
    const { bridge } = await open('contacts')
    expect(paste(document.body, `${link}\n`).defaultPrevented).toBe(true)
    expect(paste(field('.field input'), 'tel:+98-21').defaultPrevented).toBe(true)
    expect(asks(bridge, 'openLink')).toEqual([{ text: `${link}\n` }, { text: 'tel:+98-21' }])
  })

  it('is not taken for one where it is a text, a name or a password', async () => {
    const { bridge } = await open('sign-in')
    expect(paste(document.body, `see ${link}`).defaultPrevented).toBe(false)
    expect(paste(document.body, 'https://a.example').defaultPrevented).toBe(false)
    expect(paste(field('input[name=password]'), 'tel:secret').defaultPrevented).toBe(false)
    expect(asks(bridge, 'openLink')).toEqual([])
  })

  it('is also typed into the dial field, and asks instead of dialling', async () => {
    const { bridge } = await open('contacts')
    field('.field input').value = 'tel:102'
    field('.field input').dispatchEvent(new Event('input', { bubbles: true }))
    flushSync()
    press(field('.field input'), { key: 'Enter' })
    expect([asks(bridge, 'openLink'), asks(bridge, 'dial')]).toEqual([[{ text: 'tel:102' }], []])
  })

  it('has a place of its own before signing in', async () => {
    const { bridge } = await open('sign-in')
    button('Join a call with a link').click()
    await settle()
    const input = document.activeElement as HTMLInputElement
    input.value = ` ${link} `
    input.dispatchEvent(new Event('input', { bubbles: true }))
    input.form?.dispatchEvent(new Event('submit', { cancelable: true }))
    flushSync()
    expect([asks(bridge, 'openLink'), asks(bridge, 'signIn')]).toEqual([[{ text: link }], []])
  })
})

describe('somebody who joined one call', () => {
  it('waits, and can leave', async () => {
    const { bridge } = await open('guest-waiting')
    expect(document.querySelector('main')?.textContent).toContain('You have joined the call.')
    button('Leave').click()
    expect(asks(bridge, 'signOut')).toEqual([{}])
  })

  it('has the call and nothing beside it', async () => {
    await open('guest-talking', { wide: true })
    expect(document.querySelector('.stage')).not.toBeNull()
    expect(document.querySelector('nav')).toBeNull()
    expect(() => button('Minimise the call')).toThrow()
    // happy-dom knows no popovers.
    const menu = document.querySelector('[role=dialog][popover]')
    menu?.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }))
    await settle()
    expect(menu?.textContent).toContain('Microphone')
    for (const name of ['Transfer…', 'Continue on another device']) expect(menu?.textContent).not.toContain(name)
  })

  it('mutes by the keys of every call, and leaves its end by Escape', async () => {
    const { bridge, snapshot } = await open('guest-talking')
    press(window, { key: 'M', code: 'KeyM', ctrlKey: true, shiftKey: true })
    expect(asks(bridge, 'mute')).toEqual([{ session: 's1', muted: true }])
    press(window, { key: 'Escape' })
    expect(asks(bridge, 'dismiss')).toEqual([])
    const end = { reason: 'hangup', by: 'receptor', at: 0, outcome: 'they_hung_up' } as const
    bridge.change({ calls: snapshot.calls.map((call) => ({ ...call, status: 'finished', end })) })
    await settle()
    press(window, { key: 'Escape' })
    expect(asks(bridge, 'dismiss')).toEqual([{ session: 's1' }])
  })

  it('is offered no second call after the end', async () => {
    const { bridge, snapshot } = await open('guest-talking')
    const [call] = snapshot.calls
    if (call === undefined) throw new Error('no call')
    const end = { reason: 'hangup', by: 'receptor', at: 0, outcome: 'they_hung_up' } as const
    bridge.change({ calls: [{ ...call, status: 'finished', end }] })
    await settle()
    expect(document.querySelector('.stage.ended')).not.toBeNull()
    expect(() => button('Call again')).toThrow()
  })

  it('is told on the page that signs in that the call is over', async () => {
    await open('link-left')
    expect(document.querySelector('dialog[open]')).toBeNull()
    expect(document.querySelector('form [role=status]')?.textContent).toContain('is over')
  })
})
