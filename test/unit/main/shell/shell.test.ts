// The small parts of the shell: actions, bounds, presets of development, quitting.
import { describe, expect, it, vi } from 'vitest'
import type { ErrorCode } from '../../../../common/errors.ts'
import { catalogue } from '../../../../common/i18n/index.ts'
import { silentLogger } from '../../../../common/log.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { Preferences } from '../../../../common/types.ts'
import { devPresets } from '../../../../main/dev.ts'
import { createActions } from '../../../../main/shell/actions.ts'
import { fitBounds, parseBounds, ringCorner } from '../../../../main/shell/bounds.ts'
import { createPagePresence } from '../../../../main/shell/page-presence.ts'
import { createQuitter } from '../../../../main/shell/quit.ts'
import { ringView } from '../../../../main/shell/ring-view.ts'
import { callView, createFakeClock, reza, settle, snapshotOf, talking } from './fixtures.ts'

vi.mock('electron', () => ({ powerMonitor: {}, powerSaveBlocker: {}, Menu: {} }))
const { appMenuTemplate } = await import('../../../../main/shell/app-menu.ts')

describe('actions', () => {
  type Answered = (session: string, others?: 'hold' | 'end') => Result<Record<never, never>>
  const setUp = (result = ok({}) as ReturnType<typeof fail> | ReturnType<typeof ok<Record<never, never>>>) => {
    const phone = {
      dial: vi.fn<(to: string) => Result<{ session: string }>>(() => (result.ok ? ok({ session: 's' }) : result)),
      answer: vi.fn<Answered>(() => result),
      decline: vi.fn(() => result),
      dismiss: vi.fn(() => result),
      hangUp: vi.fn(() => result),
      mute: vi.fn(() => result),
      hold: vi.fn<(session: string, held: boolean) => Result<Record<never, never>>>(() => result),
      join: vi.fn(() => result)
    }
    const setDoNotDisturb = vi.fn<(way: Preferences['doNotDisturb']) => Promise<Result<unknown>>>(async () => result)
    const showWindow = vi.fn<() => void>()
    const answered = vi.fn<(session: string) => void>()
    const quit = vi.fn<() => void>()
    const refused = vi.fn<(code: ErrorCode) => void>()
    const showRecents = vi.fn<() => void>()
    const missedSeen = vi.fn<() => void>()
    const openLink = vi.fn<(text: string) => void>()
    const clipboardText = vi.fn(async () => '0912 345 67 89')
    const told = { showWindow, showRecents, missedSeen, answered, refused, quit, openLink, clipboardText }
    const act = createActions({ phone, setDoNotDisturb, ...told, log: silentLogger })
    return { phone, setDoNotDisturb, ...told, act }
  }

  it('a dialling that is refused shows the window, and says why', () => {
    const { act, showWindow, refused } = setUp(fail('disconnected'))
    act({ kind: 'dial', to: '102' })
    expect(showWindow).toHaveBeenCalledTimes(1)
    expect(refused.mock.calls).toEqual([['disconnected']])
  })

  it('who is called back has seen what was missed; who asks for it is shown it', () => {
    const { act, phone, missedSeen, showWindow, showRecents } = setUp()
    act({ kind: 'dial', to: '102' })
    act({ kind: 'open' })
    expect([missedSeen.mock.calls.length, showRecents.mock.calls.length]).toEqual([0, 0])
    act({ kind: 'callBack', to: '103' })
    expect([missedSeen.mock.calls.length, phone.dial.mock.calls]).toEqual([1, [['102'], ['103']]])
    act({ kind: 'open', at: 'recents' })
    expect([showWindow.mock.calls.length, showRecents.mock.calls.length]).toEqual([2, 1])
  })

  it('a number that was copied is asked about; where there is none, that is said', async () => {
    const { act, phone, openLink, clipboardText, refused, showWindow } = setUp()
    act({ kind: 'dialClipboard' })
    await settle()
    expect(openLink.mock.calls).toEqual([['tel:09123456789']])
    clipboardText.mockResolvedValue('call me maybe')
    act({ kind: 'dialClipboard' })
    await settle()
    expect(refused.mock.calls).toEqual([['no_number_copied']])
    expect([openLink.mock.calls.length, showWindow.mock.calls.length, phone.dial.mock.calls.length]).toEqual([1, 2, 0])
  })

  it('that come too late only show the window', () => {
    for (const kind of ['answer', 'decline', 'hangUp'] as const) {
      const { act, showWindow, refused } = setUp(fail('invalid_call'))
      act({ kind, session: 'gone' })
      expect(showWindow).toHaveBeenCalledTimes(1)
      expect(refused).not.toHaveBeenCalled()
    }
  })

  it('hold, swap, end and answer as they say', () => {
    const { act, phone, answered } = setUp()
    act({ kind: 'hold', session: 's1', held: true })
    act({ kind: 'hold', session: 's2', held: false })
    expect(phone.hold.mock.calls).toEqual([
      ['s1', true],
      ['s2', false]
    ])
    act({ kind: 'answer', session: 's3', others: 'end' })
    expect(phone.answer.mock.calls).toEqual([['s3', 'end']])
    act({ kind: 'join', session: 's4' })
    expect(answered.mock.calls).toEqual([['s3'], ['s4']])
  })

  it('do not disturb is asked of the server, and a failure is told in the window', async () => {
    const well = setUp()
    well.act({ kind: 'doNotDisturb', way: 'busy' })
    await settle()
    expect(well.setDoNotDisturb.mock.calls).toEqual([['busy']])
    expect(well.refused).not.toHaveBeenCalled()
    const offline = setUp(fail('failed_to_connect'))
    offline.act({ kind: 'doNotDisturb', way: 'off' })
    await settle()
    expect(offline.showWindow).toHaveBeenCalledTimes(1)
    expect(offline.refused.mock.calls).toEqual([['failed_to_connect']])
  })

  it('answer first, then tell the window; the others tell it nothing', () => {
    const { act, phone, showWindow, answered } = setUp()
    act({ kind: 'decline', session: 's' })
    act({ kind: 'mute', session: 's', muted: true })
    act({ kind: 'dial', to: '102' })
    expect(answered).not.toHaveBeenCalled()
    act({ kind: 'answer', session: 's' })
    expect(phone.answer.mock.invocationCallOrder[0]).toBeLessThan(answered.mock.invocationCallOrder[0] ?? 0)
    expect(answered.mock.calls).toEqual([['s']])
    expect(showWindow).not.toHaveBeenCalled()
  })
})

