// What the snapshots of the gallery are put together from: settings, calls in their phases, accounts. Fakes; see states.ts.
import { fail } from '../../../common/result.ts'
import type { AppSnapshot, CallView } from '../../../common/snapshot.ts'
import { minuteMs, secondMs } from '../../../common/time.ts'
import type { Outcome, Settings } from '../../../common/types.ts'
import { me, people, recents, sara } from './people.ts'

// Not the schema's own: pages never load it.
export const defaultSettings: Settings = {
  language: 'system',
  digits: 'auto',
  calendar: 'auto',
  theme: 'system',
  textSize: 1,
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
  askRating: true,
  closeToTray: true,
  miniWindow: true,
  letWindowRest: false,
  offerCopied: false,
  startAtLogin: false,
  keysAnswer: '',
  keysDecline: '',
  keysMute: '',
  keysHangUp: '',
  keysDial: '',
  keepSignInWithoutKeyring: false
}
export const server = 'https://calls.example.org'
export const nothing: CallView['can'] = {
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
export const inCall: CallView['can'] = { ...nothing, hangUp: true, mute: true }
export const inTalk: CallView['can'] = { ...inCall, hold: true, dtmf: true, transfer: true, move: true }
export const failure = (code: Parameters<typeof fail>[0]) => fail(code).error

export const base = (now: number): AppSnapshot => ({
  version: '0.1.0',
  locale: 'en',
  account: { state: 'signedIn', server, user: me, remembered: true },
  link: { state: 'joined' },
  calls: [],
  check: null,
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
  refusedKeys: [],
  question: null,
  update: { at: 'idle', current: true }
})

export const call = (changed: Partial<CallView>): CallView => ({
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
export const incoming = (changed: Partial<CallView> = {}): CallView =>
  call({
    direction: 'inbound',
    status: 'ringing',
    floor: false,
    can: { ...nothing, answer: true, decline: true },
    ...changed
  })
export const talking = (now: number, changed: Partial<CallView> = {}): CallView =>
  call({
    status: 'conversation',
    talk: { ms: 0, since: now - 12 * minuteMs - 5 * secondMs },
    can: inTalk,
    ...changed
  })
/** A call that was put on hold here. */
export const held = (now: number, changed: Partial<CallView> = {}): CallView =>
  talking(now, {
    floor: false,
    held: { mine: true, theirs: false },
    can: { ...inCall, resume: true, transfer: true, move: true },
    ...changed
  })
export const arash = people[3] ?? sara
export const niloufar = people[4] ?? sara
export const mergeable = { ...inTalk, merge: true }
export const merged = { ...inCall, hold: true, dtmf: true, split: true }
export const ended = (outcome: Outcome, ms: number): CallView =>
  call({
    status: 'finished',
    floor: false,
    can: nothing,
    talk: { ms, since: null },
    end: { reason: 'hangup', by: 'receptor', at: 0, outcome }
  })

export const signedOut: AppSnapshot['account'] = { state: 'signedOut', lastServer: '', lastUsername: '', error: null }
export const guest: AppSnapshot['account'] = { state: 'guest', server, user: me, callId: 'n1.c1' }

export type Make = (now: number) => Partial<AppSnapshot>
