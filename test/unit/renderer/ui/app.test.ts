// @vitest-environment happy-dom
// The main window's page with fakes behind it: what it says of the connection, of missed calls and when signing in.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { asks, button, close, open, settle } from './page.ts'

afterEach(() => {
  close()
  vi.restoreAllMocks()
})

it('what was refused in the tray or a notification is told in a sentence', async () => {
  const { bridge } = await open('contacts', { locale: 'fa', wide: true })
  bridge.refuse('too_many_calls')
  await settle()
  expect(document.querySelector('.toast')?.textContent).toContain('هم‌زمان تماس‌های زیادی دارید')
})

describe('the page', () => {
  it('says that it cannot reach the server where it never did, and not that anything was lost', async () => {
    const { bridge } = await open('contacts', { wide: true })
    bridge.change({ link: { state: 'disconnected', was: 'never', since: Date.now(), nextTryAt: null } })
    await settle()
    expect(document.querySelector('.note')?.textContent).toContain('The server can’t be reached')
    expect(document.querySelector('.note')?.textContent).not.toContain('lost')
    bridge.change({ link: { state: 'disconnected', was: 'joined', since: Date.now(), nextTryAt: null } })
    await settle()
    expect(document.querySelector('.note')?.textContent).toContain('The connection was lost')
  })
  it('takes the server that becomes known later into the field, until somebody types there', async () => {
    const { bridge } = await open('sign-in', { wide: true })
    const value = () => document.querySelector<HTMLInputElement>('input[name=server]')?.value
    bridge.change({ account: { state: 'signedOut', lastServer: 'https://a.example', lastUsername: '', error: null } })
    await settle()
    expect(value()).toBe('https://a.example')
    const input = document.querySelector<HTMLInputElement>('input[name=server]')
    if (input === null) throw new Error('no server')
    input.value = 'https://mine.example'
    input.dispatchEvent(new Event('input', { bubbles: true }))
    bridge.change({ account: { state: 'signedOut', lastServer: 'https://b.example', lastUsername: '', error: null } })
    await settle()
    expect(value()).toBe('https://mine.example')
  })
  it('says that another app has taken the connection', async () => {
    const { bridge } = await open('contacts', { wide: true })
    bridge.change({ link: { state: 'terminated' } })
    await settle()
    expect(document.querySelector('.note')?.textContent).toContain('Another app has taken over')
    button('Sign in again').click()
    expect(asks(bridge, 'signOut')).toHaveLength(1)
  })
  it('marks missed calls as seen only once they are looked at', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true)
    const { bridge } = await open('contacts', { wide: true })
    expect(asks(bridge, 'recentsSeen')).toEqual([])
    document.querySelectorAll<HTMLButtonElement>('nav button')[1]?.click()
    await settle()
    expect(asks(bridge, 'recentsSeen')).toHaveLength(1)
  })
  it('is Persian and right to left where the snapshot says so', async () => {
    const { bridge } = await open('paused', { locale: 'fa', wide: true })
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['fa', 'rtl'])
    expect(document.querySelector('.timer')?.textContent.trim()).toBe('۱۲:۳۴')
    bridge.change({ locale: 'en' })
    await settle()
    expect(document.documentElement.dir).toBe('ltr')
    expect(document.querySelector('.timer')?.textContent.trim()).toBe('12:34')
  })
  it('shows numbers left to right, as they are', async () => {
    await open('contacts', { locale: 'fa', wide: true })
    const numbers = [...document.querySelectorAll('.person .digits')]
    expect(numbers.map((one) => one.textContent)).toContain('+982188776655')
    expect(numbers.every((one) => one.getAttribute('dir') === 'ltr')).toBe(true)
  })
  it('says what is missing and what was refused when signing in', async () => {
    const { bridge } = await open('sign-in', { wide: true })
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
