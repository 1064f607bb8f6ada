// English: tray menu, notifications, window titles and system dialogs.

export const shellEn = {
  appName: 'Tamas',
  answer: 'Answer',
  backToCall: 'Back to the call',
  decline: 'Decline',
  hangUp: 'Hang up',
  mute: 'Mute',
  unmute: 'Unmute',
  callBack: 'Call back',
  open: 'Open Tamas',
  signIn: 'Sign in…',
  quit: 'Quit',
  favourites: 'Favourites',
  recents: 'Recents',
  contacts: 'Contacts',
  /** A person in a list: the name, then the number. Both come isolated where the direction needs it. */
  person: (name: string, number: string) => (name === '' ? number : `${name} (${number})`),
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
  ringWindowTitle: 'Incoming call',
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
