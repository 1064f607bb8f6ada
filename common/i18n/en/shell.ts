// English: tray menu, notifications, window titles and system dialogs.

export const shellEn = {
  appName: 'Tamas',
  answer: 'Answer',
  decline: 'Decline',
  hangUp: 'Hang up',
  mute: 'Mute',
  unmute: 'Unmute',
  open: 'Open Tamas',
  quit: 'Quit'
}
