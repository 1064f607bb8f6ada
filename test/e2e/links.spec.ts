// A link to a call from outside: it starts the app, or reaches the one that runs, and leads to a question. Joined, the call
// is talked in by somebody who never signed in; after it there is nothing left of that.
import { mkdtemp, rm } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { callOrdered } from '../../common/protocol/back-end.ts'
import { catalogue } from '../../common/i18n/index.ts'
import { electronPath } from '../../scripts/provision/paths.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { createAsk, mintTokens } from '../support/server/application.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { answerInNotification, expectHeard, incomingOf, microphonesInUse } from './calls.ts'
import { expect, rawSound, test, type World } from './fixtures.ts'

const { links, ui } = catalogue('en')

let server: TestServer
let dataDir: string
let ask: ReturnType<typeof createAsk>

test.beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'tamas-e2e-links-'))
  const [token = ''] = await mintTokens(dataDir, 'demo')
  server = await startTestServer({ TAMAS_DATA_DIR: dataDir })
  ask = createAsk(server.url, token)
})
test.afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const order = async () =>
  callOrdered.parse((await ask('POST', '/calls', { caller: { username: '101' }, receptor: { username: '102' } })).body)
/** What the system does with a link while the app runs: starts it once more. */
const openFromOutside = async ({ desktop, appFolder }: World, { userData }: PhoneApp, link: string): Promise<void> => {
  await desktop.processes.run(electronPath(), [appFolder, `--user-data-dir=${userData}`, '--', link], {
    env: desktop.env,
    timeoutMs: 20_000
  })
}

test('a link opens the app with a question; joined from the next one, a guest talks, and is signed out after it', async ({
  phone,
  world
}) => {
  const b = await phone('102', { server: server.url, settings: rawSound })
  const first = await order()
  const a = await phone('101', {
    server: null,
    settings: { ...rawSound, language: 'en' },
    args: ['--', first.joinLinks.caller]
  })
  const dialog = a.page.getByRole('dialog')
  await expect(dialog.getByRole('heading')).toHaveText(links.joinTitle)
  await expect(dialog).toContainText(server.url.replace('https://', ''))
  await expect(dialog.getByRole('button', { name: ui.settings.cancel })).toBeFocused()
  await a.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect((await ask('GET', `/calls/${first.id}`)).body).toMatchObject({ status: 'new' })
  await ask('DELETE', `/calls/${first.id}`)

  const { id, joinLinks, caller } = await order()
  await openFromOutside(world, a, joinLinks.caller)
  await dialog.getByRole('button', { name: links.join }).click()
  await answerInNotification(world, await incomingOf(world, b))
  await a.waitForSnapshot(
    'talks as a guest',
    ({ account, calls }) =>
      account.state === 'guest' && calls.some(({ status, callId }) => status === 'conversation' && callId === id)
  )
  await Promise.all([expectHeard(a, b, 700), expectHeard(b, a, 900)])
  await a.page.getByRole('button', { name: ui.call.hangUp }).click()
  await expect(a.page.getByText(links.over)).toBeVisible({ timeout: 20_000 })
  await expect(a.page.getByLabel(ui.signIn.password, { exact: true })).toBeVisible()
  await expect.poll(() => microphonesInUse(world, a)).toEqual([])
  expect(a.logLines(caller.joinCode)).toEqual([])
  expect(a.logLines(first.caller.joinCode)).toEqual([])
  expect(readFileSync(path.join(a.userData, 'logs/calls.jsonl'), 'utf8')).not.toContain(caller.joinCode)
})
