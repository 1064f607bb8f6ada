// The small parts of the shell: actions, bounds, presets of development, quitting, the network watch.
import { describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { fail, ok } from '../../../../common/result.ts'
import { devPresets } from '../../../../main/dev.ts'
import { createActions } from '../../../../main/shell/actions.ts'
import { fitBounds, parseBounds, ringCorner } from '../../../../main/shell/bounds.ts'
import { createQuitter } from '../../../../main/shell/quit.ts'
import { createFakeClock, settle } from './fixtures.ts'

vi.mock('electron', () => ({ powerMonitor: {}, powerSaveBlocker: {} }))
const { createNetworkWatch } = await import('../../../../main/shell/power.ts')

describe('actions', () => {
  const setUp = (result = ok({}) as ReturnType<typeof fail> | ReturnType<typeof ok<Record<never, never>>>) => {
    const phone = {
      dial: vi.fn(() => (result.ok ? ok({ session: 's' }) : result)),
      answer: vi.fn(() => result),
      decline: vi.fn(() => result),
      hangUp: vi.fn(() => result),
      mute: vi.fn(() => result)
    }
    const showWindow = vi.fn<() => void>()
    const answered = vi.fn<() => void>()
    const quit = vi.fn<() => void>()
    const act = createActions({ phone, showWindow, answered, quit, log: silentLogger })
    return { phone, showWindow, answered, quit, act }
  }

  it('that come too late only show the window', () => {
    for (const kind of ['answer', 'decline', 'hangUp'] as const) {
      const { act, showWindow } = setUp(fail('invalid_call'))
      act({ kind, session: 'gone' })
      expect(showWindow).toHaveBeenCalledTimes(1)
    }
  })

  it('answer first, then tell the window; the others tell it nothing', () => {
    const { act, phone, showWindow, answered } = setUp()
    act({ kind: 'decline', session: 's' })
    act({ kind: 'mute', session: 's', muted: true })
    act({ kind: 'dial', to: '102' })
    expect(answered).not.toHaveBeenCalled()
    act({ kind: 'answer', session: 's' })
    expect(phone.answer.mock.invocationCallOrder[0]).toBeLessThan(answered.mock.invocationCallOrder[0] ?? 0)
    expect(showWindow).not.toHaveBeenCalled()
  })
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
  const env = { TAMAS_DEV_SIGN_IN: 'http://127.0.0.1:4000|101|pass', TAMAS_DEV_BOUNDS: '1,2,300,400' }
  it('are nothing in a packaged app', () => {
    expect(devPresets(env, true)).toEqual({ signIn: null, bounds: null })
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
      bounds: { x: 1, y: 2, width: 300, height: 400 }
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

it('the network watch looks each second while wanted, and tells changes only', () => {
  const clock = createFakeClock()
  let addresses = 'a'
  const changed = vi.fn<() => void>()
  const watch = createNetworkWatch({ clock, addresses: () => addresses, changed })
  watch.run(true)
  watch.run(true)
  clock.advance(3_000)
  expect(changed).not.toHaveBeenCalled()
  addresses = 'b'
  clock.advance(1_000)
  expect(changed).toHaveBeenCalledTimes(1)
  watch.run(false)
  addresses = 'c'
  clock.advance(5_000)
  expect(changed).toHaveBeenCalledTimes(1)
})
