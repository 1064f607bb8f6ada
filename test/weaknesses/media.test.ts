// What call systems get wrong in sound, microphones and devices, each as a test by name that shows it right here.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { WebRtcTransport } from 'mediasoup/types'
import type { MediaFact, MediaOrder } from '../../common/ipc.ts'
import { createFormat } from '../../common/i18n/format.ts'
import { catalogue } from '../../common/i18n/index.ts'
import { mediaOpening } from '../../common/protocol/media.ts'
import { ok, type Result } from '../../common/result.ts'
import type { Ask } from '../../renderer/media/ask.ts'
import { createDeviceWatch } from '../../renderer/media/devices.ts'
import { createLeg, type LegDeps } from '../../renderer/media/leg.ts'
import { lookAt, newLine } from '../../renderer/media/line-quality.ts'
import { sampleOf } from '../../renderer/media/line-sample.ts'
import { createMicrophone } from '../../renderer/media/microphone.ts'
import { createPlayback } from '../../renderer/media/playback.ts'
import { lineWords } from '../../renderer/state/line-words.ts'
import { transportToPhone } from '../../server/media/wire.ts'
import { begin } from './support.ts'

class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live'
  enabled = true
  readonly clones: FakeTrack[] = []
  clone(): FakeTrack {
    const made = new FakeTrack()
    this.clones.push(made)
    return made
  }
  stop(): void {
    this.readyState = 'ended'
  }
  getSettings(): MediaTrackSettings {
    return {}
  }
}

/** Microphones that were opened, in order. */
let opened: FakeTrack[] = []
let listed: { kind: string; deviceId: string; label: string }[] = []
const settings = { microphone: 'default', echoCancellation: true, noiseSuppression: true, autoGain: true }
const settled = () => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  opened = []
  listed = []
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia: async () => {
        const track = new FakeTrack()
        opened.push(track)
        return { getAudioTracks: () => [track] }
      },
      enumerateDevices: async () => listed,
      addEventListener: () => undefined
    }
  })
})

const talk: MediaOrder = { session: 's', epoch: 1, want: 'talk', microphone: true, muted: false }

/** A leg with fake transports: which transports were asked for, and which track each making sends. */
const makeLeg = (order: MediaOrder, microphone: LegDeps['microphone']) => {
  const sent: FakeTrack[] = []
  const transports: unknown[] = []
  const facts: MediaFact[] = []
  const transport = (options: unknown) => {
    transports.push(options)
    const producer = { replaceTrack: async ({ track }: { track: FakeTrack }) => void sent.push(track) }
    return { on: () => undefined, close: () => undefined, connectionState: 'connected', produce: async () => producer }
  }
  const iceServers = [{ urls: ['turn:relay.example'] }]
  const opening = { iceServers, send: { iceCandidates: ['theirs'] }, recv: { iceCandidates: ['theirs'] } }
  const ask = (name: string): Promise<Result<unknown>> => Promise.resolve(ok(name === 'media.open' ? opening : {}))
  const leg = createLeg(order, {
    ask: ask as unknown as Ask,
    device: () =>
      Promise.resolve({ createSendTransport: transport, createRecvTransport: transport, recvRtpCapabilities: {} }),
    microphone,
    silence: { track: () => new FakeTrack() },
    line: { hear: vi.fn(), unhear: vi.fn(), mix: () => new FakeTrack(), leave: vi.fn(), close: vi.fn() },
    playback: { setAudible: vi.fn(), close: vi.fn() },
    onFact: (fact: MediaFact) => facts.push(fact),
    attachTransform: () => undefined,
    joined: () => true,
    onError: vi.fn()
  } as unknown as LegDeps)
  return { leg, sent, transports, facts }
}