describe('the application menu', () => {
  const quit = vi.fn<() => void>()
  const entriesOf = (isPackaged: boolean, platform = 'darwin') =>
    (
      appMenuTemplate({ platform, words: catalogue('fa').shell, isPackaged, quit, showShortcuts: () => undefined }) ??
      []
    ).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
  const rolesOf = (isPackaged: boolean, platform?: string) =>
    entriesOf(isPackaged, platform).flatMap(({ role }) => role ?? [])
  it('has the editing keys that macOS takes from it, and is none elsewhere', () => {
    expect(rolesOf(true)).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'selectAll', 'undo']))
    expect(rolesOf(true, 'linux')).toEqual([])
  })
  it('quits by the way that asks first', () => {
    expect(rolesOf(true)).not.toContain('quit')
    const entry = entriesOf(true).find(({ accelerator }) => accelerator === 'CommandOrControl+Q')
    expect(entry?.click).toBe(quit)
  })
  it('has developer tools only in development', () => {
    expect(rolesOf(true)).not.toContain('toggleDevTools')
    expect(rolesOf(true)).not.toContain('reload')
    expect(rolesOf(false)).toContain('toggleDevTools')
  })
})

describe('the page that rings', () => {
  const setUpPresence = () => {
    const clock = createFakeClock()
    const changed = vi.fn<() => void>()
    return { clock, changed, presence: createPagePresence({ clock, changed }) }
  }
  it('is missed only once it is not back in time, and not any more when it is', () => {
    const { clock, changed, presence } = setUpPresence()
    presence.attached()
    presence.gone()
    clock.advance(2_999)
    presence.attached()
    clock.advance(10_000)
    expect(changed).not.toHaveBeenCalled()
    presence.gone()
    presence.gone()
    clock.advance(3_000)
    expect([presence.isAway(), changed.mock.calls.length]).toEqual([true, 1])
    presence.attached()
    expect([presence.isAway(), changed.mock.calls.length]).toEqual([false, 2])
  })
  it('is missed at the start too', () => {
    const { clock, presence } = setUpPresence()
    clock.advance(3_000)
    expect(presence.isAway()).toBe(true)
  })
})

