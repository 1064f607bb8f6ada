// English: links from outside, joining a call by one, and what became of it.
import type { JoinResult, LinkFault } from '../../links.ts'

/** What became of a try to join, and what may help now. */
const results: Record<JoinResult, string> = {
  success: 'You have joined the call.',
  sdk_version_not_supported:
    'This version of Tamas does not fit the server of the call. Update the app, then ask for a new link.',
  access_denied: 'This link was used already, or it is older than a minute. Ask for a new link.',
  invalid_call: 'The server does not know this call. Ask whoever sent you the link for a new one.',
  call_session_finished: 'This call is already over. Ask for a new link if you still want to talk.',
  failed_to_connect: 'The server of the call can’t be reached. Check your network and try again.',
  unknown_error: 'Something went wrong on the way into the call. Try again, or ask for a new link.'
}

const faults: Record<LinkFault, string> = {
  unknown: 'Tamas does not know this link. Paste all of it; if it is meant for a newer version, update the app.',
  damaged: 'Part of the link is missing or was changed on the way. Copy the whole link, or ask for a new one.',
  insecure: 'The link leads to a server whose address is not encrypted. Tamas does not join calls there.'
}

export const linksEn = {
  results,
  faults,
  faultTitle: 'This link can’t be used',
  joinTitle: 'Join a call?',
  joinTitleWith: (name: string) => `Join the call with ${name}?`,
  join: 'Join',
  tryAgain: 'Try again',
  joinText: (server: string) => `A link asks you to join a call on the server ${server}.`,
  microphone: 'When you join, your microphone is switched on.',
  unknownServer: 'You have not used this server before. Join only if you know who sent you the link.',
  joining: 'Joining…',
  notJoined: 'You did not get into the call',
  notHereTitle: 'Not possible right now',
  noneOfYours: (name: string) => `You are signed in as ${name}, and this call is not among your calls here.`,
  otherServer: (name: string, here: string, there: string) =>
    `You are signed in as ${name} on ${here}. This link leads to another server, ${there}.`,
  mayStillCome: 'If it is meant for you, it rings here as soon as the other side is there.',
  signOutFirst:
    'To join as a guest, sign out in the settings first, then open the link again. It has not been used up.',
  otherCall: 'You are in a call that you joined by a link. Leave it first, then open this link again.',
  /** A person who is called: the name and the number. */
  person: (name: string, number: string) => `${name} (${number})`,
  dialTitle: (who: string) => `Call ${who}?`,
  dialText: (server: string) => `A link asks for this call. It is made on ${server}.`,
  extension: (digits: string) =>
    `The link names extension ${digits}. Press it on the keypad once the call is answered.`,
  signInTitle: (who: string) => `Sign in to call ${who}`,
  signInText: 'Nobody is signed in. Once you are, Tamas asks again.',
  guestDial: 'You are here for one call only, by a link. Sign in to call somebody.',
  pasteOpen: 'Join a call with a link',
  pasteLabel: 'Link to the call',
  pasteSubmit: 'Continue',
  waitingTitle: 'Waiting for the call',
  waitingText: (name: string) => `You are here as ${name}. The call begins as soon as the other side is there.`,
  leave: 'Leave',
  over: 'The call that you joined is over. Sign in to make calls.',
  neverBegan: 'The call has not begun. Ask for a new link if you still want to talk.'
}
