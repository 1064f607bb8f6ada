// Tests the virtual desktop and the test audio themselves, without the app: what the other end-to-end tests stand on.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { startAudio } from '../support/audio/index.ts'
import { compareEnvelopes, measureTone } from '../support/audio/measure.ts'
import { speechLike } from '../support/audio/signals.ts'
import { type Bus, connectBus, variant } from '../support/desktop/bus.ts'
import { type Desktop, startDesktop } from '../support/desktop/index.ts'
import { waitFor } from '../support/desktop/wait.ts'

const user = process.getuid?.() === 0 ? { user: 'tamas-test' } : {}
const DAEMON = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications'
}
const ACTIONS = ['default', 'Open', 'answer', 'پاسخ', 'decline', 'Decline']

async function notify(bus: Bus, summary: string): Promise<number> {
  const body = ['Self-test', 0, 'call-start', summary, 'from 101 &amp; co', ACTIONS, { urgency: variant('y', 2) }, 0]
  const [id] = await bus.call({ ...DAEMON, member: 'Notify', signature: 'susssasa{sv}i', body })
  return Number(id)
}

function processesWith(marker: NodeJS.ProcessEnv): string[] {
  const needle = Object.entries(marker).map(([key, value]) => `${key}=${String(value)}\0`)[0] ?? ''
  return readdirSync('/proc').filter((entry) => {
    try {
      return /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/environ`, 'latin1').includes(needle)
    } catch {
      return false
    }
  })
}

test.describe('a desktop', () => {
  let desktop: Desktop
  let bus: Bus

  test.beforeAll(async () => {
    desktop = await startDesktop(user)
    bus = await connectBus(desktop.busAddress)
  })
  test.afterAll(async () => {
    bus.close()
    await desktop.stop()
  })

  for (const action of ['answer', 'decline', 'default']) {
    test(`the drawn button of "${action}" is clicked with the mouse`, async () => {
      const id = await notify(bus, `Call to ${action}`)
      const shown = await desktop.notifications.waitForShown((n) => n.id === id)
      expect(shown).toMatchObject({ pid: process.pid, app: 'Self-test', hints: { urgency: 2 }, replaces: 0 })
      expect(await desktop.notifications.clickAction(shown, action)).toMatchObject({ id, action, fromDaemon: true })
      expect(await desktop.notifications.waitForClosed(id)).toMatchObject({ reason: 'dismissed' })
      expect(desktop.notifications.shown()).toEqual([])
    })
  }

  test('of two notifications the right one is clicked; the other can be withdrawn', async () => {
    const [first, second] = [await notify(bus, 'First'), await notify(bus, 'Second')]
    const shown = await desktop.notifications.waitForShown((n) => n.id === second)
    expect(await desktop.notifications.clickAction(shown, 'decline')).toMatchObject({ id: second })
    await bus.call({ ...DAEMON, member: 'CloseNotification', signature: 'u', body: [first] })
    expect(await desktop.notifications.waitForClosed(first)).toMatchObject({ reason: 'withdrawn' })
  })

  test('a forged click is known as such', async () => {
    const id = await notify(bus, 'Forged')
    await desktop.notifications.waitForShown((n) => n.id === id)
    desktop.notifications.forge('ActionInvoked', id, 'answer')
    const event = await waitFor('the forgery', () =>
      desktop.notifications.events().find((e) => e.kind === 'invoked' && e.id === id)
    )
    expect(event).toMatchObject({ fromDaemon: false })
    await bus.call({ ...DAEMON, member: 'CloseNotification', signature: 'u', body: [id] })
    await desktop.notifications.waitForClosed(id)
  })

  test('has a tray without icons, a panel, and takes pictures', async () => {
    expect(await desktop.tray.items()).toEqual([])
    expect((await desktop.windows()).some((w) => w.title === 'xfce4-panel' && w.visible)).toBe(true)
    const path = test.info().outputPath('desktop.png')
    await desktop.screenshot(path)
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG')
  })

  test('runs programs as its user', async () => {
    const whoami = (await desktop.processes.run('id', ['-un'], { env: desktop.env })).trim()
    expect(whoami).toBe(user.user ?? execFileSync('id', ['-un']).toString().trim())
    const launched = execFileSync(desktop.launcher('/usr/bin/printenv'), ['HOME'], { env: desktop.env })
      .toString()
      .trim()
    expect(launched).toBe(desktop.home)
  })
})

test('desktops live side by side and leave nothing behind, not even a program that ignores being asked', async () => {
  const desktops = await Promise.all([startDesktop(user), startDesktop(user)])
  expect(new Set(desktops.map((d) => d.display)).size).toBe(2)
  const [stubborn] = desktops
  stubborn.processes.daemon(
    'sh',
    ['-c', 'trap "" TERM HUP; setsid sh -c "trap \\"\\" TERM; sleep 600 & wait" & wait'],
    {
      env: stubborn.env,
      logFile: `${stubborn.logs}/stubborn.log`
    }
  )
  await waitFor('the stubborn program', () =>
    processesWith(stubborn.processes.marker).some((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep')
    )
      ? true
      : undefined
  )
  await Promise.all(desktops.map((d) => d.stop()))
  for (const { processes, dir, env } of desktops) {
    expect(processesWith(processes.marker)).toEqual([])
    expect(existsSync(dir)).toBe(false)
    expect(existsSync(env['XDG_RUNTIME_DIR'] ?? '')).toBe(false)
  }
})

test('phones have their own sound, on one clock', async () => {
  const audio = await startAudio(user)
  try {
    const [a, b] = [await audio.phone('a'), await audio.phone('b')]
    await a.playTone(1000, 0.5)
    await b.playTone(440, 0.25)
    const recorded = await audio.recordTogether([a.microphone, b.microphone, a.speaker], 0.5)
    const [toneA, toneB, quiet] = recorded.map((samples) => measureTone(samples))
    expect(toneA?.frequencyHz).toBeCloseTo(1000, 0)
    expect(toneA?.level).toBeCloseTo(0.5, 2)
    expect(toneB?.frequencyHz).toBeCloseTo(440, 0)
    expect(toneB?.level).toBeCloseTo(0.25, 2)
    expect(quiet?.rms).toBe(0)
    await Promise.all([a.stop(), b.stop()])

    // A wire in place of a call: what a's microphone hears, b's loudspeaker plays.
    const wire = [
      'load-module',
      'module-loopback',
      `source=${a.microphone.name}`,
      `sink=${b.speaker.name}`,
      'latency_msec=40'
    ]
    const pactl = (...args: string[]): string =>
      execFileSync('pactl', args, { env: { ...process.env, ...a.env } }).toString()
    const wired = pactl(...wire).trim()
    try {
      await a.playTone(1000, 0.5)
      const heard = await b.waitForTone(1000)
      expect(heard.level).toBeGreaterThan(0.2)
      await a.stop()
      await b.waitForSilence()
      const latencies = await audio.measureDelays(a, b, 5)
      expect(latencies.length).toBeGreaterThan(0)
      process.stdout.write(`a wire in place of a call: ${latencies.map((each) => each.toFixed(0)).join(' ')} ms\n`)
      const said = speechLike(0.5, 3)
      const recording = b.record(4.5)
      await a.playSamples(said)
      expect(compareEnvelopes(said, (await recording).samples).correlation).toBeGreaterThan(0.9)
    } finally {
      pactl('unload-module', wired)
    }
  } finally {
    await audio.stop()
  }
})