it('the ring window is told of the first call that alerts, and of nothing else', () => {
  const calls = [talking({ session: 's0' }), callView(), callView({ session: 's2' })]
  expect(ringView(snapshotOf({ calls, favourites: ['102'], missed: 3 }))).toEqual({
    locale: 'en',
    theme: 'system',
    call: { session: 's1', peer: reza, moving: false, holds: true }
  })
  expect(ringView(snapshotOf({ calls: [callView()] })).call).toMatchObject({ holds: false })
  expect(ringView(snapshotOf()).call).toBeNull()
})

describe('bounds', () => {
  const screen = { x: 0, y: 30, width: 1280, height: 770 }
  it('are used again only where the window can be reached', () => {
    const bounds = { x: 100, y: 100, width: 400, height: 700 }
    expect(fitBounds(bounds, [screen])).toBe(bounds)
    expect(fitBounds(null, [screen])).toBeNull()
    for (const part of [{ x: 1_250 }, { x: -380 }, { y: 790 }, { x: 3_000 }, { y: -500 }]) {
      expect(fitBounds({ ...bounds, ...part }, [screen])).toBeNull()
    }
    expect(fitBounds({ ...bounds, x: 1_300 }, [screen, { ...screen, x: 1_280 }])).not.toBeNull()
  })

  it('parse or are nothing', () => {
    expect(parseBounds('-5,20,400,600')).toEqual({ x: -5, y: 20, width: 400, height: 600 })
    for (const text of [undefined, '', '1,2,3', '1,2,300,a', '1,2,300,400,5', '1e3,2,300,400']) {
      expect(parseBounds(text)).toBeNull()
    }
  })

  it("put the ring window away from the system's notifications", () => {
    const size = { width: 360, height: 148 }
    expect(ringCorner(screen, size, 'linux')).toEqual({ x: 904, y: 636, ...size })
    expect(ringCorner(screen, size, 'win32')).toEqual({ x: 904, y: 46, ...size })
  })
})

describe('presets of development', () => {
  const env = {
    TAMAS_DEV_SIGN_IN: 'http://127.0.0.1:4000|101|pass',
    TAMAS_DEV_BOUNDS: '1,2,300,400',
    TAMAS_DEV_REST_MS: '250'
  }
  it('are nothing in a packaged app', () => {
    expect(devPresets(env, true)).toEqual({ signIn: null, bounds: null, restAfterMs: null })
  })
  it.each([
    'http://example.org|101|p',
    'http://127.0.0.1.example.org|1|p',
    'http://1270.0.0.1@example.org|1|p',
    'x|1|p',
    'http://localhost|1',
    'http://localhost|1|p|q'
  ])('are not taken: %s', (text) => {
    expect(devPresets({ TAMAS_DEV_SIGN_IN: text }, false).signIn).toBeNull()
  })
  it('are taken for a server on this machine', () => {
    expect(devPresets(env, false)).toEqual({
      signIn: { server: 'http://127.0.0.1:4000', username: '101', password: 'pass' },
      bounds: { x: 1, y: 2, width: 300, height: 400 },
      restAfterMs: 250
    })
    expect(devPresets({ TAMAS_DEV_SIGN_IN: 'http://[::1]:4000|1|p' }, false).signIn).not.toBeNull()
  })
})

describe('quitting', () => {
  const setUp = (...runs: (() => Promise<unknown>)[]) => {
    const clock = createFakeClock()
    const exit = vi.fn<() => void>()
    const steps = runs.map((run, at) => ({ name: String(at), run }))
    return { clock, exit, quitter: createQuitter({ steps, boundMs: 4_000, exit, clock, log: silentLogger }) }
  }

  it('ends once after all steps, a failing one included', async () => {
    const second = vi.fn(() => Promise.resolve())
    const { quitter, exit, clock } = setUp(() => Promise.reject(new Error('x')), second)
    quitter.quit()
    quitter.quit()
    await settle()
    clock.advance(10_000)
    expect([second.mock.calls.length, exit.mock.calls.length]).toEqual([1, 1])
  })

  it('ends at the bound when a step hangs', async () => {
    let finish: (value: unknown) => void = () => undefined
    const { quitter, exit, clock } = setUp(() => new Promise((resolve) => (finish = resolve)))
    quitter.quit()
    await settle()
    clock.advance(3_999)
    expect(exit).not.toHaveBeenCalled()
    clock.advance(1)
    expect(exit).toHaveBeenCalledTimes(1)
    finish(null)
    await settle()
    expect(exit).toHaveBeenCalledTimes(1)
  })
})
