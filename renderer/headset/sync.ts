// Keeps a headset and the app of one mind: what a button means by how it has been until now, and what is only the headset's
// answer to a light. The app's state is the authority. Pure; time is handed in.
import type { Lights, Reading } from './reports.ts'
import type { ButtonName } from './telephony.ts'

export type HeadsetEvent =
  'hookOff' | 'hookOn' | 'hookPressed' | 'muteOn' | 'muteOff' | 'mutePressed' | 'flash' | 'drop'

/**
 * One button that is a state (the hook, on some headsets mute too):
 *
 *           the app lights it otherwise
 *   settled ───────────────────────────▶ answering ── the headset follows, or 3 s ──▶ settled
 *      │ ▲                                  │
 *      └─┴── the person presses: told ◀─────┘ any other change
 *
 * What a headset sends because of a light is what the app has done itself: told on, it would come back and go round.
 */
export type Sync = {
  /** How the buttons were in the last report. */
  readonly was: Readonly<Partial<Record<ButtonName, boolean>>>
  /** The answers that are still to come, oldest first. */
  readonly awaited: readonly { readonly name: 'hook' | 'mute'; readonly on: boolean; readonly until: number }[]
  readonly lights: Lights
  /** Until then a press of mute is the headset's answer to its light. */
  readonly muteQuietUntil: number
}

export const dark: Lights = { mute: false, offHook: false, ring: false, hold: false }
export const newSync: Sync = { was: {}, awaited: [], lights: dark, muteQuietUntil: 0 }

/** Longer than wireless ones need. */
const answerMs = 3_000
/** No finger presses again so soon. */
const muteEchoMs = 250

const lightOf = { hook: 'offHook', mute: 'mute' } as const

/** The app wants these lights. */
export const lit = (sync: Sync, lights: Lights, now: number): Sync => {
  const changed = (['hook', 'mute'] as const).filter((name) => lights[lightOf[name]] !== sync.lights[lightOf[name]])
  // A headset that is as its light already has nothing to answer, unless it has still to follow the one before.
  const answers = changed.filter(
    (name) =>
      sync.awaited.some((one) => one.name === name && one.until > now) ||
      (sync.was[name] ?? false) !== lights[lightOf[name]]
  )
  return {
    ...sync,
    lights,
    awaited: [
      ...sync.awaited.filter(({ until }) => until > now),
      ...answers.map((name) => ({ name, on: lights[lightOf[name]], until: now + answerMs }))
    ],
    muteQuietUntil: changed.includes('mute') ? now + muteEchoMs : sync.muteQuietUntil
  }
}

const told = ({ name, kind, on }: Reading): HeadsetEvent | null => {
  if (name === 'hook') {
    if (kind === 'pressed') return on ? 'hookPressed' : null
    return on ? 'hookOff' : 'hookOn'
  }
  if (name === 'mute') {
    if (kind === 'pressed') return on ? 'mutePressed' : null
    return on ? 'muteOn' : 'muteOff'
  }
  // A key that springs back.
  return on ? name : null
}

/** What the person has done, by what the headset sends. */
export const heard = (
  before: Sync,
  readings: readonly Reading[],
  now: number
): { readonly sync: Sync; readonly events: readonly HeadsetEvent[] } => {
  let sync = before
  const events: HeadsetEvent[] = []
  for (const reading of readings) {
    const { name, kind, on } = reading
    if (kind !== 'asked' && (sync.was[name] ?? false) === on) continue
    if (kind !== 'asked') sync = { ...sync, was: { ...sync.was, [name]: on } }
    const answer = sync.awaited.findIndex((one) => one.name === name && one.on === on && one.until > now)
    if (kind === 'is' && answer !== -1) {
      sync = { ...sync, awaited: sync.awaited.filter((_one, at) => at !== answer) }
      continue
    }
    const event = told(reading)
    if (event === null || (event === 'mutePressed' && now < sync.muteQuietUntil)) continue
    events.push(event)
  }
  return { sync, events }
}
