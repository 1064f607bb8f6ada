// How a lost leg is brought back, as a pure function: patience, ICE restarts, then a rebuild. Starts nothing itself.
//
//            disconnected            2 s              4 s, socket up           4 s, socket up
//   whole ───────────────▶ patient ──────▶ restarting 1 ──────────▶ restarting 2 ──────────▶ rebuilding
//     ▲    failed: no patience ──────────────▶ │  ▲                     │
//     │                                        ▼  │ session resumed     ▼
//     │                                     stranded (the socket is down: tries would be in vain and do not count)
//     └──────────────── both transports are connected again ────────────────
//
//   any ── the server has not (or no longer) this making's media ──▶ doomed ── half a second, socket up ──▶ rebuilding
import { unreachable } from '../../common/result.ts'

export const patienceMs = 2_000
export const restartMs = 4_000
export const maxRestarts = 2
/** A making that could not be made is not tried again at once, or a server that refuses would be asked without end. */
export const rebuildPauseMs = 500

export type Recovery =
  | { readonly state: 'whole' }
  | { readonly state: 'patient'; readonly until: number }
  | { readonly state: 'restarting'; readonly attempt: number; readonly until: number }
  | { readonly state: 'stranded' }
  /** `until` is null once the pause is over and only signalling is waited for. */
  | { readonly state: 'doomed'; readonly until: number | null }
  | { readonly state: 'rebuilding' }

export type RecoveryEvent =
  /** A transport lost its way (`failed` means that waiting is in vain). */
  | { readonly kind: 'lost'; readonly failed: boolean }
  | { readonly kind: 'connected' }
  /** Signalling is joined (again) or gone. */
  | { readonly kind: 'joined' }
  | { readonly kind: 'unjoined' }
  /** The server does not know the leg, or could not be asked while it was being made. */
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'time' }

export type RecoveryStep = { readonly recovery: Recovery; readonly act: 'none' | 'restartIce' | 'rebuild' }

const stay = (recovery: Recovery): RecoveryStep => ({ recovery, act: 'none' })

const rebuild: RecoveryStep = { recovery: { state: 'rebuilding' }, act: 'rebuild' }

const restart = (attempt: number, joined: boolean, now: number): RecoveryStep => {
  if (!joined) return stay({ state: 'stranded' })
  if (attempt > maxRestarts) return rebuild
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
    case 'doomed':
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
    case 'doomed':
      if (recovery.until === null || now < recovery.until) return stay(recovery)
      return joined ? rebuild : stay({ state: 'doomed', until: null })
    case 'whole':
    case 'stranded':
    case 'rebuilding':
      return stay(recovery)
    default:
      return unreachable(recovery)
  }
}

const afterJoining = (recovery: Recovery, now: number): RecoveryStep => {
  switch (recovery.state) {
    case 'rebuilding':
      return stay(recovery)
    case 'doomed':
      return rebuild
    // A leg that was lost is restarted at once; one that looks whole may only not know yet, and a restart harms nobody.
    case 'whole':
    case 'patient':
    case 'restarting':
    case 'stranded':
      return restart(1, true, now)
    default:
      return unreachable(recovery)
  }
}

const isDoomed = ({ state }: Recovery): boolean => state === 'doomed' || state === 'rebuilding'

/** `joined` tells whether signalling works now; `now` in ms. */
export const recover = (recovery: Recovery, event: RecoveryEvent, joined: boolean, now: number): RecoveryStep => {
  switch (event.kind) {
    case 'lost':
      return afterLoss(recovery, event.failed, joined, now)
    case 'connected':
      return stay(isDoomed(recovery) ? recovery : { state: 'whole' })
    case 'joined':
      return afterJoining(recovery, now)
    case 'unjoined':
      return recovery.state === 'restarting' ? stay({ state: 'stranded' }) : stay(recovery)
    case 'forgotten':
      return stay(isDoomed(recovery) ? recovery : { state: 'doomed', until: now + rebuildPauseMs })
    case 'time':
      return afterTime(recovery, joined, now)
    default:
      return unreachable(event)
  }
}

/** When `time` must be told next, or null. */
export const recoveryDeadline = (recovery: Recovery): number | null => {
  switch (recovery.state) {
    case 'patient':
    case 'restarting':
    case 'doomed':
      return recovery.until
    case 'whole':
    case 'stranded':
    case 'rebuilding':
      return null
    default:
      return unreachable(recovery)
  }
}
