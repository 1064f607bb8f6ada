// The main window's page with fakes behind it, for component tests: opens it in a state, finds what is in it, presses keys.
import { flushSync, mount, tick, unmount } from 'svelte'
import { vi } from 'vitest'
import type { MainBridge } from '../../../../common/ipc.ts'
import type { AppSnapshot } from '../../../../common/snapshot.ts'
import type { Contact } from '../../../../common/types.ts'
import type { HeadsetPort } from '../../../../renderer/state/headset-port.ts'
import type { MediaEngine } from '../../../../renderer/state/media-port.ts'
import { AppState } from '../../../../renderer/state/app-state.svelte.ts'
import App from '../../../../renderer/ui/App.svelte'
import { loadAllScreens } from '../../../../renderer/ui/screens.ts'
import { createFakeHeadsets, createFakeMedia } from '../../../support/ui-gallery/fake-sound.ts'
import { createFakeBridge, type FakeBridge } from '../../../support/ui-gallery/fakes.ts'
import { snapshotOf, type StateName } from '../../../support/ui-gallery/states.ts'

export type Page = { readonly bridge: FakeBridge; readonly snapshot: AppSnapshot }

let closeLast: () => void = () => undefined

/** Takes the page away that was opened last. */
export const close = (): void => {
  closeLast()
  closeLast = () => undefined
}

/** happy-dom has no layout: whether the window is wide is told. */
export const open = async (
  state: StateName,
  {
    locale = 'en',
    wide = false,
    main = {},
    sound = {},
    headsets = {},
    contacts = []
  }: {
    readonly locale?: 'en' | 'fa'
    readonly wide?: boolean
    /** What main answers in another way than the fake. */
    readonly main?: Partial<MainBridge>
    /** The own ones. */
    readonly contacts?: readonly Contact[]
    /** What the media engine does in another way than the fake. */
    readonly sound?: Partial<MediaEngine>
    /** What headsets do in another way than the fakes. */
    readonly headsets?: Partial<HeadsetPort>
  } = {}
): Promise<Page> => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe = () => undefined
      disconnect = () => undefined
    }
  )
  vi.stubGlobal('requestIdleCallback', () => 0)
  vi.spyOn(window, 'matchMedia').mockImplementation((query) =>
    Object.assign(new EventTarget(), { matches: wide, media: query, onchange: null } as MediaQueryList)
  )
  const snapshot = snapshotOf(state, locale, 'light', Date.now())
  const bridge: FakeBridge = { ...createFakeBridge(snapshot, { contacts }), ...main }
  const app = new AppState(bridge)
  const stop = app.start()
  await Promise.all([app.loaded, loadAllScreens()])
  const engine = { ...createFakeMedia(), ...sound }
  const component = mount(App, {
    target: document.body,
    props: { bridge, app, media: engine, headsets: () => ({ ...createFakeHeadsets(), ...headsets }) }
  })
  flushSync()
  closeLast = () => {
    stop()
    void unmount(component)
    document.body.innerHTML = ''
  }
  return { bridge, snapshot }
}

export const settle = async (): Promise<void> => {
  await tick()
  await Promise.resolve()
  await tick()
}

/** The button with this name, as assistive technology reads it. */
export const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name
  )
  if (found === undefined) throw new Error(`no button ${name}`)
  return found
}

export const press = (target: EventTarget, pressed: KeyboardEventInit): void => {
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...pressed }))
  flushSync()
}

/** What was asked of main under this name, oldest first. */
export const asks = (bridge: FakeBridge, name: string): readonly unknown[] =>
  bridge.asked.filter(([asked]) => asked === name).map(([, data]) => data)
