// Hand-made snapshots, one for each screen and state of the interface. Fakes for eyes and tests; nothing here is shipped.
import type { AppSnapshot } from '../../../common/snapshot.ts'
import { secondMs } from '../../../common/time.ts'
import { callStates } from './call-states.ts'
import { manyPeople } from './contacts.ts'
import { me, people } from './people.ts'
import { arash, base, defaultSettings, failure, guest, server, signedOut, talking, type Make } from './state-parts.ts'

const makers = {
  'sign-in': () => ({ account: { state: 'signedOut', lastServer: '', lastUsername: '', error: null } }),
  'sign-in-expired': () => ({
    account: { state: 'signedOut', lastServer: server, lastUsername: '', error: failure('unauthenticated') }
  }),
  'sign-in-busy': () => ({ account: { state: 'signingIn', server, username: '102' } }),
  contacts: () => ({}),
  'contacts-name': () => ({}),
  'contacts-number': () => ({}),
  'contacts-other-keys': () => ({}),
  'contacts-nobody': () => ({}),
  'contacts-empty': () => ({ directory: [me], favourites: [], missed: 0 }),
  'contacts-own': () => ({ missed: 0 }),
  'contacts-many': () => ({ missed: 0, directory: manyPeople(10_000), favourites: ['20003', '20001', '20007'] }),
  'contacts-many-found': () => ({ missed: 0, directory: manyPeople(10_000), favourites: ['20003'] }),
  'contacts-moved': () => ({ missed: 0, favourites: ['101', '100', '104'] }),
  'contacts-menu': () => ({ missed: 0 }),
  'contacts-import': () => ({ missed: 0 }),
  'contacts-import-look': () => ({ missed: 0 }),
  'contacts-import-problem': () => ({ missed: 0 }),
  'contacts-import-stopped': () => ({ missed: 0 }),
  'contacts-import-done': () => ({ missed: 0 }),
  'contacts-loading': () => ({ missed: 0, directory: [], favourites: [], link: { state: 'connected' } }),
  'contacts-away': (now) => ({
    missed: 0,
    directory: [],
    favourites: [],
    recents: [],
    link: { state: 'disconnected', was: 'never', since: now - 12 * secondMs, nextTryAt: now }
  }),
  'contact-own': () => ({ missed: 0 }),
  'contact-joined': () => ({ missed: 0 }),
  'contact-remove': () => ({ missed: 0 }),
  'contact-new': () => ({ missed: 0 }),
  'contact-edit': () => ({ missed: 0 }),
  'contact-wrong': () => ({ missed: 0 }),
  'contact-not-saved': () => ({ missed: 0 }),
  'contact-discard': () => ({ missed: 0 }),
  'contact-clash': () => ({ missed: 0 }),
  'contact-card': () => ({ missed: 0 }),
  recents: () => ({}),
  'recents-empty': () => ({ recents: [], missed: 0 }),
  'recents-missed': () => ({ missed: 0 }),
  'recents-found': () => ({ missed: 0 }),
  'recents-other-keys': () => ({ missed: 0 }),
  'recents-nobody': () => ({ missed: 0 }),
  'recents-failed': () => ({ recents: [], missed: 0 }),
  'recents-kept': (now) => ({
    missed: 0,
    link: { state: 'disconnected', was: 'joined', since: now - 12 * secondMs, nextTryAt: now }
  }),
  'recents-tools': () => ({ missed: 0 }),
  'recents-clear': () => ({ missed: 0 }),
  'recents-removed': () => ({ missed: 0 }),
  'past-call': () => ({ missed: 0 }),
  'past-calls': () => ({ missed: 0 }),
  settings: () => ({ missed: 0 }),
  'settings-missing-device': () => ({
    missed: 0,
    account: { state: 'signedIn', server, user: me, remembered: false },
    settings: { ...defaultSettings, microphone: 'gone', keepSignInWithoutKeyring: true }
  }),
  check: () => ({ missed: 0 }),
  'check-speaking': () => ({ missed: 0 }),
  'check-asking': () => ({ missed: 0 }),
  'check-found': () => ({ missed: 0, directory: people.filter(({ kind }) => kind !== 'echo') }),
  'sign-out': () => ({ missed: 0 }),
  keyring: () => ({ account: { state: 'signedIn', server, user: me, remembered: false } }),
  connecting: () => ({ link: { state: 'connected' } }),
  reconnecting: (now) => ({
    link: { state: 'disconnected', was: 'joined', since: now - 12 * secondMs, nextTryAt: now }
  }),
  'link-failed': () => ({ link: { state: 'failed', error: failure('unauthenticated') } }),
  toast: () => ({}),
  'do-not-disturb': () => ({ missed: 0, preferences: { callWaiting: true, doNotDisturb: 'silent' } }),
  'settings-calls': () => ({ missed: 0, blocked: ['103', '+982188776655', '999'] }),
  'contact-blocked': () => ({ missed: 0, blocked: ['101'] }),
  'link-join': () => ({
    account: signedOut,
    question: { id: 'q', kind: 'join', server, known: false, peer: null, step: 'ask', trouble: null }
  }),
  'link-joining': () => ({
    account: signedOut,
    question: { id: 'q', kind: 'join', server, known: true, peer: null, step: 'joining', trouble: null }
  }),
  'link-join-own': () => ({
    question: { id: 'q', kind: 'join', server, known: true, peer: arash, step: 'ask', trouble: null }
  }),
  'link-other-account': () => ({
    question: { id: 'q', kind: 'join', server, known: true, peer: null, step: 'otherAccount', trouble: null }
  }),
  'link-not-here': () => ({
    question: { id: 'q', kind: 'join', server, known: true, peer: null, step: 'notHere', trouble: null }
  }),
  'link-dial': () => ({
    question: { id: 'q', kind: 'dial', to: '101', extension: '24', step: 'ask', trouble: 'disconnected' }
  }),
  'link-not-joined': () => ({
    account: signedOut,
    question: { id: 'q', kind: 'notJoined', server, result: 'failed_to_connect' }
  }),
  'link-fault': () => ({ question: { id: 'q', kind: 'fault', fault: 'damaged' } }),
  'link-left': () => ({ account: signedOut, question: { id: 'q', kind: 'left', began: true } }),
  'guest-waiting': () => ({ account: guest }),
  'guest-talking': (now) => ({ account: guest, calls: [talking(now)] }),
  'settings-general': () => ({ missed: 0 }),
  'settings-links': () => ({ missed: 0 }),
  'settings-display': () => ({ missed: 0 }),
  'settings-data': () => ({ missed: 0 }),
  'settings-about': () => ({ missed: 0 }),
  log: () => ({ missed: 0 }),
  'log-found': () => ({ missed: 0 }),
  'log-chosen': () => ({ missed: 0 }),
  'log-empty': () => ({ missed: 0 }),
  'log-failed': () => ({ missed: 0 }),
  'log-of-call': () => ({ missed: 0 }),
  'log-of-call-gone': () => ({ missed: 0 }),
  'settings-update-refused': () => ({ missed: 0, update: { at: 'failed', fault: 'damaged' } }),
  'update-command': () => ({
    missed: 0,
    update: {
      at: 'ready',
      version: '0.2.0',
      way: { by: 'command', command: 'sudo apt install ~/.cache/tamas-updater/pending/tamas_0.2.0_amd64.deb' }
    }
  }),
  shortcuts: () => ({ missed: 0 }),
  'settings-shortcuts': () => ({
    missed: 0,
    settings: {
      ...defaultSettings,
      keysAnswer: 'Control+Alt+A',
      keysMute: 'MediaPlayPause',
      keysDial: 'Control+Shift+F12'
    },
    refusedKeys: ['dial']
  }),
  'settings-shortcuts-choosing': () => ({ missed: 0 }),
  'settings-sound': () => ({ missed: 0 }),
  'settings-sound-silent': () => ({
    missed: 0,
    settings: { ...defaultSettings, ringtone: 'silent', ringer: 'gone', ringerLabel: 'Jabra Evolve2 65 Stereo' }
  }),
  'settings-sound-headsets': () => ({ missed: 0 }),
  'settings-sound-try': () => ({ missed: 0 }),
  'settings-sound-call': (now) => ({ missed: 0, calls: [talking(now)] }),
  ...callStates
} satisfies Record<string, Make>

export type StateName = keyof typeof makers
export const stateNames = Object.keys(makers) as StateName[]

export const isStateName = (name: string): name is StateName => name in makers

/** The snapshot of a state, in a language and a theme. */
export const snapshotOf = (
  name: StateName,
  locale: AppSnapshot['locale'],
  theme: AppSnapshot['settings']['theme'],
  now: number
): AppSnapshot => {
  const make: Make = makers[name]
  const snapshot = { ...base(now), ...make(now), locale }
  return { ...snapshot, settings: { ...snapshot.settings, theme, language: locale } }
}
