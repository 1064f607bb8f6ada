// English: letting the window go while it is hidden.

export const restEn = {
  setting: 'Use less memory in the tray',
  settingHint:
    'A minute after its window is hidden, Tamas lets it go. A call brings it back; until then the notification rings.'
}
