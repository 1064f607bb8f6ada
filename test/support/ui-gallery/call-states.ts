// The states of the gallery with a call, in the main window and in the small ones. Fakes; see states.ts.
import { minuteMs, secondMs } from '../../../common/time.ts'
import { echo, people, sara } from './people.ts'
import {
  arash,
  call,
  ended,
  failure,
  held,
  inCall,
  incoming,
  inTalk,
  merged,
  mergeable,
  niloufar,
  nothing,
  talking,
  type Make
} from './state-parts.ts'

export const callStates = {
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
  'sound-graphs': (now) => ({ calls: [talking(now)] }),
  'sound-fair': (now) => ({ calls: [talking(now)] }),
  'sound-poor': (now) => ({ calls: [talking(now)] }),
  'sound-late': (now) => ({ calls: [talking(now, { muted: true })] }),
  'sound-recovering': (now) => ({ calls: [talking(now)] }),
  devices: (now) => ({ calls: [talking(now)] }),
  busy: () => ({ calls: [ended('busy', 0)], tone: 'busy' }),
  ended: () => ({ calls: [ended('they_hung_up', 754_000)] }),
  'ended-rate': () => ({ calls: [ended('they_hung_up', 754_000)] }),
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
  'transfer-other-keys': (now) => ({ calls: [talking(now)] }),
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
