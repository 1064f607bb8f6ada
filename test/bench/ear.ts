// An ear in a page: notices when a call's sound first comes out of it. Put into the pages of Tamas and of the bare app
// alike, by which they stay as they are otherwise. Must stand on nothing but the page: it travels as text.

/** What is found in the page afterwards. */
export type Ear = {
  /** Every connection that is still open is up, and a track is being played. */
  readonly isPrepared: () => boolean
  /** Forgets what it heard. */
  readonly reset: () => void
  /** When sound was first played unmuted, in milliseconds since the epoch; null so far. */
  readonly heardAt: () => number | null
}

declare global {
  interface Window {
    benchEar: Ear
  }
}

/**
 * Energy is looked for in each 10 ms of decoded sound on its way from the jitter buffer to the player: what the sound
 * system does afterwards, the same for all programs, is not in it. Silence and what plays muted do not count.
 */
export const installEar = (): void => {
  const loudness = 0.02
  const connections = new Set<RTCPeerConnection>()
  const playing = new Set<MediaStreamTrack>()
  let heardAt: number | null = null

  const Original = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.add(this)
    }
  }

  type Frames = { readonly readable: ReadableStream<AudioData> }
  const { MediaStreamTrackProcessor } = window as unknown as {
    MediaStreamTrackProcessor: new (options: { track: MediaStreamTrack }) => Frames
  }

  const isLoud = (frame: AudioData): boolean => {
    const samples = new Float32Array(frame.numberOfFrames)
    frame.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
    return Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length) > loudness
  }

  const listen = async (player: HTMLMediaElement, track: MediaStreamTrack): Promise<void> => {
    playing.add(track)
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (heardAt === null && !player.muted && isLoud(next.value)) heardAt = Date.now()
      next.value.close()
    }
    playing.delete(track)
  }

  const isReceived = (track: MediaStreamTrack): boolean =>
    [...connections].some((connection) => connection.getReceivers().some((receiver) => receiver.track === track))

  const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')?.value as () => Promise<void>
  HTMLMediaElement.prototype.play = function () {
    const source = this.srcObject
    const [track] = source instanceof MediaStream ? source.getAudioTracks() : []
    if (track !== undefined && isReceived(track)) void listen(this, track)
    return play.call(this)
  }

  window.benchEar = {
    isPrepared: () => {
      const open = [...connections].filter(({ connectionState }) => connectionState !== 'closed')
      const live = [...playing].filter(({ readyState }) => readyState === 'live')
      return open.length === 2 && live.length === 1 && open.every((each) => each.connectionState === 'connected')
    },
    reset: () => {
      heardAt = null
    },
    heardAt: () => heardAt
  }
}
