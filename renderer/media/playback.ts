// The speaker side of one leg: plays consumer tracks on the chosen output while the call has the floor.

export type Playback = {
  readonly add: (id: string, track: MediaStreamTrack) => void
  readonly remove: (id: string) => void
  /** Whether the call is to be heard now. */
  readonly setAudible: (audible: boolean) => void
  /** Device id, 'default' for the system's. Falls back to the default where that output is gone. */
  readonly setOutput: (deviceId: string) => void
  /** The newest track, for level meters. */
  readonly current: () => MediaStreamTrack | null
  readonly close: () => void
}

const sinkOf = (deviceId: string) => (deviceId === 'default' ? '' : deviceId)

export const createPlayback = (onError: (error: unknown) => void): Playback => {
  const players = new Map<string, HTMLAudioElement>()
  const tracks = new Map<string, MediaStreamTrack>()
  let audible = false
  let output = 'default'

  const route = (player: HTMLAudioElement) => {
    player.setSinkId(sinkOf(output)).catch((error: unknown) => {
      onError(error)
      if (output !== 'default') player.setSinkId('').catch(onError)
    })
  }

  return {
    add: (id, track) => {
      const player = new Audio()
      player.srcObject = new MediaStream([track])
      player.muted = !audible
      players.set(id, player)
      tracks.set(id, track)
      if (output !== 'default') route(player)
      // Plays from the start, muted or silent, so that the answer has nothing left to start.
      player.play().catch(onError)
    },
    remove: (id) => {
      const player = players.get(id)
      if (player !== undefined) {
        player.pause()
        player.srcObject = null
      }
      players.delete(id)
      tracks.delete(id)
    },
    setAudible: (value) => {
      audible = value
      for (const player of players.values()) player.muted = !value
    },
    setOutput: (deviceId) => {
      output = deviceId
      for (const player of players.values()) route(player)
    },
    current: () => [...tracks.values()].at(-1) ?? null,
    close: () => {
      for (const player of players.values()) {
        player.pause()
        player.srcObject = null
      }
      players.clear()
      tracks.clear()
    }
  }
}
