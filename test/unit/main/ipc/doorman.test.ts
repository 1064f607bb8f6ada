// The doorman lets in only what a window of ours may ask, from its top frame, in a shape that parses.
import { describe, expect, it, vi } from 'vitest'
import { invocationRoles, type InvocationName } from '../../../../common/ipc.ts'
import { silentLogger } from '../../../../common/log.ts'
import { ok, type Result } from '../../../../common/result.ts'
import { createDoorman, type DoormanEvent, type DoormanIpc, type Handlers } from '../../../../main/ipc/doorman.ts'
import { isOwnUrl } from '../../../../main/shell/scheme.ts'

type Listener = (event: DoormanEvent, data: unknown) => Promise<Result<unknown>>
type Frame = { url: string }

/** Stands in for ipcMain: keeps the listeners, so that a test can be any sender. */
const createFakeIpc = () => {
  const listeners = new Map<string, Listener>()
  const ipc = {
    handle: (channel: string, listener: Listener) => listeners.set(channel, listener),
    removeHandler: (channel: string) => listeners.delete(channel)
  } as unknown as DoormanIpc
  return { ipc, listeners }
}

let nextId = 1
/** Stands in for a window's page. */
const createFakePage = (url = 'app://tamas/index.html') => {
  const destroyed: (() => void)[] = []
  const page = {
    id: nextId++,
    mainFrame: { url },
    sent: [] as [string, unknown][],
    isDestroyed: () => false,
    getURL: () => page.mainFrame.url,
    send: (channel: string, data: unknown) => void page.sent.push([channel, data]),
    once: (_event: string, listener: () => void) => void destroyed.push(listener),
    destroy: () => destroyed.forEach((listener) => listener())
  }
  return page
}
type FakePage = ReturnType<typeof createFakePage>

const setUp = () => {
  const { ipc, listeners } = createFakeIpc()
  const called = vi.fn<(name: InvocationName, data: unknown) => Result<unknown>>(() => ok({ done: true }))
  const handlers = Object.fromEntries(
    Object.keys(invocationRoles).map((name) => [name, (data: unknown) => called(name as InvocationName, data)])
  ) as unknown as Handlers
  const doorman = createDoorman({ ipc, handlers, isOwnUrl, log: silentLogger })
  const admit = (page: FakePage, role: 'main' | 'ring' | 'mini') => doorman.admit(page as never, role)
  const invoke = (page: FakePage, name: string, data: unknown, frame: Frame | null = page.mainFrame) =>
    listeners.get(`tamas:${name}`)?.({ sender: page, senderFrame: frame } as unknown as DoormanEvent, data)
  return { doorman, called, admit, invoke, listeners }
}

