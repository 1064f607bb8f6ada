// Hand-made snapshots, one for each screen and state of the interface. Fakes for eyes and tests; nothing here is shipped.
import { fail } from '../../../common/result.ts'
import type { AppSnapshot, CallView } from '../../../common/snapshot.ts'
import { minuteMs, secondMs } from '../../../common/time.ts'
import type { Outcome, Settings } from '../../../common/types.ts'
import { manyPeople } from './contacts.ts'
import { echo, me, people, recents, sara } from './people.ts'

// Not the schema's own: pages never load it.
const defaultSettings: Settings = {
  language: 'system',
  digits: 'auto',
  calendar: 'auto',
  theme: 'system',
  microphone: 'default',
  speaker: 'default',
  ringer: 'default',
  microphoneLabel: '',
  speakerLabel: '',
  ringerLabel: '',
  echoCancellation: true,
  noiseSuppression: true,
  autoGain: true,
  ringtone: 'bells',
  ringVolume: 0.8,
  notifyIncoming: true,
  ringWindow: true,
  raiseOnIncoming: false,
  closeToTray: true,
  miniWindow: true,
  startAtLogin: false,
  keepSignInWithoutKeyring: false
}
const server = 'https://calls.example.org'
const nothing: CallView['can'] = {
  answer: false,
  decline: false,
  hangUp: false,
  mute: false,
  hold: false,
  resume: false,
  dtmf: false,
  transfer: false,
  cancelTransfer: false,
  merge: false,
  split: false,
  move: false,
  join: false
}
const inCall: CallView['can'] = { ...nothing, hangUp: true, mute: true }
const inTalk: CallView['can'] = { ...inCall, hold: true, dtmf: true, transfer: true, move: true }
const failure = (code: Parameters<typeof fail>[0]) => fail(code).error

const base = (now: number): AppSnapshot => ({
  version: '0.1.0',
  locale: 'en',
  account: { state: 'signedIn', server, user: me, remembered: true },
  link: { state: 'joined' },
  calls: [],
  tone: 'none',
  directory: people,
  availability: {
    'user-101': 'available',
    'user-103': 'in_call',
    'user-104': 'do_not_disturb',
    'user-105': 'available',
    'user-reception': 'available'
  },
  favourites: ['101', '100'],
  recents: recents(now),
  missed: 2,
  settings: defaultSettings,
  preferences: { callWaiting: true, doNotDisturb: 'off' },
  blocked: [],
  contactsRev: 0,
  question: null
})

const call = (changed: Partial<CallView>): CallView => ({
  session: 's1',
  callId: 'n1.c1',
  direction: 'outbound',
  peer: sara,
  status: 'trying',
  floor: true,
  muted: false,
  peerMuted: false,
  held: { mine: false, theirs: false },
  waiting: false,
  silent: false,
  moving: false,
  joinable: false,
  conference: [],
  transfer: null,
  transferFailed: null,
  media: { mine: 'connected', theirs: 'connected' },
  talk: { ms: 0, since: null },
  maxDurationMs: null,
  timeLeft: 'enough',
  can: inCall,
  trouble: null,
  end: null,
  ...changed
})
const incoming = (changed: Partial<CallView> = {}): CallView =>
  call({
    direction: 'inbound',
    status: 'ringing',
    floor: false,
    can: { ...nothing, answer: true, decline: true },
    ...changed
  })
const talking = (now: number, changed: Partial<CallView> = {}): CallView =>
  call({
    status: 'conversation',
    talk: { ms: 0, since: now - 12 * minuteMs - 5 * secondMs },
    can: inTalk,
    ...changed
  })
/** A call that was put on hold here. */
const held = (now: number, changed: Partial<CallView> = {}): CallView =>
  talking(now, {
    floor: false,
    held: { mine: true, theirs: false },
    can: { ...inCall, resume: true, transfer: true, move: true },
    ...changed
  })
const arash = people[3] ?? sara
const niloufar = people[4] ?? sara
const mergeable = { ...inTalk, merge: true }
const merged = { ...inCall, hold: true, dtmf: true, split: true }
const ended = (outcome: Outcome, ms: number): CallView =>
  call({
    status: 'finished',
    floor: false,
    can: nothing,
    talk: { ms, since: null },
    end: { reason: 'hangup', by: 'receptor', at: 0, outcome }
  })

const signedOut: AppSnapshot['account'] = { state: 'signedOut', lastServer: '', error: null }
const guest: AppSnapshot['account'] = { state: 'guest', server, user: me, callId: 'n1.c1' }

