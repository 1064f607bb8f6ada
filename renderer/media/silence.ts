// A silent audio track: what a leg sends while its microphone must stay closed. Opens no device.
import { createQuietContext } from './quiet-context.ts'

export type Silence = { readonly track: () => MediaStreamTrack }

export const createSilence = (): Silence => {
  let source: MediaStreamTrack | undefined
  return {
    /** A new track; the caller stops it. */
    track: () => {
      if (source === undefined) {
        const context = createQuietContext()
        source = context.createMediaStreamDestination().stream.getAudioTracks()[0]
        // Suspended it costs nothing, and a transport needs a track, not its samples.
        void context.suspend()
      }
      if (source === undefined) throw new Error('no silent track')
      return source.clone()
    }
  }
}
