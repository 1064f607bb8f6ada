// @vitest-environment happy-dom
// The sign-in page under the hands of somebody without a mouse: where the keyboard is at each moment.
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { fail } from '../../../../common/result.ts'
import type { ErrorCode } from '../../../../common/errors.ts'
import { asks, close, open, settle } from './page.ts'

afterEach(close)

const input = (name: string): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>(`input[name=${name}]`)
  if (found === null) throw new Error(name)
  return found
}
const fill = (name: string, text: string) => {
  input(name).value = text
  input(name).dispatchEvent(new Event('input', { bubbles: true }))
}
const focused = () => document.activeElement?.getAttribute('name')
const submit = async () => {
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}
const fillAll = () => {
  fill('server', 'https://calls.example.org')
  fill('username', '102')
  fill('password', 'secret')
}

describe('signing in by keyboard', () => {
  it('begins in the first empty field, also where main knows the server only later', async () => {
    const { bridge } = await open('sign-in')
    expect(focused()).toBe('server')
    bridge.change({ account: { state: 'signedOut', lastServer: 'https://a.example', lastUsername: '', error: null } })
    await settle()
    expect(focused()).toBe('username')
  })
  it('asks for the password alone where the server and the person are known', async () => {
    const { bridge } = await open('sign-in')
    const known = { lastServer: 'https://a.example', lastUsername: '102' }
    bridge.change({ account: { state: 'signedOut', ...known, error: { code: 'unauthenticated' } } })
    await settle()
    expect([input('server').value, input('username').value]).toEqual(['https://a.example', '102'])
    expect(focused()).toBe('password')
  })
  it('does not move the keyboard once something was typed', async () => {
    const { bridge } = await open('sign-in')
    fill('server', 'https://m')
    bridge.change({ account: { state: 'signedOut', lastServer: 'https://a.example', lastUsername: '', error: null } })
    await settle()
    expect(focused()).toBe('server')
  })
  it('offers the other language in its own letters to whoever cannot read this one', async () => {
    const { bridge } = await open('sign-in')
    const other = document.querySelector<HTMLButtonElement>('button[lang=fa]')
    expect([other?.textContent.trim(), document.querySelector('button[lang=en]')]).toEqual(['فارسی', null])
    other?.click()
    await settle()
    expect(asks(bridge, 'changeSettings')).toEqual([{ language: 'fa' }])
  })
  it('begins at once after signing out, with the server known', async () => {
    const { bridge } = await open('contacts')
    bridge.change({ account: { state: 'signedOut', lastServer: 'https://a.example', lastUsername: '', error: null } })
    await settle()
    expect(focused()).toBe('username')
  })
  it('keeps the field while the server is asked', async () => {
    const { bridge } = await open('sign-in')
    fillAll()
    input('password').focus()
    bridge.change({ account: { state: 'signingIn', server: 'https://calls.example.org', username: '102' } })
    await settle()
    expect(focused()).toBe('password')
    expect([input('password').disabled, input('password').readOnly]).toEqual([false, true])
    expect(document.querySelector('form')?.getAttribute('aria-busy')).toBe('true')
  })
  it.each<[ErrorCode, string]>([
    ['invalid_credentials', 'password'],
    ['rate_limited', 'password'],
    ['failed_to_connect', 'server'],
    ['insecure_server', 'server']
  ])('selects after %s what is to be typed again: the %s', async (code, name) => {
    await open('sign-in', { main: { signIn: async () => fail(code) } })
    fillAll()
    input('username').focus()
    await submit()
    expect(focused()).toBe(name)
    expect([input(name).selectionStart, input(name).selectionEnd]).toEqual([0, input(name).value.length])
  })
})

it('shows the icon that the app has elsewhere', async () => {
  await open('sign-in')
  const paths = [...document.querySelectorAll('form > svg path')].map((path) => path.getAttribute('d') ?? '')
  const drawn = readFileSync('scripts/icons.ts', 'utf8').replaceAll("' +\n  '", '')
  expect(paths).toHaveLength(3)
  expect(paths.filter((path) => !drawn.includes(path))).toEqual([])
})
