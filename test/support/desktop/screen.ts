// Windows, mouse, keyboard and pictures of one X display, through xdotool, xprop and ImageMagick. Knows no tray, no notifications.
import type { Rect } from './accessible.ts'
import { waitFor, type WaitOptions } from './wait.ts'

/** A window the window manager knows. */
export interface DesktopWindow {
  /** X's id. */
  id: number
  pid: number | undefined
  title: string
  /** Drawn on the screen (mapped), perhaps beneath others. */
  visible: boolean
  /** Has the keyboard. */
  active: boolean
  rect: Rect
}

/** A mouse button as X numbers them. */
export type MouseButton = 1 | 2 | 3

/** What a user does with and sees on a screen. */
export interface Screen {
  windows: () => Promise<DesktopWindow[]>
  windowsOf: (pid: number) => Promise<DesktopWindow[]>
  /** Whether the process has a window on the screen. */
  isVisible: (pid: number) => Promise<boolean>
  waitForWindow: (what: string, predicate: (w: DesktopWindow) => boolean, wait?: WaitOptions) => Promise<DesktopWindow>
  /** Moves the real pointer there and clicks. Pixels. */
  click: (at: { x: number; y: number }, button?: MouseButton) => Promise<void>
  moveMouse: (at: { x: number; y: number }) => Promise<void>
  /** Presses the left button at the first point, moves the pointer over the others and lets go at the last. */
  drag: (points: readonly { x: number; y: number }[]) => Promise<void>
  /** Presses keys by X's names, e.g. `ctrl+shift+d`, `Escape`, `XF86AudioPlay`. */
  press: (...keys: string[]) => Promise<void>
  type: (text: string) => Promise<void>
  /** Gives a window the keyboard. */
  focus: (window: DesktopWindow) => Promise<void>
  /** Asks a window to close, as the window manager's Alt+F4 does. */
  close: (window: DesktopWindow) => Promise<void>
  /** Saves the whole screen as a PNG. */
  screenshot: (path: string) => Promise<void>
  /** The rectangle of the first drawn window of an X class, the window manager's or not. */
  rectOfClass: (windowClass: string, minimumWidth: number) => Promise<Rect | undefined>
}

/** Runs a tool on the display and gives its output. */
export type RunTool = (command: string, args: string[]) => Promise<string>

/** Reads `xwininfo`'s lines. */
export function parseWindowInfo(text: string): { visible: boolean; rect: Rect } {
  const number = (label: string): number => Number(new RegExp(`${label}:\\s*(-?\\d+)`).exec(text)?.[1] ?? 0)
  return {
    visible: /Map State:\s*IsViewable/.test(text),
    rect: {
      x: number('Absolute upper-left X'),
      y: number('Absolute upper-left Y'),
      width: number('Width'),
      height: number('Height')
    }
  }
}

/** Makes the screen of the display that `run`'s environment names. */
export function createScreen(run: RunTool, writeShot: (path: string) => Promise<void>): Screen {
  const describe = async (id: number, activeId: number): Promise<DesktopWindow> => {
    const [info, properties] = await Promise.all([
      run('xwininfo', ['-id', String(id)]),
      run('xprop', ['-id', String(id), '-notype', '_NET_WM_PID', '_NET_WM_NAME'])
    ])
    const pid = /_NET_WM_PID = (\d+)/.exec(properties)?.[1]
    return {
      id,
      pid: pid === undefined ? undefined : Number(pid),
      title: /^_NET_WM_NAME = "(.*)"$/m.exec(properties)?.[1] ?? '',
      active: id === activeId,
      ...parseWindowInfo(info)
    }
  }
  const windows = async (): Promise<DesktopWindow[]> => {
    const root = await run('xprop', ['-root', '-notype', '_NET_CLIENT_LIST', '_NET_ACTIVE_WINDOW'])
    const list = /_NET_CLIENT_LIST: window id # (.*)/.exec(root)?.[1] ?? ''
    const active = Number(/_NET_ACTIVE_WINDOW: window id # (\S+)/.exec(root)?.[1] ?? 0)
    const ids = list.split(', ').filter(Boolean).map(Number)
    // A window may go while it is being looked at.
    const described = await Promise.allSettled(ids.map(async (id) => describe(id, active)))
    return described.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  }
  const windowsOf = async (pid: number): Promise<DesktopWindow[]> => (await windows()).filter((w) => w.pid === pid)
  const at = ({ x, y }: { x: number; y: number }): string[] => ['mousemove', String(x), String(y)]
  const act = async (...args: string[]): Promise<void> => {
    await run('xdotool', args)
  }
  return {
    windows,
    windowsOf,
    isVisible: async (pid) => (await windowsOf(pid)).some((w) => w.visible),
    waitForWindow: async (what, predicate, wait) =>
      waitFor(`a window: ${what}`, async () => (await windows()).find(predicate), wait),
    click: async (point, button = 1) => act(...at(point), 'click', String(button)),
    moveMouse: async (point) => act(...at(point)),
    drag: async ([first = { x: 0, y: 0 }, ...rest]) => {
      // A hand is no faster; a window manager that is grabbing the pointer meanwhile misses nothing.
      const moves = rest.flatMap((point) => ['sleep', '0.05', ...at(point)])
      await act(...at(first), 'mousedown', '1', ...moves, 'sleep', '0.05', 'mouseup', '1')
    },
    press: async (...keys) => act('key', '--clearmodifiers', ...keys),
    type: async (text) => act('type', '--clearmodifiers', '--', text),
    focus: async ({ id }) => act('windowactivate', '--sync', String(id)),
    close: async ({ id }) => {
      // xdotool's own windowclose destroys the window under its program's feet.
      await act('windowactivate', '--sync', String(id))
      await act('key', '--clearmodifiers', 'alt+F4')
    },
    screenshot: writeShot,
    rectOfClass: async (windowClass, minimumWidth) => {
      const search = await run('xdotool', ['search', '--onlyvisible', '--class', windowClass]).catch(() => '')
      for (const id of search.split('\n').filter(Boolean)) {
        const { visible, rect } = parseWindowInfo(await run('xwininfo', ['-id', id]))
        if (visible && rect.width >= minimumWidth) return rect
      }
      return undefined
    }
  }
}
