// `npm run demo`: one whole call on a virtual desktop, as a person would make it: dialled from the tray's menu, answered
// with the mouse in the real notification, talked, hung up. Prints what both phones' delegates hear, as they hear it, and
// saves pictures below .tamas/demo; with --readme the one of the talk becomes that of the README. Leaves nothing running.
import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { catalogue } from '../common/i18n/index.ts'
import { personLabel } from '../main/shell/people.ts'
import type { HeardEvent } from '../test/support/app/delegate-follower.ts'
import type { PhoneApp } from '../test/support/app/phone-app.ts'
import type { Desktop } from '../test/support/desktop/index.ts'
import { build } from './build.ts'
import { provision } from './provision/provision.ts'
import { isRoot } from './provision/paths.ts'
import { provisionTestUser, testUser } from './provision/test-user.ts'
import { readArguments } from './support/arguments.ts'
import { home, makeFolder } from './support/home.ts'
import { interrupted } from './support/interrupt.ts'
import { main } from './support/main.ts'
import { root } from './support/run.ts'
import { createTimeline } from './support/timeline.ts'

const words = catalogue('en')
const size = { width: 1280, height: 800 }
const width = 420
const places = [20, 460].map((x) => ({ x, y: 70, width, height: 690 }))
const column = 34
const everyMs = 20

// Longer than a phone takes from an event to its line in the log.
const holdMs = 500

/** Prints each delegate event once, in the order of their times: left the caller's, right those of the one called. */
const createColumns = (phones: readonly [PhoneApp, PhoneApp], startedAt: number) => {
  const timeline = createTimeline<HeardEvent>()
  const flush = (until: number): void => {
    const logs = phones.map(({ delegate }) => delegate.events())
    for (const { log, event } of timeline.upTo(logs, until)) {
      const text = `${String(event.at - startedAt).padStart(6)} ms  ${event.word}`
      console.log(log === 0 ? text : `${' '.repeat(column)}${text}`)
    }
  }
  const timer = setInterval(() => {
    flush(Date.now() - holdMs)
  }, everyMs)
  return {
    /** Prints what has come so far, before a line about something that happened after it. */
    flush: () => {
      flush(Infinity)
    },
    stop: () => {
      clearInterval(timer)
      flush(Infinity)
    }
  }
}

/** Resolves once the phone's window shows that the call is over, and has drawn it. */
const showsEnd = async ({ page }: PhoneApp): Promise<void> => {
  await page.getByRole('button', { name: words.ui.call.callAgain }).waitFor()
  await page.evaluate(
    'new Promise((drawn) => { requestAnimationFrame(() => { requestAnimationFrame(() => { drawn(null) }) }) })'
  )
}

const picture = async (desktop: Desktop, file: string): Promise<void> => {
  await desktop.screenshot(file)
  console.log(`${' '.repeat(8)}── ${path.relative(root, file)}`)
}

