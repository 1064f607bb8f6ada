// English: the keys of the window and of the whole desktop, what they do, and how they are chosen.

export const shortcutsEn = {
  title: 'Keyboard shortcuts',
  showAll: 'Show all shortcuts',
  inWindow: 'In the window of Tamas',
  inWindowText: 'These keys work while Tamas is in front.',
  groups: { ringing: 'When it rings', talk: 'In a call', calling: 'Calling', window: 'Window' },
  names: {
    answer: 'Answer',
    decline: 'Decline',
    mute: 'Mute or unmute',
    hold: 'Hold or resume',
    next: 'Go on with the next call on hold',
    keypad: 'Keypad',
    transfer: 'Connect with somebody else',
    hangUp: 'Hang up',
    find: 'Find somebody or type a number',
    redial: 'Call the last number again',
    disturb: 'Change do not disturb',
    contacts: 'Contacts',
    recents: 'Recents',
    settings: 'Settings',
    overview: 'These shortcuts'
  },
  /** Keys of the desktop: they work while another program is in front. */
  global: {
    title: 'Anywhere on this computer',
    text: 'These keys work in front of any program. Tamas takes a key only when it can act: the one to answer only while a call rings.',
    names: {
      answer: 'Answer',
      decline: 'Decline',
      mute: 'Mute or unmute',
      hangUp: 'Hang up',
      dial: 'Call the number in the clipboard'
    },
    /** How a setting is called where it stands among others. */
    setting: (what: string) => `Keys anywhere: ${what}`,
    none: 'None',
    choose: (what: string) => `Choose keys: ${what}`,
    pressNow: 'Press the keys…',
    pressHint: 'Escape leaves them as they are.',
    clear: (what: string) => `Remove the keys: ${what}`,
    plain: 'Add two of Ctrl, Alt and Shift: these keys are needed for typing and by other programs.',
    unknown: 'This key can’t be used here. Try another one.',
    taken: (what: string) => `You use these keys already: ${what}`,
    refused: 'These keys belong to the desktop or to another program. Choose others.'
  }
}
