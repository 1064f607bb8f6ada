// The steps that several specs have in common: dialling, answering, listening. Each waits for the fact that it is about.
import { catalogue, nameIn } from '../../common/i18n/index.ts'
import { personLabel } from '../../main/shell/people.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import type { ShownNotification } from '../support/desktop/notifications.ts'
import { expect, type World } from './fixtures.ts'

/** Clicks the person's entry among the contacts of the tray's menu, as the panel does. */
export const dialFromTray = async ({ desktop }: World, from: PhoneApp, to: string): Promise<void> => {
  const { directory, locale } = await from.waitForSnapshot(`knows ${to}`, (snapshot) =>
    snapshot.directory.some(({ username }) => username === to)
  )
  const person = directory.find(({ username }) => username === to)
  if (person === undefined) throw new Error(`Nobody has the number ${to}`)
  const path = [catalogue(locale).shell.contacts, personLabel(locale, person)] as const
  const item = await from.trayItem()
  await desktop.tray.waitForMenu(item, ({ children }) =>
    children.some(
      ({ label, children: people }) => label === path[0] && people.some((p) => p.label === path[1] && p.enabled)
    )
  )
  // The menu is made anew when somebody comes or goes; an entry of the one before can't be clicked any more.
  await expect(() => desktop.tray.click(item, path)).toPass({ timeout: 10_000 })
}

/** The titles of a phone's windows on the screen, but for the small one that accompanies a notification. */
export const windowsShown = async ({ desktop }: World, { pid }: PhoneApp): Promise<readonly string[]> =>
  (await desktop.windowsOf(pid))
    .filter(({ visible, title }) => visible && title !== catalogue('en').shell.ringWindowTitle)
    .map(({ title }) => title)

/** The notification of an incoming call, once the daemon has drawn it. */
export const incomingOf = ({ desktop }: World, { pid }: PhoneApp): Promise<ShownNotification> =>
  desktop.notifications.waitForShown((n) => n.pid === pid && n.hints['category'] === 'call.incoming', {
    timeoutMs: 10_000
  })

/** Clicks the drawn Answer with the mouse. */
export const answerInNotification = async ({ desktop }: World, notification: ShownNotification): Promise<void> => {
  await desktop.notifications.clickAction(notification, 'answer')
}

/** A tone into one phone's microphone is heard at the other's loudspeaker, as high and about as loud as it was. */
export const expectHeard = async (
  from: Pick<PhoneApp, 'audio'>,
  to: Pick<PhoneApp, 'audio'>,
  frequencyHz: number
): Promise<void> => {
  const level = 0.5
  await from.audio.playTone(frequencyHz, level)
  try {
    const heard = await to.audio.waitForTone(frequencyHz, { minimumLevel: level * 0.8, timeoutMs: 10_000 })
    expect(Math.abs(heard.frequencyHz - frequencyHz)).toBeLessThanOrEqual(5)
    expect(heard.level).toBeGreaterThan(level * 0.8)
    expect(heard.level).toBeLessThan(level * 1.2)
  } finally {
    await from.audio.stop()
  }
}

/** The microphones of these phones that a program records from now. */
export const microphonesInUse = async (
  { desktop, audio }: World,
  ...phones: readonly PhoneApp[]
): Promise<readonly string[]> => {
  const env = { PATH: process.env['PATH'], HOME: desktop.home, LANG: 'C.UTF-8', PULSE_SERVER: audio.server }
  const list = async (what: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
    JSON.parse(await desktop.processes.run('pactl', ['--format=json', 'list', what], { env })) as Record<
      string,
      unknown
    >[]
  const [sources, outputs] = await Promise.all([list('sources'), list('source-outputs')])
  const recorded = outputs.map(({ source }) => sources.find(({ index }) => index === source)?.['name'])
  return phones.map(({ audio: devices }) => devices.microphone.name).filter((name) => recorded.includes(name))
}

/** A person's name as the phone's language writes it. */
export const nameOf = async (phone: PhoneApp, username: string): Promise<string> => {
  const { directory, locale } = await phone.snapshot()
  const person = directory.find((entry) => entry.username === username)
  return person === undefined ? username : nameIn(locale, person.names)
}
