// The small ring window: there while it rings, above everything, and never with the keyboard of whoever is typing.
import { catalogue } from '../../common/i18n/index.ts'
import { dialFromTray } from './calls.ts'
import { expect, test } from './fixtures.ts'

const { call, shell, ui } = catalogue('en')

test('it is shown without the focus, typing goes on where it was, and its Answer answers', async ({ phone, world }) => {
  const { desktop } = world
  const [caller, called, typing] = await Promise.all([phone('101'), phone('102'), phone('103')])
  await called.hideToTray()
  const field = typing.page.getByRole('textbox', { name: ui.home.search })
  const window = await desktop.waitForWindow('where one types', (w) => w.pid === typing.pid && w.visible)
  await desktop.focus(window)
  await field.focus()
  await desktop.type('before ')
  await expect(field).toHaveValue('before ')

  const [calling, ringing] = [caller.delegate.nextCall(), called.delegate.nextCall()]
  await dialFromTray(world, caller, '102')
  const page = await called.ringPage()
  await expect(page.getByRole('main', { name: ui.ring.label })).toContainText(call.incoming)
  await expect(page.getByRole('heading', { name: 'Sara Ahmadi' })).toBeVisible()
  const ring = await desktop.waitForWindow('the ring window', (w) => w.pid === called.pid && w.visible)
  const state = ['-id', String(ring.id), '-notype', '_NET_WM_STATE']
  await expect.poll(() => desktop.processes.run('xprop', state, { env: desktop.env })).toContain('_NET_WM_STATE_ABOVE')
  expect((await desktop.windows()).find(({ active }) => active)?.id).toBe(window.id)
  await desktop.type('and after')
  await expect(field).toHaveValue('before and after')
  await page.screenshot({ path: test.info().outputPath('ring-window.png') })
  await desktop.screenshot(test.info().outputPath('desktop-ringing.png'))

  const button = await page.getByRole('button', { name: shell.answer }).boundingBox()
  if (button === null) throw new Error('Answer is not drawn')
  await desktop.click({ x: ring.rect.x + button.x + button.width / 2, y: ring.rect.y + button.y + button.height / 2 })
  await Promise.all([calling.waitFor('conversation'), ringing.waitFor('conversation')])
  expect(ringing.words()).toEqual(['ringing/L', 'accepted/L', 'conversation'])
  await expect.poll(() => called.app.windows().some((each) => each.url().endsWith('/ring.html'))).toBe(false)
})

test('without it and without the notification the phone rings by its tone, and can be answered in its window', async ({
  phone,
  world
}) => {
  const [a, b] = await Promise.all([
    phone('101'),
    phone('102', { settings: { ringWindow: false, notifyIncoming: false } })
  ])
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  await called.waitFor('ringing/L')
  await b.waitForSnapshot('the ring tone', ({ tone }) => tone === 'ringing')
  expect(b.app.windows()).toHaveLength(1)
  expect(world.desktop.notifications.shown().filter(({ pid }) => pid === b.pid)).toEqual([])
  await b.page.getByRole('button', { name: shell.answer }).click()
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
})
