// English: tray menu, notifications, window titles and system dialogs.
import { plural } from './plural.ts'

export const shellEn = {
  appName: 'Tamas',
  answer: 'Answer',
  backToCall: 'Back to the call',
  decline: 'Decline',
  hangUp: 'Hang up',
  mute: 'Mute',
  unmute: 'Unmute',
  hold: 'Hold',
  resume: 'Resume',
  /** Goes on with a held call while another talk is held instead. */
  swap: 'Switch to this call',
  holdAndAnswer: 'Hold and answer',
  endAndAnswer: 'End and answer',
  /** Takes over a talk that is on another own device. */
  continueHere: 'Continue here',
  joinCall: 'Join',
  /** To a call that somebody else has arranged. */
  noThanks: 'No, thanks',
  doNotDisturb: 'Do not disturb',
  callBack: 'Call back',
  open: 'Open Tamas',
  signIn: 'Sign in…',
  quit: 'Quit',
  favourites: 'Favourites',
  recents: 'Recents',
  contacts: 'Contacts',
  /** A person in a list: the name, then the number. Both come isolated where the direction needs it. */
  person: (name: string, number: string) => (name === '' ? number : `${name} (${number})`),
  /** What a menu's entry does with a call, where there are several: `Hang up: Sara`. */
  ofPerson: (what: string, name: string) => `${what}: ${name}`,
  /** A call's line in the tray menu. */
  callLine: (person: string, status: string) => `${person}: ${status}`,
  missedCount: (count: number, written: string) =>
    plural(count, { one: `${written} missed call`, other: `${written} missed calls` }),
  missedCall: 'Missed call',
  /** Under the count, where several were missed. */
  lastMissedFrom: (person: string) => `Last from ${person}`,
  online: 'Online',
  offline: 'No connection',
  signedOut: 'Signed out',
  /** The tray icon's tooltip. */
  tooltip: (status: string) => `Tamas: ${status}`,
  /** Between two things that are said one after the other. */
  listSeparator: ', ',
  /** Under the name, in a notification of a call that comes during another. */
  waitingCall: 'Another call',
  /** A talk on another own device offers itself here. */
  movingCall: 'Continue the call here?',
  onHold: 'On hold',
  heldByPeer: 'You are on hold',
  readyToJoin: 'Waiting for you to join',
  /** Told once, when the window is closed for the first time. */
  closing: {
    title: 'Tamas is still running',
    hidden: 'Calls still reach you. Use its icon in the tray to bring the window back or to quit.',
    minimized: 'This desktop has no tray, so the window was minimised. Calls still reach you.'
  },
  ringWindowTitle: 'Incoming call',
  miniWindowTitle: 'Call',
  /** Where quitting would end calls. */
  quitting: {
    inCall: (person: string) => `You are in a call with ${person}.`,
    inCalls: (count: number, written: string) =>
      plural(count, { one: `You are in ${written} call.`, other: `You are in ${written} calls.` }),
    ends: (count: number) => plural(count, { one: 'If you quit, the call ends.', other: 'If you quit, they all end.' }),
    quit: 'Quit',
    stay: 'Stay in the call'
  },
  /** The system's dialog that asks where to save a file: its title, and what the kinds of file are called. */
  saveFile: {
    title: 'Save as',
    vcard: 'Contacts (vCard)',
    csv: 'Table (CSV)',
    json: 'JSON',
    log: 'Logs',
    all: 'All files'
  },
  /** The application's menu, where the system has one. */
  menu: {
    about: 'About Tamas',
    hide: 'Hide Tamas',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    window: 'Window',
    minimize: 'Minimise',
    close: 'Close',
    help: 'Help',
    shortcuts: 'Keyboard Shortcuts'
  }
}
