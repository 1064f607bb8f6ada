// Which screens have a picture in docs/screenshots, and how they are looked at. Draws nothing.
import type { StateName } from './states.ts'
import type { Look } from './visit.ts'

/** In the window as it opens. */
const compact: readonly StateName[] = [
  'sign-in',
  'contacts',
  'contacts-name',
  'contacts-empty',
  'contact-own',
  'contact-edit',
  'recents',
  'recents-empty',
  'past-call',
  'settings',
  'settings-display',
  'settings-sound',
  'settings-shortcuts',
  'check-found',
  'incoming',
  'ringing',
  'talking',
  'sound-poor',
  'sound-graphs',
  'second-call',
  'two-calls',
  'conference',
  'keypad',
  'more',
  'transfer-dialog',
  'paused',
  'ended',
  'do-not-disturb',
  'link-join',
  'guest-waiting'
]
/** List and detail side by side. */
const wide: readonly StateName[] = ['contact-own', 'past-call', 'talking', 'two-calls']
/** Windows of a size of their own. */
const small: readonly StateName[] = ['ring', 'ring-second', 'mini', 'mini-muted']

/** One state of each screen. */
export const mainStates: readonly StateName[] = [...compact, ...small]

export type Picture = {
  /** Below docs/screenshots. */
  readonly file: readonly [folder: string, name: string]
  readonly state: StateName
  readonly look: Look
}

/** The pictures in one language and theme. */
export const picturesIn = (locale: Look['locale'], theme: Look['theme']): readonly Picture[] => {
  const inFolder = (folder: string, states: readonly StateName[], size: Look['size']): readonly Picture[] =>
    states.map((state) => ({
      file: [folder, `${state}.${locale}.${theme}.png`],
      state,
      look: { size, locale, theme }
    }))
  return [
    ...inFolder('compact', compact, 'compact'),
    ...inFolder('wide', wide, 'wide'),
    ...inFolder('small', small, 'compact')
  ]
}
