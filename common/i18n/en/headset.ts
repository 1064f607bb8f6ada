// English: the buttons of headsets.

export const headsetEn = {
  title: 'Headset buttons',
  text: 'Answer, mute and hang up with the buttons of a headset that is connected by USB or by its own USB adapter.',
  connect: 'Connect a headset…',
  none: 'No headset’s buttons are connected. Its sound works all the same.',
  notChosen: 'No headset was chosen. Plug one in that has buttons for calls, then try again.',
  failed: 'The headset could not be connected. Unplug it, plug it in again, then try once more.',
  opening: 'Connecting…',
  ready: 'Its buttons work',
  denied:
    'Its sound works; its buttons are closed to programs here. Whoever looks after this computer can open them (on Linux by a udev rule).',
  forget: 'Forget',
  forgetName: (name: string) => `Forget ${name}`,
  unnamed: 'Headset',
  /** The question of the system's dialog. */
  choose: {
    question: 'Which headset may Tamas use?',
    text: 'Tamas will hear its buttons and set its lights.',
    cancel: 'None'
  }
}
