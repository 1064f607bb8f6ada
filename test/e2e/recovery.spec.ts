// The page of a phone dies in a call, or its whole machine sleeps: it comes back, and the call with it.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
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

/** The words of the page that is there now. */
const wordsOf = ({ app }: PhoneApp): Promise<string> =>
  app.evaluate(async ({ webContents }) => {
    const page = webContents.getAllWebContents().find((each) => each.getURL().endsWith('/index.html'))
    return String(await page?.executeJavaScript('document.body.innerText'))
  })
/** What is kept of crashes, as text. */
const notesOf = ({ userData }: PhoneApp): readonly string[] =>
  readdirSync(path.join(userData, 'crashes'))
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(path.join(userData, 'crashes', name), 'utf8'))

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
  await waitFor('the page says that it was gone', async () =>
    (await wordsOf(b)).includes('This window stopped unexpectedly') ? true : undefined
  )
  expect(notesOf(b)).toEqual([expect.stringMatching(/^tamas [^\n]+\ntime \S+\nwhat page\nreason \w+ exitCode=\d+\n$/)])
  await Promise.all([expectHeard(a, b, 1000), expectHeard(b, a, 1300)])
  expect(called.words().filter((word) => word.startsWith('finished'))).toEqual([])
  await world.desktop.tray.click(await b.trayItem(), ['Hang up'])
  await Promise.all([calling.waitFor('flushed/L'), called.waitFor('flushed/L')])
  expect(called.words().slice(-3)).toEqual(['finished/L', 'E(hangup)', 'flushed/L'])
  expect(calling.words().slice(-3)).toEqual(['finished', 'E(hangup)', 'flushed/L'])
})

/** A process and all that it has started, with what those have started. */
const withChildren = (pid: number): readonly number[] => {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name in parentheses may hold anything; the parent is the second field behind it.
        const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
        return [{ pid: Number(name), parent: Number(parent) }]
      } catch {
        return []
      }
    })
  const below = (of: number): readonly number[] =>
    parents.flatMap((each) => (each.parent === of ? [each.pid, ...below(each.pid)] : []))
  return [pid, ...below(pid)]
}

test('a machine that sleeps for 20 s in a call wakes up in it, and both hear again', async ({ phone, world }) => {
  test.setTimeout(120_000)
  const [a, b] = await Promise.all([phone('101', { settings: rawSound }), phone('102', { settings: rawSound })])
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  await answerInNotification(world, await incomingOf(world, b))
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
  await expectHeard(a, b, 1000)

  const asleep = withChildren(b.pid)
  expect(asleep.length).toBeGreaterThan(2)
  for (const pid of asleep) process.kill(pid, 'SIGSTOP')
  try {
    await Promise.all([calling.waitFor('paused', { timeoutMs: 25_000 }), delay(20_000)])
  } finally {
    for (const pid of asleep) process.kill(pid, 'SIGCONT')
  }
  await b.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  const wokeAt = performance.now()
  await a.audio.playTone(1000, 0.5)
  await b.audio.waitForTone(1000, { timeoutMs: 25_000 })
  process.stdout.write(`slept 20 s: sound was back ${Math.round(performance.now() - wokeAt)} ms after waking up\n`)
  await a.audio.stop()
  await expectHeard(b, a, 1000)
  expect(b.logLines('the machine is awake again')).toHaveLength(1)
  for (const call of [calling, called]) {
    await expect.poll(() => call.words().at(-1), { timeout: 20_000 }).toBe('conversation')
    expect(call.words().filter((word) => word.startsWith('finished'))).toEqual([])
  }
  await world.desktop.tray.click(await b.trayItem(), ['Hang up'])
  await Promise.all([calling.waitFor('flushed/L'), called.waitFor('flushed/L')])
})
