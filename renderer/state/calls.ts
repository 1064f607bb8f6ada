// Questions the screens ask about calls. Pure; the answers follow from the snapshot alone.
import type { Outcome } from '../../common/call/outcome.ts'
import { isLive } from '../../common/call/status.ts'
import type { Catalogue } from '../../common/i18n/index.ts'
import type { CallView } from '../../common/snapshot.ts'

/** Talk time at `now` in milliseconds; it stands still while the call is paused or over. */
export const talkTime = (talk: CallView['talk'], now: number): number =>
  talk.ms + (talk.since === null ? 0 : Math.max(0, now - talk.since))

/**
 * The call that has the stage: the one chosen by hand while it lives; else the one with the floor; else one that rings,
 * any live one, and last one that has just ended. What comes quietly does not take the stage by itself.
 */
export const onStage = (calls: readonly CallView[], chosen: string | null): CallView | null => {
  const loud = calls.filter((call) => !isQuiet(call))
  const live = loud.filter((call) => isLive(call.status))
  return (
    calls.find((call) => call.session === chosen && isLive(call.status) && !isInvitation(call)) ??
    live.find((call) => call.floor) ??
    live.find(canBeAnswered) ??
    live[0] ??
    loud.at(-1) ??
    null
  )
}

/** Made by a back end: this person may join it, and nothing rings. */
export const isInvitation = ({ can }: CallView): boolean => can.join

/** Shown in a strip at most: an invitation, or a call that may not disturb and was not answered here. */
const isQuiet = (call: CallView): boolean =>
  isInvitation(call) || (call.silent && (canBeAnswered(call) || isUntaken(call)))

const untaken: readonly Outcome[] = [
  'missed',
  'missed_while_busy',
  'you_declined',
  'declined_elsewhere',
  'answered_elsewhere'
]
const isUntaken = ({ end }: CallView): boolean => end !== null && untaken.includes(end.outcome)

/**
 * Those that are offered to the person in a strip: quiet ones, and what rings while another call has the floor or the
 * stage. In the order in which keys take them; invitations last.
 */
export const offers = (calls: readonly CallView[], stage: CallView | null): readonly CallView[] =>
  [...answerable(calls), ...calls.filter(isInvitation)].filter((call) => call.session !== stage?.session)

/** The call with the floor: of a conference made here, its first. */
export const floorOf = (calls: readonly CallView[]): CallView | null => calls.find((call) => call.floor) ?? null

/** Whether there is a talk now: both sides are connected, it has the floor here, and nobody holds. */
export const isTalk = ({ status, floor, held }: CallView): boolean =>
  status === 'conversation' && floor && !held.mine && !held.theirs

/** Whether sound is lost and is being brought back, also where the server has not heard of it yet. */
export const isReconnecting = ({ status, media }: CallView): boolean =>
  status === 'paused' || (status === 'conversation' && media.mine === 'disconnected')

/** Whether the sound that is measured says something of the talk: where this side has lost its way, only that is said. */
export const isMeasured = (call: CallView, joined: boolean): boolean => joined && isTalk(call) && !isReconnecting(call)

/** Whether two calls of this phone are one conference now: both have the floor. */
export const inConference = (calls: readonly CallView[], call: CallView): boolean =>
  call.floor && calls.some((other) => other !== call && other.floor)

/** Talk time that is left, in milliseconds, or null where there is no longest talk time or enough of it. */
export const timeLeft = ({ maxDurationMs, timeLeft: left, talk }: CallView, now: number): number | null =>
  maxDurationMs === null || left === 'enough' ? null : Math.max(0, maxDurationMs - talkTime(talk, now))

/** What to do next after a call: the button that the end of a call offers. */
export const nextStep = (call: CallView): 'callBack' | 'callAgain' | 'tryAgain' | 'none' => {
  // Whom of them?
  if (call.conference.length > 0) return 'none'
  switch (call.end?.outcome) {
    case 'missed':
    case 'missed_while_busy':
    case 'you_declined':
    case 'declined_elsewhere':
      return 'callBack'
    case 'unreachable':
    case 'no_answer':
    case 'busy':
    case 'connection_lost':
    case 'media_lost':
    case 'nobody_joined':
    case 'unknown':
      return 'tryAgain'
    case 'ended':
    case 'you_hung_up':
    case 'they_hung_up':
    case 'you_cancelled':
    case 'declined':
    case 'time_up':
    case 'ended_by_operator':
      return 'callAgain'
    // It goes on, here or elsewhere.
    case 'answered_elsewhere':
    case 'crossed':
    case 'transferred':
    case 'merged':
      return 'none'
    case undefined:
      return 'callAgain'
  }
}

/** Why a call without sound is without it, as the key of a sentence. */
export const pauseReason = (
  { media, trouble }: CallView,
  joined: boolean
): 'pausedMine' | 'pausedTheirs' | 'pausedBoth' | 'pausedNoLink' => {
  if (!joined || trouble?.code === 'disconnected') return 'pausedNoLink'
  if (media.mine === 'disconnected') return media.theirs === 'disconnected' ? 'pausedBoth' : 'pausedMine'
  return media.theirs === 'disconnected' ? 'pausedTheirs' : 'pausedMine'
}

/** Whether it rings here and can be answered. A call that the person can return to can be answered too, and rings no more. */
export const canBeAnswered = ({ can }: CallView): boolean => can.answer && can.decline

/** The calls that can be answered: what rings before what may not disturb, each oldest first. Keys mean the first. */
export const answerable = (calls: readonly CallView[]): readonly CallView[] => {
  const all = calls.filter(canBeAnswered)
  return [...all.filter(({ silent }) => !silent), ...all.filter(({ silent }) => silent)]
}

/** Whether it goes on without this person, who may return to it: the app was started again. */
export const canReturnTo = ({ can }: CallView): boolean => can.answer && !can.decline

/** How a call ended, in words. What the server would not make is told by its refusal. */
export const endWords = ({ end, trouble }: CallView, strings: Catalogue): string => {
  if (end === null) return strings.call.status.finished
  return end.outcome === 'unknown' && trouble !== null
    ? strings.errors[trouble.code]
    : strings.call.outcome[end.outcome]
}

/** What the person would see of a call: each kind has its own screen. */
export type StageKind = 'incoming' | 'outgoing' | 'connecting' | 'talking' | 'ended'

export const stageKind = (call: CallView): StageKind => {
  switch (call.status) {
    case 'finished':
    case 'flushed':
      return 'ended'
    case 'accepted':
      return 'connecting'
    case 'conversation':
    case 'paused':
      return 'talking'
    case 'new':
    case 'trying':
    case 'ringing':
      if (call.direction === 'outbound') return 'outgoing'
      // Answered here, which the server has not heard yet: it can only be hung up.
      return call.can.hangUp ? 'connecting' : 'incoming'
  }
}