describe('sound, microphones and devices', () => {
  it('weakness 15: sound is not waited for until all addresses are gathered, and relays are named by the server alone', async () => {
    const made = { id: 't', iceParameters: {}, iceCandidates: [{ ip: '192.0.2.1' }], dtlsParameters: {} }
    const told = transportToPhone(made as unknown as WebRtcTransport)
    // The server's addresses come with the first answer, so the phone can begin at once.
    expect(told.iceCandidates).toEqual([{ ip: '192.0.2.1' }])
    const opening = { epoch: 1, rtpCapabilities: {}, iceServers: [], features: [], send: told, recv: told }
    expect(mediaOpening.safeParse(opening).success).toBe(true)
    const { iceCandidates: _none, ...without } = told
    expect(mediaOpening.safeParse({ ...opening, recv: without }).success).toBe(false)
    const { transports } = makeLeg(talk, createMicrophone(settings, vi.fn()))
    await settled()
    const named = { iceServers: [{ urls: ['turn:relay.example'] }], iceCandidates: ['theirs'] }
    expect(transports).toEqual([expect.objectContaining(named), expect.objectContaining(named)])
  })

  it('weakness 16: media that is made anew sends a living microphone', async () => {
    const microphone = createMicrophone(settings, vi.fn())
    const first = makeLeg(talk, microphone)
    await settled()
    const second = makeLeg({ ...talk, epoch: 2 }, microphone)
    first.leg.close()
    await settled()
    expect(first.sent[0]?.readyState).toBe('ended')
    expect(second.sent).toHaveLength(1)
    expect(second.sent[0]?.readyState).toBe('live')
    expect(opened).toHaveLength(1)
    expect(opened[0]?.readyState).toBe('live')
  })

  it('weakness 17: the microphone is free the moment the call ends, with media up or not, with a connection or not', async () => {
    const microphone = createMicrophone(settings, vi.fn())
    // The call ends while its media is still being made.
    const early = makeLeg(talk, microphone)
    early.leg.close()
    microphone.release()
    await settled()
    expect(opened.every(({ readyState }) => readyState === 'ended')).toBe(true)
    const late = makeLeg(talk, microphone)
    await settled()
    late.leg.close()
    microphone.release()
    expect(
      opened.every(({ readyState, clones }) => readyState === 'ended' && clones.every((c) => c.readyState === 'ended'))
    ).toBe(true)

    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    t.world.stall('ali-1')
    await t.pass(3_000)
    expect(t.app('ali-1').phone.orders()).toMatchObject([{ microphone: true }])
    await t.hangUp('ali-1', 0)
    expect(t.app('ali-1').phone.orders()).toEqual([])
    t.done()
  })

  it('weakness 18: a phone rings without asking for the microphone, and whoever has none is still reached', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.dial('ali-1', 'sara')
    expect(t.call('sara-1').status).toBe('ringing')
    expect(t.app('sara-1').phone.orders()).toMatchObject([{ want: 'prepare', microphone: false }])
    await t.answer('sara-1', 0)
    expect(t.app('sara-1').phone.orders()).toMatchObject([{ microphone: true }])
    const { session } = t.call('sara-1')
    t.app('sara-1').phone.mediaFact(session, 1, { kind: 'failed', code: 'microphone_denied' })
    await t.pass(1_000)
    expect(t.call('sara-1')).toMatchObject({ status: 'conversation', trouble: { code: 'microphone_denied' } })
    t.done()
  })

  it('weakness 19: sound goes to the chosen output, falls back, leaves no player behind, and a refused start is told', async () => {
    const players: { sink: string; srcObject: unknown; muted: boolean; paused: boolean }[] = []
    const errors: unknown[] = []
    class FakeAudio {
      srcObject: unknown = null
      muted = false
      paused = true
      sink = ''
      constructor() {
        players.push(this)
      }
      play(): Promise<void> {
        this.paused = false
        return players.length === 1 ? Promise.reject(new Error('not allowed')) : Promise.resolve()
      }
      pause(): void {
        this.paused = true
      }
      setSinkId(id: string): Promise<void> {
        if (id === 'gone') return Promise.reject(new Error('no such output'))
        this.sink = id
        return Promise.resolve()
      }
    }
    vi.stubGlobal('Audio', FakeAudio)
    vi.stubGlobal('MediaStream', Object)
    const playback = createPlayback((error) => errors.push(error))
    playback.setOutput('headset')
    playback.add('one', {} as MediaStreamTrack)
    await settled()
    expect(players[0]?.sink).toBe('headset')
    expect(errors).toHaveLength(1)
    playback.setOutput('gone')
    await settled()
    expect(players[0]?.sink).toBe('')
    playback.remove('one')
    playback.add('two', {} as MediaStreamTrack)
    playback.close()
    expect(players.every(({ srcObject, paused }) => srcObject === null && paused)).toBe(true)
  })

  it('weakness 20: devices are listed when somebody looks, outputs too, and another microphone closes the one before', async () => {
    listed = [
      { kind: 'audioinput', deviceId: 'in', label: 'Desk' },
      { kind: 'audiooutput', deviceId: 'out', label: 'Headset' }
    ]
    const watch = createDeviceWatch(vi.fn())
    const stop = watch.poll()
    await settled()
    expect(watch.current()).toEqual({
      microphones: [{ id: 'in', label: 'Desk' }],
      speakers: [{ id: 'out', label: 'Headset' }]
    })
    stop()
    const microphone = createMicrophone(settings, vi.fn())
    await microphone.open()
    microphone.configure({ ...settings, microphone: 'in' })
    await microphone.open()
    expect(opened.map(({ readyState }) => readyState)).toEqual(['ended', 'live'])
  })

  it('weakness 21: statistics are found by what they are and not by their place, each way for itself, and said in words', () => {
    const at = (seconds: number) => {
      const sound = { kind: 'audio', timestamp: seconds * 1_000 }
      const count = (share: number) => seconds * 50 * share
      return [
        { ...sound, type: 'inbound-rtp', id: 'in', packetsReceived: count(0.88), packetsLost: count(0.12) },
        { ...sound, type: 'outbound-rtp', id: 'out', packetsSent: count(1), retransmittedPacketsSent: 0 },
        { ...sound, type: 'remote-inbound-rtp', id: 'there', fractionLost: 0, roundTripTime: 0.09 },
        {
          ...sound,
          type: 'remote-outbound-rtp',
          localId: 'in',
          packetsSent: count(1),
          remoteTimestamp: seconds * 1_000
        },
        { type: 'codec', id: 'codec', mimeType: 'audio/opus' }
      ]
    }
    const watched = (arrange: (entries: object[]) => object[]) =>
      [0, 2, 4, 6, 8].reduce((line, seconds) => lookAt(line, sampleOf([arrange(at(seconds))])), newLine).quality
    const quality = watched((entries) => entries)
    expect(watched((entries) => entries.reverse())).toEqual(quality)
    expect(quality).toMatchObject({ level: 'fair', measures: { lossOut: 0, roundTripMs: 90 } })
    expect(lineWords(quality, catalogue('en'), createFormat('en-GB'))).toBe('Your network loses 12% of what you hear.')
  })

  it('weakness 22: mute and hold belong to the call and not to the machine, and the other side sees both', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    const { phone } = t.app('ali-1')
    const { session } = t.call('ali-1')
    expect(phone.mute(session, true).ok).toBe(true)
    expect(phone.orders()).toMatchObject([{ muted: true, microphone: true }])
    await t.pass(500)
    expect(t.call('sara-1').peerMuted).toBe(true)
    expect(t.call('sara-1').status).toBe('conversation')
    phone.mute(session, false)
    expect(phone.hold(session, true).ok).toBe(true)
    expect(phone.orders()).toMatchObject([{ want: 'hold', microphone: false }])
    await t.pass(500)
    expect(t.call('sara-1')).toMatchObject({ peerMuted: false, held: { theirs: true }, status: 'conversation' })
    phone.hold(session, false)
    await t.pass(500)
    expect(t.call('sara-1')).toMatchObject({ held: { theirs: false }, status: 'conversation' })
    t.done()
  })
})
