// How a lost leg is brought back, as a pure function: patience, ICE restarts, then a rebuild. Starts nothing itself.
//
//            disconnected            2 s              4 s, socket up           4 s, socket up
//   whole ───────────────▶ patient ──────▶ restarting 1 ──────────▶ restarting 2 ──────────▶ rebuilding
//     ▲    failed: no patience ──────────────▶ │  ▲                     │
//     │                                        ▼  │ session resumed     ▼
//     │                                     stranded (the socket is down: tries would be in vain and do not count)
//     └──────────────── both transports are connected again ───────────────────────────────────────────────
import { unreachable } from '../../common/result.ts'

export const patienceMs = 2_000
export const restartMs = 4_000
export const maxRestarts = 2

export type Recovery =
  | { readonly state: 'whole' }
  | { readonly state: 'patient'; readonly until: number }
  | { readonly state: 'restarting'; readonly attempt: number; readonly until: number }
  | { readonly state: 'stranded' }
  | { readonly state: 'rebuilding' }

export type RecoveryEvent =
  /** A transport lost its way (`failed` means that waiting is in vain). */
  | { readonly kind: 'lost'; readonly failed: boolean }
  | { readonly kind: 'connected' }
  /** Signalling is joined (again) or gone. */
  | { readonly kind: 'joined' }
  | { readonly kind: 'unjoined' }
  /** The server does not know the leg any more. */
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'time' }

export type RecoveryStep = { readonly recovery: Recovery; readonly act: 'none' | 'restartIce' | 'rebuild' }

const stay = (recovery: Recovery): RecoveryStep => ({ recovery, act: 'none' })

const restart = (attempt: number, joined: boolean, now: number): RecoveryStep => {
  if (!joined) return stay({ state: 'stranded' })
  if (attempt > maxRestarts) return { recovery: { state: 'rebuilding' }, act: 'rebuild' }
  return { recovery: { state: 'restarting', attempt, until: now + restartMs }, act: 'restartIce' }
}

const afterLoss = (recovery: Recovery, failed: boolean, joined: boolean, now: number): RecoveryStep => {
  switch (recovery.state) {
    case 'whole':
      return failed ? restart(1, joined, now) : stay({ state: 'patient', until: now + patienceMs })
    case 'patient':
      return failed ? restart(1, joined, now) : stay(recovery)
    case 'restarting':
    case 'stranded':
    case 'rebuilding':
      return stay(recovery)
    default:
      return unreachable(recovery)
  }
}

const afterTime = (recovery: Recovery, joined: boolean, now: number): RecoveryStep => {
  switch (recovery.state) {
    case 'patient':
      return now >= recovery.until ? restart(1, joined, now) : stay(recovery)
    case 'restarting':
      return now >= recovery.until ? restart(recovery.attempt + 1, joined, now) : stay(recovery)
    case 'whole':
    case 'stranded':
    case 'rebuilding':
      return stay(recovery)
    default:
      return unreachable(recovery)
  }
}

/** `joined` tells whether signalling works now; `now` in ms. */
export const recover = (recovery: Recovery, event: RecoveryEvent, joined: boolean, now: number): RecoveryStep => {
  switch (event.kind) {
    case 'lost':
      return afterLoss(recovery, event.failed, joined, now)
    case 'connected':
      return stay({ state: 'whole' })
    case 'joined':
      // A leg that was lost is restarted at once; one that looks whole may only not know yet, and a restart harms nobody.
      return recovery.state === 'rebuilding' ? stay(recovery) : restart(1, true, now)
    case 'unjoined':
      return recovery.state === 'restarting' ? stay({ state: 'stranded' }) : stay(recovery)
    case 'forgotten':
      return recovery.state === 'rebuilding' ? stay(recovery) : { recovery: { state: 'rebuilding' }, act: 'rebuild' }
    case 'time':
      return afterTime(recovery, joined, now)
    default:
      return unreachable(event)
  }
}

/** When `time` must be told next, or null. */
export const recoveryDeadline = (recovery: Recovery): number | null =>
  recovery.state === 'patient' || recovery.state === 'restarting' ? recovery.until : null
