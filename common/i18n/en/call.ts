// English: call states, outcomes and what screen readers are told about calls.
import type { CallStatus } from '../../call/status.ts'
import type { Outcome } from '../../call/outcome.ts'

const status: Record<CallStatus, string> = {
  new: 'Starting…',
  trying: 'Calling…',
  ringing: 'Ringing…',
  accepted: 'Connecting…',
  conversation: 'In call',
  paused: 'Reconnecting…',
  finished: 'Call ended',
  flushed: 'Call ended'
}

const outcome: Record<Outcome, string> = {
  ended: 'The call ended',
  you_hung_up: 'You hung up',
  they_hung_up: 'They hung up',
  you_cancelled: 'You cancelled the call',
  missed: 'Missed call',
  no_answer: 'No answer',
  unreachable: 'Could not be reached',
  busy: 'Busy',
  missed_while_busy: 'Missed while you were busy',
  declined: 'Declined',
  you_declined: 'You declined',
  answered_elsewhere: 'Answered on another device',
  declined_elsewhere: 'Declined on another device',
  crossed: 'You called each other: their call goes on',
  transferred: 'Transferred',
  merged: 'Joined to a conference',
  connection_lost: 'The connection to the server was lost',
  media_lost: 'The sound connection was lost',
  time_up: 'The longest call time was reached',
  ended_by_operator: 'Ended by the operator',
  nobody_joined: 'Nobody joined the call',
  unknown: 'The call ended for an unknown reason'
}

export const callEn = {
  status,
  outcome,
  incoming: 'Incoming call',
  /** Said to screen readers, at once, when it rings. */
  announceIncoming: (name: string) => `Incoming call from ${name}`,
  announceConversation: (name: string) => `In a call with ${name}`,
  announcePaused: 'The connection was lost for a moment. Reconnecting.',
  announceEnded: (how: string) => `Call ended. ${how}.`
}
