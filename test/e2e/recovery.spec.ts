// The page of a phone dies in a call: it comes back, and the call with it.
import type { PhoneApp } from '../support/app/phone-app.ts'
import { waitFor } from '../support/desktop/wait.ts'
import { answerInNotification, dialFromTray, expectHeard, incomingOf } from './calls.ts'
import { expect, rawSound, test } from './fixtures.ts'

/** The process of the main window's page now; 0 while there is none. */
const rendererOf = ({ app }: PhoneApp): Promise<number> =>
  app.evaluate(({ webContents }) => {
    const page = webContents.getAllWebContents().find((each) => each.getURL().endsWith('/index.html'))
    return page === undefined || page.isCrashed() ? 0 : page.getOSProcessId()
  })

/** What the new page knows: asked through main, since the test's own connection to the page died with it. */
const callsOf = ({ app }: PhoneApp): Promise<readonly { readonly status: string }[]> =>
  app.evaluate(async ({ webContents }) => {
    const page = webContents.getAllWebContents().find((each) => each.getURL().endsWith('/index.html'))
    const loaded = (await page?.executeJavaScript('window.tamas.load({})')) as
      { value: { snapshot: { calls: { status: string }[] } } } | undefined
    return loaded?.value.snapshot.calls ?? []
  })

test('kill -9 of the renderer in a call: the page is back, the call is still there, both hear again', async ({
  phone,
  world
}) => {
  const [a, b] = await Promise.all([phone('101', { settings: rawSound }), phone('102', { settings: rawSound })])
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  await answerInNotification(world, await incomingOf(world, b))
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
  await expectHeard(a, b, 1000)

  const renderer = await rendererOf(b)
  process.kill(renderer, 'SIGKILL')
  await waitFor('another renderer', async () => {
    const next = await rendererOf(b)
    return next !== 0 && next !== renderer ? next : undefined
  })
  await waitFor('the call in the new page', async () =>
    (await callsOf(b)).some(({ status }) => status === 'conversation' || status === 'paused') ? true : undefined
  )
  await expectHeard(a, b, 1000)
  await expectHeard(b, a, 1000)
  expect(called.words().filter((word) => word.startsWith('finished'))).toEqual([])
  await world.desktop.tray.click(await b.trayItem(), ['Hang up'])
  await Promise.all([calling.waitFor('flushed/L'), called.waitFor('flushed/L')])
  expect(called.words().slice(-3)).toEqual(['finished/L', 'E(hangup)', 'flushed/L'])
  expect(calling.words().slice(-3)).toEqual(['finished', 'E(hangup)', 'flushed/L'])
})
