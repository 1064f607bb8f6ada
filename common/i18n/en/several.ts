// English: several calls and devices at once, what can be done with a call beside talking, and who may call.
import type { Outcome, TransferOutcome } from '../../call/outcome.ts'

/** What may help now, under the sentence that says how a call ended; empty where nothing is to be said. */
const advice: Record<Outcome, string> = {
  ended: '',
  you_hung_up: '',
  they_hung_up: '',
  you_cancelled: '',
  missed: '',
  no_answer: 'Try again later.',
  unreachable: 'None of their devices is connected. Try again later.',
  busy: 'They can’t take a call just now. Try again in a few minutes.',
  missed_while_busy: '',
  declined: '',
  you_declined: '',
  answered_elsewhere: 'The call goes on there.',
  declined_elsewhere: '',
  crossed: '',
  transferred: 'The call goes on without you.',
  merged: '',
  connection_lost: 'Check your network, then try again.',
  media_lost: 'Check your network, then try again.',
  time_up: '',
  ended_by_operator: '',
  nobody_joined: '',
  unknown: 'Try again.'
}

/** Why a transfer to somebody came to nothing. */
const transferEnded: Record<TransferOutcome, (name: string) => string> = {
  unreachable: (name) => `${name} could not be reached.`,
  busy: (name) => `${name} was busy.`,
  declined: (name) => `${name} declined.`,
  no_answer: (name) => `${name} did not answer.`,
  failed: (name) => `There was no connection with ${name}.`
}

export const severalEn = {
  advice,
  tryAgain: 'Try again',

  keypad: 'Keypad',
  hideKeypad: 'Hide the keypad',
  keypadHint: 'Press keys here or on your keyboard.',
  /** The name of a key whose sign readers swallow. */
  star: 'star',
  hash: 'hash',
  sentKeys: 'Keys pressed',
  swap: 'Swap',
  more: 'More',
  moreTitle: 'More for this call',
  heldByYou: 'On hold',
  heldByYouText: 'Nobody hears anything until you resume.',
  heldByThem: 'They put you on hold',
  heldByThemOf: (name: string) => `${name} put you on hold`,
  resumedByThem: (name: string) => `${name} is back`,
  resumedByYou: 'The call goes on',
  resumeName: (name: string) => `Resume the call with ${name}`,
  swapName: (name: string) => `Hold this call and go on with ${name}`,
  /** What ends both calls of a conference made here. */
  endConference: 'End the conference',

  waiting: (name: string) => `${name} is calling`,
  announceWaiting: (name: string) => `${name} is calling while you are in a call`,
  silent: (name: string) => `${name} is calling, quietly: do not disturb is on`,
  notHere: 'Not here',
  moving: (name: string) => `Continue the call with ${name} here?`,
  joinable: (name: string) => `You are asked to call ${name}`,
  joinName: (name: string) => `Join the call with ${name}`,
  notJoinName: (name: string) => `No, thanks: call with ${name}`,

  transfer: 'Transfer…',
  transferTitle: (name: string) => `Connect ${name} with somebody else`,
  transferWho: 'Connect with',
  transferNobody: 'Choose somebody, or type a number.',
  transferAsk: 'Wait for the answer',
  transferAskText: (name: string) => `${name} waits until they answer. If they don’t, you two go on talking.`,
  transferNow: 'Hand over now',
  transferNowText: (name: string) => `You leave at once. If nobody answers, ${name} is put through to you again.`,
  connecting: (one: string, other: string) => `Connecting ${one} to ${other}…`,
  connectingYou: (one: string, other: string) => `${one} is connecting you to ${other}…`,
  transferEnded,
  backWith: (name: string) => `You are with ${name} again.`,
  transferCancel: 'Cancel the transfer',

  merge: 'Merge',
  mergeWith: (name: string) => `Talk together with ${name}`,
  split: 'Split',
  splitText: 'Talk to each alone again',
  conference: 'Conference',
  conferenceWith: (names: string) => `In a conference with ${names}`,
  inConference: 'In the conference',
  conferenceOver: 'The conference is over',

  move: 'Continue on another device',
  moveOffered: 'Answer on your other device. The call stays here until then.',
  moveBack: 'Keep it here',

  endsIn: (time: string) => `This call ends in ${time}`,
  minuteLeft: 'Less than a minute is left for this call.',
  secondsLeft: 'This call ends in a few seconds.',

  pausedMine: (_name: string) => 'Your sound connection was lost. It is being brought back.',
  pausedTheirs: (name: string) => `${name}’s sound connection was lost. Stay on the line.`,
  pausedBoth: (_name: string) => 'Both sound connections were lost. They are being brought back.',
  pausedNoLink: (_name: string) => 'This computer has no connection to the server. Check your network.',

  disturb: {
    title: 'Do not disturb',
    off: 'Calls come through',
    busy: 'Callers find you busy',
    silent: 'Calls come in without a sound',
    offHint: 'It rings and you are notified.',
    busyHint: 'Nothing is shown; the calls are in Recents.',
    silentHint: 'They are shown without a sound.',
    isOn: (how: string) => `Do not disturb: ${how}`
  },
  callWaiting: 'Call waiting',
  callWaitingHint: 'A second call rings softly. Otherwise its caller finds you busy.',
  blocked: {
    title: 'Blocked people',
    text: 'Their calls do not reach you. They are not told why.',
    none: 'You have blocked nobody.',
    block: 'Block',
    unblock: 'Unblock',
    blockName: (name: string) => `Block ${name}`,
    unblockName: (name: string) => `Unblock ${name}`,
    isBlocked: 'Blocked'
  }
}
