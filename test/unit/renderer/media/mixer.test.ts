// The mixer of a conference: who hears whom as a plan, and that the audio graph is exactly the plan and nothing is left.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { mixPlan } from '../../../../renderer/media/mix-plan.ts'
import { createMixer } from '../../../../renderer/media/mixer.ts'

describe('the plan', () => {
  const one = { session: 'a', microphone: 'mic a', heard: ['sara'] }
  const other = { session: 'b', microphone: 'mic b', heard: ['kian'] }
  const held = { session: 'c', microphone: null, heard: ['arash'] }

  it('gives each the microphone and the other, nobody their own voice, and nothing of a call that is not mixed', () => {
    expect(mixPlan([one, other, held])).toEqual([
      { from: 'mic a', to: 'a' },
      { from: 'kian', to: 'a' },
      { from: 'mic b', to: 'b' },
      { from: 'sara', to: 'b' }
    ])
  })
  it('is empty where nobody is mixed', () => {
    expect(mixPlan([held])).toEqual([])
  })
})

class FakeTrack {
  readyState = 'live'
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
  readonly stop = () => {
    this.readyState = 'ended'
  }
  readonly clone = () => new FakeTrack(this.name)
}
class FakeStream {
  readonly tracks: readonly FakeTrack[]
  constructor(tracks: readonly FakeTrack[]) {
    this.tracks = tracks
  }
  readonly getTracks = () => this.tracks
  readonly getAudioTracks = () => this.tracks
}
const track = (name: string) => new FakeTrack(name) as unknown as MediaStreamTrack

class FakeContext {
  static open = 0
  readonly edges = new Set<string>()
  #made = 0
  constructor() {
    FakeContext.open += 1
  }
  readonly createMediaStreamSource = ({ tracks }: FakeStream) => {
    const from = tracks[0]?.name ?? ''
    return {
      connect: (to: { readonly label: string }) => this.edges.add(`${from}>${to.label}`),
      disconnect: (to?: { readonly label: string }) => {
        for (const edge of [...this.edges]) {
          if (edge.startsWith(`${from}>`) && (to === undefined || edge.endsWith(`>${to.label}`)))
            this.edges.delete(edge)
        }
      }
    }
  }
  readonly createMediaStreamDestination = () => {
    const label = `out ${++this.#made}`
    return { label, stream: new FakeStream([new FakeTrack(label)]) }
  }
  readonly close = () => {
    FakeContext.open -= 1
    return Promise.resolve()
  }
}

describe('the graph', () => {
  let contexts: FakeContext[] = []
  const mixer = () =>
    createMixer(() => {
      const context = new FakeContext()
      contexts.push(context)
      return context as unknown as AudioContext
    })
  const edges = () => [...(contexts.at(-1)?.edges ?? [])].toSorted()

  beforeEach(() => {
    contexts = []
    FakeContext.open = 0
    vi.stubGlobal('MediaStream', FakeStream)
  })

  it('is the plan, follows tracks and microphones that change, and is gone when the conference is over', () => {
    const { line } = mixer()
    const [a, b] = [line('a'), line('b')]
    a.hear('c1', track('sara'))
    expect(contexts).toHaveLength(0)
    const sent = a.mix(track('mic a'))
    expect((sent as unknown as FakeTrack).name).toBe('out 1')
    b.mix(track('mic b'))
    expect(edges()).toEqual(['mic a>out 1', 'mic b>out 2', 'sara>out 2'])
    b.hear('c2', track('kian'))
    a.unhear('c1')
    a.hear('c3', track('sara again'))
    a.mix(track('headset'))
    expect(edges()).toEqual(['headset>out 1', 'kian>out 1', 'mic b>out 2', 'sara again>out 2'])
    a.leave()
    expect(edges()).toEqual(['mic b>out 2'])
    expect(FakeContext.open).toBe(1)
    b.close()
    expect([edges(), FakeContext.open]).toEqual([[], 0])
    a.close()
    expect(contexts).toHaveLength(1)
  })

  it('keeps a newer making of the same call when the older one is closed late', () => {
    const { line } = mixer()
    const old = line('a')
    const made = line('a')
    made.mix(track('mic'))
    old.close()
    expect(edges()).toEqual(['mic>out 1'])
  })
})
