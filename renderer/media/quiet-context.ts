// An audio context that opens no output device: for sound that is only measured or sent. To open and close outputs takes
// the sound system's one thread, which an answer needs for the microphone.

type Options = AudioContextOptions & { readonly sinkId?: { readonly type: 'none' } }

export const createQuietContext = (): AudioContext => {
  // Not yet in every DOM library; in Chrome since 110, and an older one takes no notice of it.
  const options: Options = { sinkId: { type: 'none' } }
  return new AudioContext(options)
}
