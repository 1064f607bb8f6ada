// The permission table: the microphone, the speaker and text to be copied for our own pages, and nothing else.
import { expect, it, vi } from 'vitest'
import type { PermissionQuestion } from '../../../../main/shell/security.ts'

vi.mock('electron', () => ({ app: {} }))
const { isLoadable, isPermitted } = await import('../../../../main/shell/security.ts')

const own: PermissionQuestion = {
  permission: 'media',
  requester: 'app://tamas/index.html',
  isMainFrame: true,
  media: ['audio']
}

it.each<[string, Partial<PermissionQuestion>]>([
  ['a foreign page', { requester: 'https://example.org/' }],
  ['a page with a similar name', { requester: 'app://tamas.evil/' }],
  ['a frame inside a page', { isMainFrame: false }],
  ['the camera', { media: ['video'] }],
  ['microphone and camera', { media: ['audio', 'video'] }],
  ['media of no kind', { media: [] }],
  ...['notifications', 'geolocation', 'display-capture', 'openExternal', 'usb', 'clipboard-read', 'unknown', ''].map(
    (permission): [string, Partial<PermissionQuestion>] => [permission, { permission }]
  )
])('denied: %s', (_name, part) => {
  expect(isPermitted({ ...own, ...part })).toBe(false)
})

it('given: the microphone, the choice of a speaker, and text to be copied', () => {
  expect(isPermitted(own)).toBe(true)
  expect(isPermitted({ ...own, requester: 'app://tamas' })).toBe(true)
  for (const permission of ['speaker-selection', 'clipboard-sanitized-write'])
    expect(isPermitted({ ...own, permission, media: [] })).toBe(true)
  expect(isPermitted({ ...own, permission: 'hid', media: [] })).toBe(true)
  expect(isPermitted({ ...own, permission: 'hid', media: [], requester: 'https://example.org/' })).toBe(false)
})

it('pages load themselves only', () => {
  for (const url of [
    'https://example.org/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'ws://x/',
    'blob:https://x/1'
  ]) {
    expect(isLoadable(url)).toBe(false)
  }
  for (const url of ['app://tamas/x.js', 'blob:app://tamas/1', 'data:image/png;base64,'])
    expect(isLoadable(url)).toBe(true)
})
