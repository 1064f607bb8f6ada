// Every limit of a call and of all calls together, with its default. Settings may change them; nothing else names a number.
import { minuteMs, secondMs } from '../../common/time.ts'

/** The limits one call lives under. They are kept in the call, so that a restart does not change a live one's. */
export type CallRules = {
  /** Created, and nobody joined. */
  readonly newMs: number
  /** The caller waits and no device of the receptor alerts. */
  readonly tryingMs: number
  /** A device alerts and nobody accepts or declines. */
  readonly ringingMs: number
  /** Accepted, and the media of both sides is not up yet. */
  readonly acceptedMs: number
  /** A leg's media is lost. */
  readonly pausedMs: number
  /** A taking-part device's signalling is lost. */
  readonly socketLostMs: number
  /** Least time that every deadline leaves after a restart. */
  readonly graceMs: number
  /** How long the echo service lets it ring. */
  readonly echoAnswerMs: number
  /** How many alerting devices may prepare their media: each costs the caller one consumer, so this bounds them too. */
  readonly preparedDevices: number
}

export type CallLimits = {
  readonly rules: CallRules
  /** Longest talk with the echo service. */
  readonly echoMaxDurationMs: number
  /** Live calls of one user, as caller or receptor. */
  readonly callsOfUser: number
  /** Live calls of this server. */
  readonly calls: number
  /** Ended calls whose last word is kept in memory. */
  readonly endedKept: number
  /** Transitions that wait to be written before new calls are refused. */
  readonly unwritten: number
}

export const defaultLimits: CallLimits = {
  rules: {
    newMs: minuteMs,
    tryingMs: minuteMs,
    ringingMs: minuteMs,
    acceptedMs: 15 * secondMs,
    pausedMs: 30 * secondMs,
    socketLostMs: 30 * secondMs,
    graceMs: 5 * secondMs,
    echoAnswerMs: secondMs,
    preparedDevices: 5
  },
  echoMaxDurationMs: 5 * minuteMs,
  callsOfUser: 8,
  calls: 10_000,
  endedKept: 2_000,
  unwritten: 20_000
}
