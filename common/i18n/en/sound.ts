// English: ringtones, devices, and how they are tried.

export const soundEn = {
  ringing: 'Ringing',
  ringtone: 'Ringtone',
  ringtones: { bells: 'Bells', santur: 'Santur', marimba: 'Marimba', telephone: 'Telephone', silent: 'Silent' },
  silentHint: 'Calls are shown and make no sound.',
  testRing: 'Hear the ring',
  testSpeaker: 'Hear the speaker',
  inCall: 'In a call',
  tryMicrophone: 'Try the microphone',
  tried: 'Stop trying',
  speakNow: 'Say something: the bar follows your voice.',
  repeat: 'Record and listen',
  recording: 'Recording for three seconds. Speak…',
  playing: 'This is how you sound.',
  yourLevel: 'Level of your microphone',
  theirLevel: 'Level of what you hear',
  /** Below the switches of voice processing. */
  atOnce: 'A change takes effect at once, also during a call.',
  /** In a list of devices. */
  away: (name: string) => `Not connected: ${name}`,
  /** `names` are devices. */
  deviceLost: (names: string) => `Disconnected: ${names}. The system default is used until it is back.`,
  deviceBack: (names: string) => `Connected and in use again: ${names}.`
}
