// The pictures of the tray: which state has which, that every one is there for every system, and that Windows can read its own.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { root } from '../../../../scripts/support/run.ts'
import { silentLogger } from '../../../../common/log.ts'
import { icoOf } from '../../../../scripts/support/ico.ts'
import { trayIcon } from '../../../../main/shell/tray-menu.ts'
import { callView, only, snapshotOf, talking } from './fixtures.ts'

/** What was done with the icons, in order. */
const done: string[] = []
class FakeTray {
  constructor() {
    done.push('made')
  }
  on = () => undefined
  setImage = (name: string) => void done.push(path.basename(name))
  setToolTip = (words: string) => void done.push(words)
  setContextMenu = () => void done.push('menu')
  isDestroyed = () => false
  destroy = () => void done.push('destroyed')
}
vi.doMock('electron', () => ({
  Tray: FakeTray,
  Menu: { buildFromTemplate: () => ({}) },
  nativeImage: { createFromPath: (file: string) => file }
}))
const { createTray, trayFile } = await import('../../../../main/shell/tray.ts')

it('is muted only while the call that is talked in is', () => {
  const held = talking({ session: 's2', floor: false, muted: true })
  expect(trayIcon(snapshotOf({ calls: [talking({ muted: true })] }))).toBe('muted')
  expect(trayIcon(snapshotOf({ calls: [talking(), held] }))).toBe('call')
  expect(trayIcon(snapshotOf({ calls: [talking({ muted: true }), callView({ session: 's3' })] }))).toBe('alert')
})

it('shows no call where nothing goes on: one that waits to be joined, one that may not disturb', () => {
  expect(trayIcon(snapshotOf({ calls: [callView({ joinable: true, can: only('join') })] }))).toBe('idle')
  expect(trayIcon(snapshotOf({ calls: [callView({ silent: true, can: only('answer', 'decline') })] }))).toBe('idle')
  expect(trayIcon(snapshotOf({ calls: [talking({ silent: true })] }))).toBe('call')
})

const states = ['idle', 'offline', 'missed', 'alert', 'call', 'muted', 'quiet'] as const

it.each(['linux', 'darwin', 'win32'])('each state has its picture on %s', (platform) => {
  const files = states.map((name) => trayFile(platform, name))
  expect(new Set(files).size).toBe(states.length)
  const sharper = platform === 'win32' ? [] : files.map((file) => file.replace('.png', '@2x.png'))
  for (const file of [...files, ...sharper]) expect(existsSync(path.join(root, 'build/icons', file)), file).toBe(true)
})

it('one icon of Windows holds every size as it was drawn', () => {
  const pictures = [
    { size: 16, png: Buffer.from('small') },
    { size: 256, png: Buffer.from('larger') }
  ]
  const ico = icoOf(pictures)
  expect([ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([1, 2])
  const read = [0, 1].map((at) => {
    const entry = ico.subarray(6 + 16 * at)
    const [length, offset] = [entry.readUInt32LE(8), entry.readUInt32LE(12)]
    return { size: entry.readUInt8(0) || 256, png: ico.subarray(offset, offset + length) }
  })
  expect(read).toEqual(pictures)
  const drawn = readFileSync(path.join(root, 'build/icons/tray-muted.ico'))
  expect(drawn.subarray(6 + 12).readUInt32LE(0)).toBe(6 + 16 * drawn.readUInt16LE(4))
})

it('an icon that is made anew shows what the last one showed', () => {
  const tray = createTray({ icons: '', act: () => undefined, log: silentLogger })
  tray.update(snapshotOf())
  const shown = done.splice(0)
  expect(shown).toEqual(['made', 'tray-idle.png', 'Tamas: Online', 'menu'])
  tray.update(snapshotOf())
  expect(done).toEqual([])
  tray.remake()
  expect(done).toEqual(['destroyed', ...shown])
})
