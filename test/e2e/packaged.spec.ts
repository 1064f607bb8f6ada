// The packed app, as it would be given to people: starts from its own folder, signs in by its window and calls Echo.
import { cpSync } from 'node:fs'
import path from 'node:path'
import { catalogue } from '../../common/i18n/index.ts'
import { runNode } from '../../scripts/support/run.ts'
import { expectHeard, microphonesInUse } from './calls.ts'
import { expect, rawSound, test } from './fixtures.ts'

const { ui } = catalogue('en')

test('the packed app signs in by its window, calls Echo from the tray and hears itself', async ({ phone, world }) => {
  test.setTimeout(180_000)
  const { desktop, server } = world
  const packed = await runNode(['scripts/package.ts'], { timeoutMs: 120_000 })
  const made = packed.output.trim().split('\n').at(-1) ?? ''
  expect(packed.code, packed.output).toBe(0)
  // A clone may lie where the desktop's user can't look.
  const folder = desktop.processes.folder(path.join(desktop.dir, 'packed'))
  cpSync(path.dirname(made), folder, { recursive: true, verbatimSymlinks: true })

  const a = await phone('101', {
    executable: path.join(folder, path.basename(made)),
    server: null,
    settings: rawSound
  })
  expect(await a.app.evaluate(({ app }) => app.isPackaged)).toBe(true)
  await a.page.getByLabel(ui.signIn.server).fill(server.url)
  await a.page.getByLabel(ui.signIn.username).fill('101')
  await a.page.getByLabel(ui.signIn.password, { exact: true }).fill('wrong')
  await a.page.getByRole('button', { name: ui.signIn.submit }).click()
  await expect(a.page.getByRole('form').getByRole('alert')).toContainText(catalogue('en').errors.invalid_credentials)
  await a.page.getByLabel(ui.signIn.password, { exact: true }).fill('demo-101')
  await a.page.getByRole('button', { name: ui.signIn.submit }).click()
  await a.waitUntilJoined()

  const calling = a.delegate.nextCall()
  const item = await a.trayItem()
  // Icons come out of the package too.
  expect(item.pixmap?.data.some((byte) => byte !== 0)).toBe(true)
  await desktop.tray.waitForMenu(item, ({ children }) => children.some(({ label }) => label === 'Contacts'))
  await desktop.tray.click(item, ['Contacts', 'Echo (100)'])
  await calling.waitFor('conversation')
  await expect(a.page.getByRole('region', { name: ui.call.label }).getByRole('timer')).toBeVisible()
  await expectHeard(a, a, 1000)
  await a.page.getByRole('button', { name: ui.call.hangUp }).click()
  await calling.waitForAll(['trying', 'ringing', 'accepted', 'conversation', 'finished/L', 'E(hangup)', 'flushed/L'])
  await expect.poll(() => microphonesInUse(world, a)).toEqual([])
})
