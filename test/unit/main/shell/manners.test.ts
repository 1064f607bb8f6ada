// Manners towards the desktop: closing and its hint, starting at signing in, keeping the display awake in a call.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import {
  autostartEntry,
  createLinuxAutostart,
  createSystemAutostart,
  execWord,
  hiddenStart,
  ownAppImage,
  type Program
} from '../../../../main/shell/autostart.ts'
import { createClosing, type ClosingHint } from '../../../../main/shell/closing.ts'
import { hintNotification } from '../../../../main/shell/notifier/hint.ts'
import { writeAtomically } from '../../../../main/store/atomic-file.ts'
import { openHints } from '../../../../main/store/hints.ts'
import { callView, createFakeClock, only, snapshotOf, talking } from './fixtures.ts'

const started: string[] = []
const stopped: number[] = []
vi.doMock('electron', () => ({
  powerMonitor: { on: () => undefined, removeListener: () => undefined },
  powerSaveBlocker: {
    start: (what: string) => started.push(what) - 1,
    stop: (id: number) => stopped.push(id)
  }
}))
const { createPower } = await import('../../../../main/shell/power.ts')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'tamas-manners-'))
  started.length = 0
  stopped.length = 0
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('closing the window', () => {
  const setUp = ({ keeps = true, tray = true } = {}) => {
    const told = new Set<ClosingHint>()
    const changed = vi.fn<() => void>()
    const closing = createClosing({
      keepsRunning: () => keeps,
      hasTray: () => Promise.resolve(tray),
      wasTold: (hint) => told.has(hint),
      remember: (hint) => void told.add(hint),
      changed,
      log: silentLogger
    })
    return { closing, changed }
  }

  it('hides it where there is a tray, and says so the first time until it is back', async () => {
    const { closing, changed } = setUp()
    expect(await closing.meaning()).toBe('hide')
    expect(closing.hint()).toBe('hidden')
    closing.isBack()
    expect(closing.hint()).toBeNull()
    expect(await closing.meaning()).toBe('hide')
    expect(closing.hint()).toBeNull()
    expect(changed).toHaveBeenCalledTimes(2)
  })

  it('minimises it where nothing else would show that the app runs, and says so', async () => {
    const { closing } = setUp({ tray: false })
    expect([await closing.meaning(), closing.hint()]).toEqual(['minimize', 'minimized'])
  })

  it('quits where the person wants that, and says nothing', async () => {
    const { closing, changed } = setUp({ keeps: false })
    expect([await closing.meaning(), closing.hint()]).toEqual(['quit', null])
    expect(changed).not.toHaveBeenCalled()
  })

  it('has a sentence in both languages, and no button', () => {
    const bodies = (['en', 'fa'] as const).flatMap((locale) =>
      (['hidden', 'minimized'] as const).flatMap((hint) => hintNotification(locale, hint).map(({ body }) => body))
    )
    expect(new Set(bodies).size).toBe(4)
    expect(hintNotification('en', 'hidden')).toMatchObject([{ kind: 'hint', session: null, buttons: [] }])
    expect(hintNotification('en', null)).toEqual([])
  })
})

it('what was told once is known at the next start; a file that is damaged costs one telling', async () => {
  const file = path.join(folder, 'hints.json')
  const first = await openHints({ file, log: silentLogger })
  first.remember('hidden')
  await first.settled()
  const second = await openHints({ file, log: silentLogger })
  expect([second.wasTold('hidden'), second.wasTold('minimized')]).toEqual([true, false])
  await writeFile(file, '{"hidden":')
  expect((await openHints({ file, log: silentLogger })).wasTold('hidden')).toBe(false)
})

