// Records a track for a few seconds, and plays what was recorded on a speaker. Keeps nothing.

const recordMs = 3_000

// Not yet in every DOM library; in Chrome since 110.
type RoutableContext = AudioContext & { setSinkId?: (id: string) => Promise<void> }

/** Ends early with the track or the signal; what there is until then is the recording. */
export const record = (track: MediaStreamTrack, signal: AbortSignal): Promise<Blob> =>
  new Promise((resolve, reject) => {
    const recorder = new MediaRecorder(new MediaStream([track]))
    const parts: Blob[] = []
    const end = () => {
      if (recorder.state !== 'inactive') recorder.stop()
    }
    const timer = setTimeout(end, recordMs)
    signal.addEventListener('abort', end, { once: true })
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    recorder.addEventListener('error', () => {
      reject(new Error('the recording failed'))
    })
    recorder.addEventListener('stop', () => {
      clearTimeout(timer)
      resolve(new Blob(parts))
    })
    recorder.start()
  })

/** `speaker`: a device id; where that one is gone, it is heard on the default. Resolves when all was played. */
export const play = async (sound: Blob, speaker: string, signal: AbortSignal): Promise<void> => {
  const context: RoutableContext = new AudioContext()
  try {
    if (speaker !== 'default') await context.setSinkId?.(speaker).catch(() => undefined)
    const source = context.createBufferSource()
    source.buffer = await context.decodeAudioData(await sound.arrayBuffer())
    source.connect(context.destination)
    await new Promise<void>((resolve) => {
      if (signal.aborted) {
        resolve()
        return
      }
      source.addEventListener('ended', () => resolve())
      signal.addEventListener('abort', () => resolve(), { once: true })
      source.start()
    })
  } finally {
    await context.close()
  }
}