type Make = (now: number) => Partial<AppSnapshot>

const makers = {
  'sign-in': () => ({ account: { state: 'signedOut', lastServer: '', error: null } }),
  'sign-in-expired': () => ({
    account: { state: 'signedOut', lastServer: server, error: failure('unauthenticated') }
  }),
  'sign-in-busy': () => ({ account: { state: 'signingIn', server, username: '102' } }),
  contacts: () => ({}),
  'contacts-name': () => ({}),
  'contacts-number': () => ({}),
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
  'contact-card': () => ({ missed: 0 }),
  recents: () => ({}),
  'recents-empty': () => ({ recents: [], missed: 0 }),
  'recents-missed': () => ({ missed: 0 }),
  'recents-found': () => ({ missed: 0 }),
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
  'sign-out': () => ({ missed: 0 }),
  keyring: () => ({ account: { state: 'signedIn', server, user: me, remembered: false } }),
  connecting: () => ({ link: { state: 'connected' } }),
  reconnecting: (now) => ({
    link: { state: 'disconnected', was: 'joined', since: now - 12 * secondMs, nextTryAt: now }
  }),
  'link-failed': () => ({ link: { state: 'failed', error: failure('unauthenticated') } }),
  toast: () => ({}),
  incoming: () => ({ calls: [incoming()], tone: 'ringing' }),
  'incoming-long-name': () => ({ calls: [incoming({ peer: people[7] ?? sara })], tone: 'ringing' }),
  trying: () => ({ calls: [call({})], tone: 'trying' }),
  ringing: () => ({ calls: [call({ status: 'ringing' })], tone: 'ringback' }),
  accepted: () => ({ calls: [call({ status: 'accepted' })] }),
  talking: (now) => ({ calls: [talking(now)] }),
  'talking-echo': (now) => ({ calls: [talking(now, { peer: echo })] }),
  'talking-hour': (now) => ({ calls: [talking(now - 60 * minuteMs)] }),
  muted: (now) => ({ calls: [talking(now, { muted: true })] }),
  'peer-muted': (now) => ({ calls: [talking(now, { peerMuted: true })] }),
  paused: () => ({
    calls: [
      call({
        status: 'paused',
        talk: { ms: 754_000, since: null },
        media: { mine: 'disconnected', theirs: 'connected' },
        can: inTalk
      })
    ],
    tone: 'reconnecting'
  }),
  'paused-no-link': (now) => ({
    calls: [call({ status: 'paused', talk: { ms: 754_000, since: null } })],
    link: { state: 'disconnected', was: 'joined', since: now - 8 * secondMs, nextTryAt: null }
  }),
  trouble: (now) => ({ calls: [talking(now, { trouble: failure('microphone_missing') })] }),
  'sound-details': (now) => ({ calls: [talking(now)] }),
  'sound-fair': (now) => ({ calls: [talking(now)] }),
  'sound-poor': (now) => ({ calls: [talking(now)] }),
  'sound-late': (now) => ({ calls: [talking(now, { muted: true })] }),
  'sound-recovering': (now) => ({ calls: [talking(now)] }),
  devices: (now) => ({ calls: [talking(now)] }),
  busy: () => ({ calls: [ended('busy', 0)], tone: 'busy' }),
  ended: () => ({ calls: [ended('they_hung_up', 754_000)] }),
  'small-call': (now) => ({ calls: [talking(now, { muted: true })] }),
  'second-call': (now) => ({
    calls: [talking(now), incoming({ session: 's2', peer: people[4] ?? sara, waiting: true })],
    tone: 'ringingSoftly'
  }),
  held: (now) => ({ calls: [held(now)] }),
  'held-by-them': (now) => ({ calls: [talking(now, { held: { mine: false, theirs: true } })] }),
  'two-calls': (now) => ({
    calls: [
      held(now, { session: 's2', peer: niloufar, can: { ...inCall, resume: true, merge: true } }),
      talking(now, { can: mergeable })
    ]
  }),
  'second-call-long-name': (now) => ({
    calls: [talking(now), incoming({ session: 's2', peer: people[7] ?? sara, waiting: true })],
    tone: 'ringingSoftly'
  }),
  'silent-and-loud': (now) => ({
    calls: [
      talking(now, { peer: niloufar }),
      incoming({ session: 's2', silent: true }),
      incoming({ session: 's3', peer: arash, waiting: true })
    ],
    preferences: { callWaiting: true, doNotDisturb: 'silent' }
  }),
  silent: () => ({
    calls: [incoming({ silent: true })],
    preferences: { callWaiting: true, doNotDisturb: 'silent' }
  }),
  moving: () => ({ calls: [incoming({ moving: true })], tone: 'ringingSoftly' }),
  joinable: () => ({
    calls: [call({ status: 'new', floor: false, joinable: true, peer: arash, can: { ...nothing, join: true } })]
  }),
  conference: (now) => ({
    calls: [
      talking(now, { conference: [niloufar], can: merged }),
      talking(now, { session: 's2', peer: niloufar, conference: [sara], can: merged })
    ]
  }),
  'conference-guest': (now) => ({ calls: [talking(now, { conference: [niloufar], can: inCall })] }),
  transferring: (now) => ({ calls: [talking(now, { transfer: arash, can: { ...inCall, cancelTransfer: true } })] }),
  'being-transferred': (now) => ({ calls: [talking(now, { transfer: arash, can: inCall })] }),
  keypad: (now) => ({ calls: [talking(now)] }),
  'transfer-dialog': (now) => ({ calls: [talking(now)] }),
  more: (now) => ({
    calls: [
      talking(now, { can: mergeable }),
      held(now, { session: 's2', peer: arash, can: { ...inCall, merge: true } })
    ]
  }),
  'move-offered': (now) => ({ calls: [talking(now)] }),
  'time-left': (now) => ({
    calls: [talking(now, { maxDurationMs: 12 * minuteMs + 40 * secondMs, timeLeft: 'minute' })]
  }),
  'time-seconds': (now) => ({
    calls: [talking(now, { maxDurationMs: 12 * minuteMs + 12 * secondMs, timeLeft: 'seconds' })]
  }),
  'paused-theirs': () => ({
    calls: [
      call({
        status: 'paused',
        talk: { ms: 754_000, since: null },
        media: { mine: 'connected', theirs: 'disconnected' },
        can: inTalk
      })
    ],
    tone: 'reconnecting'
  }),
  'ended-lost': () => ({ calls: [ended('connection_lost', 754_000)] }),
  'ended-time-up': () => ({ calls: [ended('time_up', 754_000)] }),
  'ended-transferred': () => ({ calls: [ended('transferred', 754_000)] }),
  'ended-elsewhere': () => ({ calls: [{ ...ended('answered_elsewhere', 0), direction: 'inbound' }] }),
  unreachable: () => ({ calls: [ended('unreachable', 0)] }),
  missed: () => ({ calls: [{ ...ended('missed', 0), direction: 'inbound' }] }),
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
  'link-dial': () => ({ question: { id: 'q', kind: 'dial', to: '101', step: 'ask', trouble: 'disconnected' } }),
  'link-not-joined': () => ({
    account: signedOut,
    question: { id: 'q', kind: 'notJoined', server, result: 'failed_to_connect' }
  }),
  'link-fault': () => ({ question: { id: 'q', kind: 'fault', fault: 'damaged' } }),
  'link-left': () => ({ account: signedOut, question: { id: 'q', kind: 'left', began: true } }),
  'guest-waiting': () => ({ account: guest }),
  'guest-talking': (now) => ({ account: guest, calls: [talking(now)] }),
  'settings-general': () => ({ missed: 0 }),
  'settings-display': () => ({ missed: 0 }),
  'settings-data': () => ({ missed: 0 }),
  'settings-about': () => ({ missed: 0 }),
  'settings-sound': () => ({ missed: 0 }),
  'settings-sound-silent': () => ({
    missed: 0,
    settings: { ...defaultSettings, ringtone: 'silent', ringer: 'gone', ringerLabel: 'Jabra Evolve2 65 Stereo' }
  }),
  'settings-sound-try': () => ({ missed: 0 }),
  'settings-sound-call': (now) => ({ missed: 0, calls: [talking(now)] }),
  mini: (now) => ({ calls: [talking(now)] }),
  'mini-muted': (now) => ({ calls: [talking(now - 60 * minuteMs, { muted: true })] }),
  'mini-held': (now) => ({ calls: [held(now)] }),
  'mini-long-name': () => ({ calls: [call({ status: 'ringing', peer: people[7] ?? sara })] }),
  ring: () => ({ calls: [incoming()], tone: 'ringing' }),
  'ring-second': (now) => ({
    calls: [talking(now, { peer: niloufar }), incoming({ session: 's2', waiting: true })],
    tone: 'ringingSoftly'
  }),
  'ring-moving': () => ({ calls: [incoming({ moving: true })], tone: 'ringingSoftly' }),
  'ring-long-name': () => ({ calls: [incoming({ peer: people[7] ?? sara })], tone: 'ringing' })
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