describe('the start at signing in', () => {
  const program: Program = { path: '/opt/my phone/tamas', args: ['--hidden'] }
  const entryFile = () => path.join(folder, 'autostart', 'tamas.desktop')
  const setUp = (of = program) =>
    createLinuxAutostart({ configFolder: folder, program: of, write: writeAtomically, log: silentLogger })
  const read = () => readFile(entryFile(), 'utf8').catch(() => null)

  it('quotes each word of the command as the desktop reads it', () => {
    expect(execWord('/opt/my phone/tamas')).toBe('"/opt/my phone/tamas"')
    expect(execWord('100%')).toBe('"100%%"')
    expect(execWord('a"b`c$d')).toBe('"a\\\\"b\\\\`c\\\\$d"')
    expect(execWord('back\\slash')).toBe('"back\\\\\\\\slash"')
    expect(autostartEntry(program)).toContain('\nExec="/opt/my phone/tamas" "--hidden"\n')
  })

  it('is a file while it is on, and none when it is off, also where both come in a hurry', async () => {
    const autostart = setUp()
    await autostart.set(true)
    expect(await read()).toBe(autostartEntry(program))
    await autostart.set(false)
    expect(await read()).toBeNull()
    await Promise.all([autostart.set(true), autostart.set(false), autostart.set(true)])
    expect(await read()).not.toBeNull()
  })

  it('follows the program to another place, but not against the person who turned it off in the desktop', async () => {
    await setUp({ path: '/old', args: [] }).set(true)
    await setUp().renew()
    expect(await read()).toBe(autostartEntry(program))
    for (const off of ['Hidden=true\n', 'X-GNOME-Autostart-enabled=false\n']) {
      await writeFile(entryFile(), `[Desktop Entry]\n${off}`)
      await setUp().renew()
      expect(await read()).toBe(`[Desktop Entry]\n${off}`)
    }
  })

  it('that can not be written breaks nothing', async () => {
    await writeFile(path.join(folder, 'autostart'), 'not a folder')
    await expect(setUp().set(true)).resolves.toBeUndefined()
    await expect(setUp().renew()).resolves.toBeUndefined()
  })

  it('starts what the person has: the image, the app, or a bare Electron with its folder, with the same data', () => {
    const facts = { execPath: '/tmp/.mount/tamas', appFolder: '/src', isPackaged: true, userDataSwitch: '' }
    expect(hiddenStart({ ...facts, appImage: '/home/a/Tamas.AppImage' })).toEqual({
      path: '/home/a/Tamas.AppImage',
      args: ['--hidden']
    })
    expect(hiddenStart({ ...facts, appImage: undefined }).path).toBe('/tmp/.mount/tamas')
    expect(hiddenStart({ ...facts, appImage: undefined, isPackaged: false, userDataSwitch: '/data/my phone' })).toEqual(
      { path: '/tmp/.mount/tamas', args: ['/src', '--user-data-dir=/data/my phone', '--hidden'] }
    )
  })

  it('is Electron’s where the system keeps it', async () => {
    const set = vi.fn<(settings: object) => void>()
    const autostart = createSystemAutostart({ setLoginItemSettings: set }, program)
    await autostart.set(true)
    await autostart.renew()
    expect(set.mock.calls).toEqual([
      [{ openAtLogin: true, openAsHidden: true, path: program.path, args: ['--hidden'] }]
    ])
  })
})

it('the display stays awake from the answer to the end of the last call, and no longer', () => {
  const power = createPower({ nudge: vi.fn(), moved: vi.fn(), clock: createFakeClock(), log: silentLogger })
  power.update(snapshotOf({ calls: [callView({ can: only('answer', 'decline') })] }))
  expect(started).toEqual([])
  power.update(snapshotOf({ calls: [talking()] }))
  power.update(snapshotOf({ calls: [talking({ status: 'paused' }), talking({ session: 's2', floor: false })] }))
  expect([started, stopped]).toEqual([['prevent-display-sleep'], []])
  power.update(snapshotOf({ calls: [talking({ status: 'finished' })] }))
  expect(stopped).toEqual([0])
  power.update(snapshotOf({ calls: [talking()] }))
  power.close()
  expect([started.length, stopped]).toEqual([2, [0, 1]])
})

it('starts the image that it runs out of, not that of whoever started it', () => {
  const env = { APPIMAGE: '/home/a/Tamas.AppImage', APPDIR: '/tmp/.mount_Tamas1' }
  expect(ownAppImage('/tmp/.mount_Tamas1/tamas', env)).toBe('/home/a/Tamas.AppImage')
  const inherited = { APPIMAGE: '/home/a/Browser.AppImage', APPDIR: '/tmp/.mount_Browser' }
  expect(ownAppImage('/opt/tamas/tamas', inherited)).toBeUndefined()
  expect(ownAppImage('/opt/tamas/tamas', {})).toBeUndefined()
})