describe('refused', () => {
  it('a page that was never admitted', async () => {
    const { called, invoke } = setUp()
    expect(await invoke(createFakePage(), 'app.load', {})).toMatchObject({
      ok: false,
      error: { code: 'access_denied' }
    })
    expect(called).not.toHaveBeenCalled()
  })

  it('a frame inside the page, even one with our address', async () => {
    const { called, admit, invoke } = setUp()
    const page = createFakePage()
    admit(page, 'main')
    const answer = await invoke(page, 'app.load', {}, { url: 'app://tamas/index.html' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'access_denied' } })
    expect(called).not.toHaveBeenCalled()
  })

  it('a frame that is gone (null)', async () => {
    const { called, admit, invoke } = setUp()
    const page = createFakePage()
    admit(page, 'main')
    expect(await invoke(page, 'app.load', {}, null)).toMatchObject({ ok: false, error: { code: 'access_denied' } })
    expect(called).not.toHaveBeenCalled()
  })

  it.each([
    'https://example.org/',
    'app://other/index.html',
    'app://tamas.evil/',
    'file:///index.html',
    'about:blank',
    ''
  ])('the top frame while it shows %s', async (url) => {
    const { called, admit, invoke } = setUp()
    const page = createFakePage(url)
    admit(page, 'main')
    expect(await invoke(page, 'app.load', {})).toMatchObject({ ok: false, error: { code: 'access_denied' } })
    expect(called).not.toHaveBeenCalled()
  })

  it.each([
    ['ring', ['ring.load', 'call.answer', 'call.decline']],
    ['mini', ['mini.load', 'window.show', 'call.hangUp', 'call.mute', 'call.hold']]
  ] as const)('every channel that the %s window may not use, and the others not', async (role, allowed) => {
    const { admit, invoke } = setUp()
    const page = createFakePage(`app://tamas/${role}.html`)
    admit(page, role)
    const refused: string[] = []
    for (const name of Object.keys(invocationRoles)) {
      const answer = await invoke(page, name, { session: 's' })
      if (answer?.ok === false && answer.error.code === 'access_denied') refused.push(name)
    }
    expect(Object.keys(invocationRoles).filter((name) => !refused.includes(name))).toEqual(allowed)
  })

  it.each([
    ['app.load', null],
    ['app.load', { more: 1 }],
    ['account.signIn', { server: 'https://example.org', username: 'a b', password: 'x' }],
    ['account.signIn', { server: 'https://example.org', username: 'a' }],
    ['call.dial', { to: '' }],
    ['call.dial', { to: '1', extra: true }],
    ['call.answer', { session: 7 }],
    ['call.mute', { session: 's', muted: 'yes' }],
    ['settings.change', { noSuchSetting: true }],
    ['settings.change', { ringVolume: 2 }],
    ['media.request', { requestId: 'r', session: 's', epoch: 1, name: 'call.hangup', data: {} }],
    ['media.fact', { session: 's', epoch: 0, fact: { kind: 'ready' } }],
    ['media.fact', { session: 's', epoch: 1, fact: { kind: 'exploded' } }]
  ])('%s with %j', async (name, data) => {
    const { called, admit, invoke } = setUp()
    const page = createFakePage()
    admit(page, 'main')
    expect(await invoke(page, name, data)).toMatchObject({ ok: false, error: { code: 'bad_request' } })
    expect(called).not.toHaveBeenCalled()
  })

  it('a bad payload without repeating what was in it', async () => {
    const { admit, invoke } = setUp()
    const page = createFakePage()
    admit(page, 'main')
    const answer = await invoke(page, 'account.signIn', { server: '', username: 'u', password: ['hunter2'] })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
  })

  it('a page that was destroyed, whose id comes again', async () => {
    const { called, admit, invoke } = setUp()
    const page = createFakePage()
    admit(page, 'main')
    page.destroy()
    expect(await invoke(page, 'app.load', {})).toMatchObject({ ok: false, error: { code: 'access_denied' } })
    expect(called).not.toHaveBeenCalled()
  })
})

describe('let in', () => {
  it('the top frame of an admitted page, with the parsed data', async () => {
    const { called, admit, invoke } = setUp()
    const page = createFakePage()
    admit(page, 'main')
    expect(await invoke(page, 'call.dial', { to: '102' })).toEqual(ok({ done: true }))
    expect(called).toHaveBeenCalledExactlyOnceWith('call.dial', { to: '102' })
  })

  it('and a handler that throws or rejects is answered as internal', async () => {
    const { called, admit, invoke } = setUp()
    const page = createFakePage()
    admit(page, 'main')
    called.mockImplementationOnce(() => {
      throw new Error('boom')
    })
    expect(await invoke(page, 'app.load', {})).toMatchObject({ ok: false, error: { code: 'internal' } })
    called.mockImplementationOnce(() => Promise.reject(new Error('boom')) as never)
    expect(await invoke(page, 'app.load', {})).toMatchObject({ ok: false, error: { code: 'internal' } })
  })
})

describe('announced', () => {
  it('only to the roles that may hear it', () => {
    const { doorman, admit } = setUp()
    const main = createFakePage()
    const ring = createFakePage('app://tamas/ring.html')
    admit(main, 'main')
    admit(ring, 'ring')
    doorman.announce('app.changed', { rev: 1, now: 0, changed: {} })
    doorman.announce('media.orders', [])
    doorman.announce('ring.changed', { locale: 'en', theme: 'system', call: null })
    expect(main.sent.map(([channel]) => channel)).toEqual(['tamas:app.changed', 'tamas:media.orders'])
    expect(ring.sent.map(([channel]) => channel)).toEqual(['tamas:ring.changed'])
  })

  it('not to a page that shows something else, and a failing page harms no other', () => {
    const { doorman, admit } = setUp()
    const foreign = createFakePage('https://example.org/')
    const failing = createFakePage()
    failing.send = () => {
      throw new Error('destroyed')
    }
    const good = createFakePage()
    for (const page of [foreign, failing, good]) admit(page, 'main')
    doorman.announce('media.orders', [])
    expect(foreign.sent).toEqual([])
    expect(good.sent).toHaveLength(1)
  })
})

it('opens exactly the channels of the contract, and closes them', () => {
  const { doorman, listeners } = setUp()
  expect([...listeners.keys()].sort()).toEqual(
    Object.keys(invocationRoles)
      .map((name) => `tamas:${name}`)
      .sort()
  )
  doorman.close()
  expect(listeners.size).toBe(0)
})
