// The screens that home and an incoming call don't need: fetched when they are opened, or when there is time.
import { Lazy } from './lazy.svelte.ts'

export const screens = {
  card: new Lazy(() => import('./screens/ContactCard.svelte')),
  form: new Lazy(() => import('./screens/ContactForm.svelte')),
  recents: new Lazy(() => import('./screens/Recents.svelte')),
  settings: new Lazy(() => import('./screens/Settings.svelte')),
  signIn: new Lazy(() => import('./screens/SignIn.svelte')),
  guest: new Lazy(() => import('./links/Guest.svelte')),
  question: new Lazy(() => import('./links/Question.svelte'))
}

/** For somebody signed in, in the order in which they are likely to be wanted. */
export const soonWanted = [screens.card, screens.recents, screens.question, screens.settings]

/** All of them at once: for tests, where nothing is waited for. */
export const loadAllScreens = async (): Promise<void> => {
  await Promise.all(Object.values(screens).map((screen) => screen.load()))
}
