// English: tray menu, notifications, window titles and system dialogs.

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
  missedCount: (count: number) => (count === 1 ? '1 missed call' : `${count} missed calls`),
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
  ringWindowTitle: 'Incoming call',
  /** Where quitting would end calls. */
  quitting: {
    inCall: (person: string) => `You are in a call with ${person}.`,
    inCalls: (count: number) => `You are in ${count} calls.`,
    ends: (count: number): string => (count === 1 ? 'If you quit, the call ends.' : 'If you quit, they all end.'),
    quit: 'Quit',
    stay: 'Stay in the call'
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
    close: 'Close'
  }
}