/** One call from its dialling to both phones having let go of it. */
const oneCall = async (desktop: Desktop, phones: readonly [PhoneApp, PhoneApp], shot: (name: string) => string) => {
  const [caller, receptor] = phones
  const { directory, locale } = await caller.waitForSnapshot('knows 102', (snapshot) =>
    snapshot.directory.some(({ username }) => username === '102')
  )
  const person = directory.find(({ username }) => username === '102')
  if (person === undefined) throw new Error('Nobody has the number 102')
  const entry = [words.shell.contacts, personLabel(locale, person)]
  const item = await caller.trayItem()
  await desktop.tray.waitForMenu(item, ({ children }) => children.some(({ label }) => label === words.shell.contacts))

  console.log(`\n${'101 (caller)'.padEnd(column)}102 (receptor)`)
  const calling = caller.delegate.nextCall()
  const called = receptor.delegate.nextCall()
  const columns = createColumns(phones, Date.now())
  try {
    await desktop.tray.click(item, entry)
    const notification = await desktop.notifications.waitForShown((n) => n.pid === receptor.pid)
    await calling.waitFor('ringing')
    // The ring window and the caller's page have drawn by the time the button is found at rest.
    await desktop.notifications.buttonOf(notification, 'answer')
    await receptor.ringPage()
    columns.flush()
    await picture(desktop, shot('ringing'))
    await desktop.notifications.clickAction(notification, 'answer')
    await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
    await Promise.all([caller.audio.playTone(440, 0.3), receptor.audio.playTone(660, 0.3)])
    const [heardThere, heardHere] = await Promise.all([
      receptor.audio.waitForTone(440, { timeoutMs: 10_000 }),
      caller.audio.waitForTone(660, { timeoutMs: 10_000 })
    ])
    columns.flush()
    const hertz = ({ frequencyHz }: { frequencyHz: number }): string => `${frequencyHz.toFixed(0)} Hz`
    console.log(`${' '.repeat(8)}── 102 hears ${hertz(heardThere)}, 101 hears ${hertz(heardHere)}`)
    const timer = (phone: PhoneApp) => phone.page.getByRole('timer').filter({ hasText: '0:03' }).waitFor()
    await Promise.all([timer(caller), timer(receptor)])
    await picture(desktop, shot('two-phones'))
    await desktop.tray.click(await caller.trayItem(), [words.shell.hangUp])
    await Promise.all([calling.waitFor('flushed/L'), called.waitFor('flushed/L')])
  } finally {
    columns.stop()
  }
  await Promise.all(phones.map(showsEnd))
  await picture(desktop, shot('after'))
}

const demo = async (folder: string, user: string | undefined, onOpened: (stop: () => Promise<void>) => void) => {
  // Part of the tests: loaded only now, since provisioning may have to bring what they need.
  const { startAudio } = await import('../test/support/audio/index.ts')
  const { placeApp } = await import('../test/support/app/built-app.ts')
  const { startPhoneApp } = await import('../test/support/app/phone-app.ts')
  const { startDesktop } = await import('../test/support/desktop/index.ts')
  const { startTestServer } = await import('../test/support/test-server.ts')
  const closers: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  onOpened(stop)
  const as = user === undefined ? {} : { user }
  const desktop = await startDesktop({ ...as, size })
  closers.push(desktop.stop)
  const audio = await startAudio(as)
  closers.push(audio.stop)
  const server = await startTestServer()
  closers.push(server.stop)
  const appFolder = placeApp(desktop)
  const open = async (username: string, index: number): Promise<PhoneApp> => {
    const bounds = places[index]
    const phone = await startPhoneApp({
      desktop,
      audio: await audio.phone(`phone-${username}`),
      user: username,
      name: username,
      appFolder,
      server: server.url,
      settings: { keepSignInWithoutKeyring: true },
      ...(bounds === undefined ? {} : { bounds })
    })
    closers.push(phone.close)
    return phone
  }
  const caller = await open('101', 0)
  const receptor = await open('102', 1)
  await oneCall(desktop, [caller, receptor], (name) => path.join(folder, `${name}.png`))
}

await main(async () => {
  const { readme } = readArguments({ readme: { type: 'boolean' } })
  const folder = path.join(home, 'demo')
  makeFolder(folder)
  await provision({ worker: true, electron: true, desktop: true })
  // Chromium's sandbox is for ordinary users only.
  if (isRoot) await provisionTestUser()
  const built = await build()
  if (built.length > 0) console.log(`Built ${built.join(', ')}.`)
  let stop = (): Promise<void> => Promise.resolve()
  const stopAsked = interrupted()
  try {
    const run = demo(folder, isRoot ? testUser : undefined, (stopAll) => {
      stop = stopAll
    })
    const how = await Promise.race([run.then(() => 'done' as const), stopAsked])
    if (how !== 'done') {
      run.catch(() => undefined)
      process.exitCode = 130
    } else if (readme === true) {
      const shown = 'two-phones.png'
      copyFileSync(path.join(folder, shown), path.join(root, 'docs/screenshots', shown))
    }
  } finally {
    await stop()
  }
})
