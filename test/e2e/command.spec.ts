// Commands in a terminal and links from other programs, with the app running and closed: a command is done, a link is asked
// about first.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { catalogue } from '../../common/i18n/index.ts'
import { phoneStatus, type PhoneStatus } from '../../common/protocol/command.ts'
import { isolateNumber } from '../../main/shell/people.ts'
import { runCommand, type CommandOutcome } from '../support/app/command.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { waitFor } from '../support/desktop/wait.ts'
import { microphonesInUse, windowsShown } from './calls.ts'
import { expect, rawSound, test, type World } from './fixtures.ts'

const { command: words, errors, links, ui } = catalogue('en')

/** A terminal of the desktop's user. */
const terminal = ({ desktop, appFolder, server }: World, { userData, audio }: PhoneApp) => {
  const signIn = { TAMAS_DEV_SIGN_IN: [server.url, '101', 'demo-101'].join('|') }
  const env = { ...desktop.env, ...audio.env, ...signIn }
  const tamas = (...typed: readonly string[]): Promise<CommandOutcome> =>
    runCommand({ desktop, appFolder, userData, env }, ...typed)
  const status = async (): Promise<PhoneStatus> => phoneStatus.parse(JSON.parse((await tamas('status', '--json')).out))
  return {
    tamas,
    status,
    /** Nothing of this shell leads to a display. */
    withoutDisplay: (...typed: readonly string[]): Promise<CommandOutcome> =>
      runCommand({ desktop, appFolder, userData, env: { ...env, DISPLAY: undefined } }, ...typed),
    until: (what: string, fits: (now: PhoneStatus) => boolean): Promise<PhoneStatus> =>
      waitFor(
        what,
        async () => {
          const now = await status()
          return fits(now) ? now : undefined
        },
        { timeoutMs: 20_000 }
      )
  }
}
/** A number is read from left to right in either language. */
const askedFor = links.dialTitle(links.person('Echo', isolateNumber('100')))

const isIn =
  (status: string) =>
  ({ calls }: PhoneStatus): boolean =>
    calls.some((call) => call.status === status)

test('a call by commands alone, and links, while the app runs in the tray', async ({ phone, world }) => {
  const a = await phone('101', { settings: { ...rawSound, language: 'en' } })
  const { tamas, withoutDisplay, until } = terminal(world, a)
  await a.hideToTray()

  expect(await tamas('sing')).toMatchObject({ code: 2, out: '' })
  expect(await tamas('hangup')).toMatchObject({ code: 1, out: '' })
  expect((await tamas('hangup')).err).toContain(words.noCall)
  expect((await tamas('dial', '101')).err).toContain(errors.cannot_call_self)
  const nobody = await tamas('dial', '999')
  expect([nobody.code, nobody.out]).toEqual([1, ''])
  expect(nobody.err).toContain(errors.not_found)
  expect(await tamas('dial', '100')).toMatchObject({ code: 0, out: words.calling('Echo (100)') })
  await until('talks', isIn('conversation'))
  expect(await tamas('mute')).toMatchObject({ code: 0, out: words.muted })
  expect(await withoutDisplay('hold', 'on')).toMatchObject({ code: 0, out: words.held('Echo (100)') })
  const [call] = (await until('is held', ({ calls }) => calls[0]?.held === true)).calls
  expect(call).toMatchObject({ username: '100', direction: 'outbound', muted: true })
  expect(await tamas('quit')).toMatchObject({ code: 1 })
  expect((await tamas('status')).out).toContain('Echo (100)')
  expect(await withoutDisplay('hangup')).toMatchObject({ code: 0 })
  await until('the call is over', ({ calls }) => calls.length === 0)
  await expect.poll(() => microphonesInUse(world, a)).toEqual([])
  // All of that without a window.
  expect(await windowsShown(world, a)).toEqual([])

  const dialog = a.page.getByRole('dialog')
  for (const link of ['tel:100', 'callto:100', 'sip:100@pbx.example', 'SIPS:100@pbx.example']) {
    expect(await tamas('--', link)).toMatchObject({ code: 0 })
    await expect(dialog.getByRole('heading')).toHaveText(askedFor)
    await expect(dialog).toContainText(world.server.url.replace('https://', ''))
    await expect(dialog.getByRole('button', { name: ui.settings.cancel })).toBeFocused()
    await a.page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
  await tamas('--', 'tel:100;ext=7')
  await expect(dialog).toContainText(links.extension(isolateNumber('7')))
  await a.page.keyboard.press('Escape')
  await tamas('--', 'tel:not-a-number')
  await expect(dialog).toContainText(links.faults.damaged)
  await a.page.keyboard.press('Escape')
  // Words that a link brings are no command.
  await tamas('--', 'quit')
  expect(await tamas('show')).toMatchObject({ code: 0 })
  await until('none of that called', ({ calls }) => calls.length === 0)
})

test('a closed app is started by a command to dial, and by a link, which asks', async ({ phone, world }) => {
  const a = await phone('101', { settings: { ...rawSound, language: 'en' }, args: ['--', 'callto:100'] })
  const dialog = a.page.getByRole('dialog')
  await expect(dialog.getByRole('heading')).toHaveText(askedFor)
  const { tamas, withoutDisplay, status, until } = terminal(world, a)
  expect((await status()).calls).toEqual([])

  const process = a.app.process()
  expect(await tamas('quit')).toMatchObject({ code: 0, out: words.quitting })
  await expect.poll(() => process.exitCode).toBe(0)
  for (const word of ['status', 'show', 'hangup', 'quit']) {
    const { code, out, err } = await withoutDisplay(word)
    expect({ word, code, out }).toEqual({ word, code: 3, out: '' })
    expect(err).toContain(words.notRunning)
  }

  expect(await tamas('dial', '100')).toMatchObject({ code: 0, out: words.calling('Echo (100)') })
  await until('talks', isIn('conversation'))
  expect(await tamas('hangup')).toMatchObject({ code: 0 })
  await until('the call is over', ({ calls }) => calls.length === 0)
  expect(await tamas('quit')).toMatchObject({ code: 0 })
  await expect.poll(async () => (await tamas('status')).code).toBe(3)
  const heard = readFileSync(path.join(a.userData, 'logs/calls.jsonl'), 'utf8')
  expect(heard).toContain('conversation')
})
