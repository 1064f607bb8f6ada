// Makes the plan of a conference so, in one audio context that exists only while two calls are mixed. Who hears whom is
// decided in mix-plan.ts.
import { mixPlan } from './mix-plan.ts'
import { createQuietContext } from './quiet-context.ts'

/** One call's side of the mixer. */
export type MixerLine = {
  /** The other side's tracks as they come and go, mixed or not. */
  readonly hear: (id: string, track: MediaStreamTrack) => void
  readonly unhear: (id: string) => void
  /** From now on `microphone` and what the other mixed calls send, as one track; the line owns it, and the caller `microphone`. */
  readonly mix: (microphone: MediaStreamTrack) => MediaStreamTrack
  /** No longer mixed. */
  readonly leave: () => void
  readonly close: () => void
}
export type Mixer = { readonly line: (session: string) => MixerLine }

type Line = {
  readonly session: string
  microphone: MediaStreamTrack | null
  readonly heard: Map<string, MediaStreamTrack>
}
type Input = { readonly node: MediaStreamAudioSourceNode; readonly to: Set<string> }

export const createMixer = (newContext: () => AudioContext = createQuietContext): Mixer => {
  const lines = new Map<string, Line>()
  const outputs = new Map<string, MediaStreamAudioDestinationNode>()
  const inputs = new Map<MediaStreamTrack, Input>()
  let context: AudioContext | undefined

  const inputOf = (track: MediaStreamTrack, mixing: AudioContext): Input => {
    const known = inputs.get(track)
    if (known !== undefined) return known
    const made = { node: mixing.createMediaStreamSource(new MediaStream([track])), to: new Set<string>() }
    inputs.set(track, made)
    return made
  }

  const outputOf = (key: string, mixing: AudioContext): MediaStreamAudioDestinationNode => {
    const made = outputs.get(key) ?? mixing.createMediaStreamDestination()
    outputs.set(key, made)
    return made
  }

  const end = () => {
    for (const { node } of inputs.values()) node.disconnect()
    for (const { stream } of outputs.values()) for (const track of stream.getTracks()) track.stop()
    inputs.clear()
    outputs.clear()
    void context?.close()
    context = undefined
  }

  const apply = () => {
    const plan = mixPlan([...lines.values()].map((line) => ({ ...line, heard: [...line.heard.values()] })))
    if (plan.length === 0) {
      end()
      return
    }
    context ??= newContext()
    for (const [track, { node, to }] of inputs) {
      for (const session of to) {
        if (plan.some((edge) => edge.from === track && edge.to === session)) continue
        const output = outputs.get(session)
        if (output !== undefined) node.disconnect(output)
        to.delete(session)
      }
      if (to.size === 0) inputs.delete(track)
    }
    for (const [session, output] of outputs) {
      if (plan.some((edge) => edge.to === session)) continue
      for (const track of output.stream.getTracks()) track.stop()
      outputs.delete(session)
    }
    for (const { from, to } of plan) {
      const input = inputOf(from, context)
      if (input.to.has(to)) continue
      input.node.connect(outputOf(to, context))
      input.to.add(to)
    }
  }

  const line = (session: string): MixerLine => {
    const own: Line = { session, microphone: null, heard: new Map() }
    lines.set(session, own)
    return {
      hear: (id, track) => {
        own.heard.set(id, track)
        apply()
      },
      unhear: (id) => {
        if (own.heard.delete(id)) apply()
      },
      mix: (microphone) => {
        own.microphone = microphone
        apply()
        const track = outputs.get(session)?.stream.getAudioTracks()[0]
        if (track === undefined) throw new Error('nothing comes out of the mixer')
        return track.clone()
      },
      leave: () => {
        if (own.microphone === null) return
        own.microphone = null
        apply()
      },
      close: () => {
        // A newer making of the same call's media may have the line by now.
        if (lines.get(session) !== own) return
        lines.delete(session)
        apply()
      }
    }
  }
  return { line }
}
