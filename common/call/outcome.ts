// What an end means to one side, as the key of one sentence (i18n `call.outcome`). Pure; no wording here.
import { unreachable } from '../result.ts'
import type { CallRole, EndAuthor, EndDetail, FinishReason } from './end.ts'

export const outcomes = [
  'ended',
  'you_hung_up',
  'they_hung_up',
  'you_cancelled',
  'missed',
  'no_answer',
  'unreachable',
  'busy',
  'missed_while_busy',
  'declined',
  'you_declined',
  'answered_elsewhere',
  'declined_elsewhere',
  'crossed',
  'transferred',
  'merged',
  'connection_lost',
  'media_lost',
  'time_up',
  'ended_by_operator',
  'nobody_joined',
  'unknown'
] as const
export type Outcome = (typeof outcomes)[number]

export type OutcomeFacts = {
  readonly reason: FinishReason
  readonly by: EndAuthor
  readonly detail?: EndDetail | undefined
  readonly side: CallRole
  readonly answered: boolean
}

/** The sentence for this end on `side`; `answered` is true if a conversation had been agreed before. */
export const outcome = ({ reason, by, detail, side, answered }: OutcomeFacts): Outcome => {
  switch (detail) {
    case 'answered_elsewhere':
      return 'answered_elsewhere'
    case 'declined_elsewhere':
      return 'declined_elsewhere'
    case 'glare':
      return 'crossed'
    case 'transferred':
      return 'transferred'
    case 'merged':
      return 'merged'
    case 'blocked':
    case undefined:
      break
    default:
      return unreachable(detail)
  }
  switch (reason) {
    case 'hangup':
      if (!answered && side === 'receptor') return 'missed'
      // A transfer that was taken back, for whom it was to connect.
      if (by === 'server') return 'ended'
      if (!answered) return 'you_cancelled'
      return by === side ? 'you_hung_up' : 'they_hung_up'
    case 'unreachable':
      return side === 'caller' ? 'unreachable' : 'missed'
    case 'no_one_connected':
      return 'nobody_joined'
    case 'missed':
      return side === 'caller' ? 'no_answer' : 'missed'
    case 'rejected':
      return side === 'caller' ? 'declined' : 'you_declined'
    case 'killed':
      return 'ended_by_operator'
    case 'call_received':
      return 'answered_elsewhere'
    case 'media_connection_broken':
      return 'media_lost'
    case 'messaging_connection_broken':
      return 'connection_lost'
    case 'busy':
      return side === 'caller' ? 'busy' : 'missed_while_busy'
    case 'call_duration_exceeded':
      return 'time_up'
    case 'unknown':
      return 'unknown'
    default:
      return unreachable(reason)
  }
}

/** What became of a transfer, for who asked for it, as the key of one sentence (i18n `several.transferEnded`). */
export const transferOutcomes = ['unreachable', 'busy', 'declined', 'no_answer', 'failed'] as const
export type TransferOutcome = (typeof transferOutcomes)[number]

/** `reason` is that of the call to the third person, which nobody answered. */
export const transferOutcome = (reason: FinishReason): TransferOutcome => {
  switch (reason) {
    case 'unreachable':
    case 'busy':
      return reason
    case 'rejected':
      return 'declined'
    case 'missed':
      return 'no_answer'
    case 'hangup':
    case 'no_one_connected':
    case 'killed':
    case 'call_received':
    case 'media_connection_broken':
    case 'messaging_connection_broken':
    case 'call_duration_exceeded':
    case 'unknown':
      return 'failed'
    default:
      return unreachable(reason)
  }
}

/** True for the ends that a person should be told about as a missed call. */
export const isMissed = (value: Outcome): boolean => value === 'missed' || value === 'missed_while_busy'
