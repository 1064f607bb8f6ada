// Snapshots and calls for the tests of the shell, and a clock that a test moves. Fakes for unit tests only.
import { defaultPreferences } from '../../../../common/protocol/rest.ts'
import { defaultSettings } from '../../../../common/protocol/settings.ts'
import type { AppSnapshot, CallView } from '../../../../common/snapshot.ts'
import type { Clock } from '../../../../common/time.ts'
import type { DirectoryEntry, HistoryEntry } from '../../../../common/types.ts'

export const person = (username: string, en: string, fa: string): DirectoryEntry => ({
  userId: `user-${username}`,
  username,
  names: { en, fa },
  kind: 'person'
})
export const sara = person('101', 'Sara', 'سارا')
export const reza = person('102', 'Reza', 'رضا')

/** What may be done with a call: nothing but this. */
export const only = (...may: readonly (keyof CallView['can'])[]): CallView['can'] => ({
  answer: may.includes('answer'),
  decline: may.includes('decline'),
  hangUp: may.includes('hangUp'),
  mute: may.includes('mute'),
  hold: may.includes('hold'),
  resume: may.includes('resume'),
  dtmf: may.includes('dtmf'),
  transfer: may.includes('transfer'),
  cancelTransfer: may.includes('cancelTransfer'),
  merge: may.includes('merge'),
  split: may.includes('split'),
  move: may.includes('move'),
  join: may.includes('join')
})

export const callView = (part: Partial<CallView> = {}): CallView => ({
  session: 's1',
  callId: 'n.1',
  direction: 'inbound',
  peer: reza,
  status: 'ringing',
  floor: false,
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
  media: { mine: 'disconnected', theirs: 'disconnected' },
  talk: { ms: 0, since: null },
  maxDurationMs: null,
  timeLeft: 'enough',
  can: only('answer', 'decline'),
  trouble: null,
  end: null,
  ...part
})

export const talking = (part: Partial<CallView> = {}): CallView =>
  callView({
    status: 'conversation',
    floor: true,
    can: only('hangUp', 'mute'),
    ...part
  })

export const historyRow = (part: Partial<HistoryEntry> = {}): HistoryEntry => ({
  callId: 'n.9',
  direction: 'inbound',
  peer: reza,
  createdAt: 900,
  finishedAt: 1_000,
  durationMs: 0,
  reason: 'missed',
  by: 'server',
  ...part
})

export const snapshotOf = (part: Partial<AppSnapshot> = {}): AppSnapshot => ({
  version: '0.0.0',
  locale: 'en',
  account: { state: 'signedIn', server: 'https://example.org', user: sara, remembered: true },
  link: { state: 'joined' },
  calls: [],
  check: null,
  tone: 'none',
  directory: [sara, reza],
  availability: null,
  favourites: [],
  recents: [],
  missed: 0,
  settings: defaultSettings,
  preferences: defaultPreferences,
  blocked: [],
  contactsRev: 0,
  refusedKeys: [],
  question: null,
  update: { at: 'idle', current: true },
  ...part
})

export type FakeClock = Clock & { readonly advance: (ms: number) => void }

/** A clock that stands still until the test moves it. */
export const createFakeClock = (start = 0): FakeClock => {
  let now = start
  const waits = new Set<{ readonly at: number; readonly run: () => void }>()
  return {
    now: () => now,
    at: (at, run) => {
      const wait = { at, run }
      waits.add(wait)
      return () => {
        waits.delete(wait)
      }
    },
    advance: (ms) => {
      const end = now + ms
      for (;;) {
        const [due] = [...waits].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (due === undefined) break
        waits.delete(due)
        now = Math.max(now, due.at)
        due.run()
      }
      now = end
    }
  }
}

/** Lets everything that waits on resolved promises go on. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}
