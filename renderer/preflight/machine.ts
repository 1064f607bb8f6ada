// The course of a check of calls, as a pure function: one step after the other, what each leaves out for the next, and what
// ends it. Starts nothing: preflight.ts compares and acts.
//
//            start                 its findings             the last one's
//   idle ───────────▶ running(step) ───────────▶ running(next) … ───────────▶ over(done)
//     │ a call is on   │   │    ▲
//     ▼                │   │    │ yes, no, again
//   refused            │   └──▶ asking         the speaker was not heard by the microphone: the person is asked
//                      │
//                      ├── stopped by the person ──▶ over(stopped)
//                      └── another call, or signed out ──▶ over(interrupted)          any but running, asking ── start ──▶
import { adding, type Finding, type Findings } from './findings.ts'

export const steps = ['server', 'microphone', 'speaker', 'echo', 'tcp', 'udp', 'relay', 'talk'] as const
export type Step = (typeof steps)[number]

export type Preflight =
  | { readonly state: 'idle' | 'refused' }
  | { readonly state: 'running'; readonly step: Step; readonly found: Findings }
  | { readonly state: 'asking'; readonly device: string; readonly found: Findings }
  | { readonly state: 'over'; readonly how: 'done' | 'stopped' | 'interrupted'; readonly found: Findings }

export type PreflightEvent =
  | { readonly kind: 'start'; readonly inCall: boolean }
  | { readonly kind: 'found'; readonly step: Step; readonly findings: readonly Finding[] }
  /** The speaker has played, and the microphone heard nothing of it. */
  | { readonly kind: 'unsure'; readonly device: string }
  | { readonly kind: 'answer'; readonly heard: 'yes' | 'no' | 'again' }
  | { readonly kind: 'stop' | 'interrupt' }

export const idle: Preflight = { state: 'idle' }

/** What is known of a step without trying it, from what was found before; null where it is to be tried. */
const without = (step: Step, { server, microphone, speaker, talk }: Findings): Finding | null => {
  switch (step) {
    case 'server':
    case 'microphone':
    case 'speaker':
      return null
    case 'echo':
      if (microphone?.is === 'failed' || microphone?.is === 'dead' || speaker?.is === 'unheard') {
        return { of: step, is: 'untried' }
      }
      // The person heard it, and the microphone nothing of it.
      return speaker?.is === 'confirmed' ? { of: step, is: 'none' } : null
    case 'tcp':
    case 'udp':
    case 'relay':
    case 'talk':
      // A talk that did not come about is known before its step.
      if (talk !== undefined) return step === 'talk' ? talk : { of: step, is: 'untried' }
      return server?.is === 'away' || server?.is === 'refused' ? { of: step, is: 'untried' } : null
  }
}

const after = (step: Step, found: Findings): Preflight => {
  const next = steps[steps.indexOf(step) + 1]
  if (next === undefined) return { state: 'over', how: 'done', found }
  const known = without(next, found)
  return known === null ? { state: 'running', step: next, found } : after(next, adding(found, [known]))
}

export const isOn = (preflight: Preflight): preflight is Extract<Preflight, { state: 'running' | 'asking' }> =>
  preflight.state === 'running' || preflight.state === 'asking'

export const step = (preflight: Preflight, event: PreflightEvent): Preflight => {
  switch (event.kind) {
    case 'start':
      if (isOn(preflight)) return preflight
      return event.inCall ? { state: 'refused' } : { state: 'running', step: steps[0], found: {} }
    case 'found':
      return preflight.state === 'running' && preflight.step === event.step
        ? after(event.step, adding(preflight.found, event.findings))
        : preflight
    case 'unsure':
      return preflight.state === 'running' && preflight.step === 'speaker'
        ? { state: 'asking', device: event.device, found: preflight.found }
        : preflight
    case 'answer': {
      if (preflight.state !== 'asking') return preflight
      const { device, found } = preflight
      if (event.heard === 'again') return { state: 'running', step: 'speaker', found }
      const is = event.heard === 'yes' ? 'confirmed' : 'unheard'
      return after('speaker', adding(found, [{ of: 'speaker', is, device }]))
    }
    case 'stop':
    case 'interrupt':
      if (!isOn(preflight)) return preflight
      return { state: 'over', how: event.kind === 'stop' ? 'stopped' : 'interrupted', found: preflight.found }
  }
}

/** Whether the talk with Echo shall be there, and by which way its media. */
export const wantedPath = (preflight: Preflight): 'any' | 'udp' | 'tcp' | null => {
  if (preflight.state !== 'running') return null
  switch (preflight.step) {
    case 'tcp':
    case 'udp':
      return preflight.step
    case 'relay':
    case 'talk':
      return 'any'
    case 'server':
    case 'microphone':
    case 'speaker':
    case 'echo':
      return null
  }
}
