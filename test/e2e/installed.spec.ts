// The app as people get it: installed with apt, started from its desktop file by an ordinary user, with its fuses and its
// sandbox, driven by keyboard and tray; upgraded to what it has downloaded by itself, and removed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { catalogue } from '../../common/i18n/index.ts'
import { startUpdateServer } from '../support/updates/update-server.ts'
import { build } from '../../scripts/build.ts'
import { packageApp } from '../../scripts/package.ts'
import { fuses } from '../../scripts/package/fuses.ts'
import { run } from '../../scripts/support/run.ts'
import { installedPhone, type InstalledPhone } from '../support/installed/installed-phone.ts'
import {
  desktopFile,
  install,
  installedFiles,
  installedProgram,
  installedVersion,
  modeOf,
  remove,
  verify,
  whyNotInstalled
} from '../support/installed/package-manager.ts'
import { expectHeard } from './calls.ts'
import { expect, rawSound, test } from './fixtures.ts'

const words = catalogue('en').shell
const echo = 'Echo (100)'
const nextVersion = '99.0.0'
let reason: string | null = null
let folder = ''
let phone: InstalledPhone | null = null

test.beforeAll(async () => {
  reason = await whyNotInstalled()
  folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-installed-'))
})
test.afterEach(({ browserName: _ }, { status, expectedStatus }) => {
  if (status !== expectedStatus) process.stderr.write(`${phone?.report() ?? 'nothing was installed'}\n`)
})
test.afterAll(async () => {
  if (reason === null && existsSync(installedProgram)) await remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Talks with Echo from ringing to the end. `begin` makes the call. */
const talk = async (phone: InstalledPhone, begin: () => Promise<void>): Promise<void> => {
  const call = phone.delegate.nextCall()
  await begin()
  await call.waitFor('conversation', { timeoutMs: 20_000 })
  await expectHeard(phone, phone, 1000)
  await phone.click(words.hangUp)
  await call.waitForAll(['trying', 'ringing', 'accepted', 'conversation', 'finished/L', 'E(hangup)', 'flushed/L'])
}

test('installed, called from, asked by links, upgraded and removed', async ({ world }) => {
  if (reason !== null) process.stdout.write(`The installed package is not tried: ${reason}.\n`)
  test.skip(reason !== null, reason ?? '')
  test.setTimeout(240_000)
  const { desktop, server } = world
  const updates = await startUpdateServer()
  const packed = (name: string, version?: string) =>
    packageApp({
      kind: 'deb',
      quick: true,
      output: path.join(folder, name),
      feed: updates.url,
      ...(version === undefined ? {} : { version })
    })
  // Both are packed from it at once.
  await build()
  const [first, next] = await Promise.all([packed('first'), packed('next', nextVersion)])
  await install(first.installer ?? '')
  const person = installedPhone({
    desktop,
    audio: await world.devicesOf('101'),
    server: server.url,
    settings: { ...rawSound, language: 'en', keepSignInWithoutKeyring: true, miniWindow: false }
  })
  phone = person
  updates.offer(path.basename(next.installer ?? ''), nextVersion, readFileSync(next.installer ?? ''))

  await test.step('what was installed is whole, guarded and known to the desktop', async () => {
    expect(await verify()).toBe('')
    expect(installedFiles.filter((file) => !existsSync(file))).toEqual([])
    expect(modeOf('/opt/Tamas/chrome-sandbox')).toBe('4755 0')
    const wire = await getCurrentFuseWire(installedProgram)
    for (const [name, isOn] of Object.entries(fuses)) {
      const state = wire[FuseV1Options[name as keyof typeof FuseV1Options]]
      // An older Electron lacks the newest.
      if (state !== undefined) expect([name, String.fromCharCode(state)]).toEqual([name, isOn ? '1' : '0'])
    }
    expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBeDefined()
    for (const [tool, ...args] of [
      ['desktop-file-validate', desktopFile],
      ['appstreamcli', 'validate', '--no-net', '/usr/share/metainfo/app.tamas.phone.metainfo.xml']
    ] as const) {
      const { code, output } = await run(tool, args)
      expect(code, output).toBe(0)
    }
    expect(readFileSync(desktopFile, 'utf8')).toMatch(/^Exec=\/opt\/Tamas\/tamas -- %u$/m)
    for (const scheme of ['tel', 'callto', 'sip', 'sips', 'tamas']) {
      const type = `x-scheme-handler/${scheme}`
      const mime = (...args: readonly string[]): Promise<string> =>
        desktop.processes.run('xdg-mime', args, { env: desktop.env })
      const registered = await desktop.processes.run('gio', ['mime', type], { env: desktop.env })
      expect(registered).toContain('tamas.desktop')
      // Where another program of this machine has these links too, the person chooses.
      if ((await mime('query', 'default', type)) !== 'tamas.desktop\n') {
        expect(registered.match(/\w+\.desktop/g)?.filter((file) => file !== 'tamas.desktop')).not.toEqual([])
        await mime('default', 'tamas.desktop', type)
      }
      expect(await mime('query', 'default', type)).toBe('tamas.desktop\n')
    }
  })

  await test.step('started from the desktop, it runs in the sandbox, and one signs in by keyboard', async () => {
    await person.start()
    await desktop.focus(await person.window())
    await person.logged(' started ')
    const all = person.processes()
    for (const { commandLine } of all) expect(commandLine).not.toContain('no-sandbox')
    const pages = all.filter(({ kind }) => kind === 'renderer')
    expect(pages.length).toBeGreaterThan(0)
    for (const { pid } of pages) expect(readFileSync(`/proc/${String(pid)}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
    await desktop.type('101')
    await desktop.press('Tab')
    await desktop.type('demo-101')
    await desktop.press('Return')
    await desktop.tray.waitForMenu(await person.trayItem(), ({ children }) =>
      children.some(({ label, children: people }) => label === words.contacts && people.some((p) => p.label === echo))
    )
    await talk(person, () => person.click(words.contacts, echo))
    expect(JSON.parse(await desktop.processes.run('tamas', ['status', '--json'], { env: desktop.env }))).toMatchObject({
      calls: []
    })
  })

  const confirm = async (): Promise<void> => {
    await person.logged('a link came', 'asksFor=dial')
    await desktop.focus(await person.window())
    await desktop.press('Tab')
    await desktop.press('Return')
  }
  await test.step('a tel: link asks, with the app open and closed; who was signed in still is', async () => {
    person.forget()
    await talk(person, async () => {
      await person.open('tel:100')
      await confirm()
    })
    await person.quit()
    person.forget()
    await talk(person, async () => {
      await person.open('tel:100')
      await confirm()
    })
  })

  await test.step('what it has downloaded meanwhile is the next version, with the same sign-in and history', async () => {
    const way = await person.logged('update at=ready', `version=${nextVersion}`)
    expect(way).not.toBe('')
    await person.quit()
    // The command that it tells, but for the question of `sudo` and of apt.
    await install(
      path.join(desktop.env['XDG_CACHE_HOME'] ?? '', 'tamas-updater/pending', path.basename(next.installer ?? ''))
    )
    expect(await installedVersion()).toBe(nextVersion)
    await person.start()
    await person.logged(' started ', `version=${nextVersion}`)
    await talk(person, () => person.click(words.recents, echo))
    await person.quit()
    await updates.stop()
  })

  await test.step('removed, its files are gone and what is the person’s is there', async () => {
    await remove()
    expect(installedFiles.filter((file) => existsSync(file))).toEqual([])
    expect(existsSync('/opt/Tamas')).toBe(false)
    expect(existsSync(path.join(person.userData, 'settings.json'))).toBe(true)
    expect(readFileSync(path.join(person.userData, 'logs/calls.jsonl'), 'utf8')).toContain('flushed')
  })
})
