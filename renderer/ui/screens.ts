// The screens that home and an incoming call don't need: fetched when they are opened, or when there is time.
import { Lazy, loadWhenIdle } from './lazy.svelte.ts'

export const screens = {
  card: new Lazy(() => import('./screens/ContactCard.svelte')),
  importing: new Lazy(() => import('./screens/ImportContacts.svelte')),
  form: new Lazy(() => import('./screens/ContactForm.svelte')),
  recents: new Lazy(() => import('./screens/Recents.svelte')),
  past: new Lazy(() => import('./screens/RecentCard.svelte')),
  settings: new Lazy(() => import('./screens/Settings.svelte')),
  shortcuts: new Lazy(() => import('./screens/Shortcuts.svelte')),
  signIn: new Lazy(() => import('./screens/SignIn.svelte')),
  guest: new Lazy(() => import('./links/Guest.svelte')),
  log: new Lazy(() => import('./screens/LogDialog.svelte')),
  rate: new Lazy(() => import('./call/RateTalk.svelte')),
  question: new Lazy(() => import('./links/Question.svelte'))
}

/** The pages of the settings. */
export const settingsPages = {
  general: new Lazy(() => import('./screens/SettingsGeneral.svelte')),
  calls: new Lazy(() => import('./screens/SettingsCalls.svelte')),
  sound: new Lazy(() => import('./screens/SettingsSound.svelte')),
  shortcuts: new Lazy(() => import('./screens/SettingsShortcuts.svelte')),
  display: new Lazy(() => import('./screens/SettingsDisplay.svelte')),
  check: new Lazy(() => import('./screens/CheckCalls.svelte')),
  data: new Lazy(() => import('./screens/SettingsData.svelte')),
  about: new Lazy(() => import('./screens/SettingsAbout.svelte'))
}

/** For somebody signed in, in the order in which they are likely to be wanted; the returned function ends that. */
export const loadSoonWanted = (): (() => void) =>
  loadWhenIdle([screens.card, screens.recents, screens.question, screens.settings])

/** All of them at once: for tests, where nothing is waited for. */
export const loadAllScreens = async (): Promise<void> => {
  await Promise.all([...Object.values(screens), ...Object.values(settingsPages)].map((screen) => screen.load()))
}
