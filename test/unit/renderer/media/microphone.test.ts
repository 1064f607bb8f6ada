// The real microphone over a fake getUserMedia: who closes it, and what happens where settings change while it opens.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMicrophone, type MicrophoneSettings } from '../../../../renderer/media/microphone.ts'

/** A track of a device; a clone keeps the device open until it is stopped too. */
class FakeTrack extends EventTarget {
  readonly device: string
  readyState: 'live' | 'ended' = 'live'
  readonly clones: FakeTrack[] = []
  readonly processed: MediaTrackSettings
  constructor(device: string, processed: MediaTrackSettings = {}) {
    super()
    this.device = device
    this.processed = processed
  }
  getSettings(): MediaTrackSettings {
    return this.processed
  }
  clone(): FakeTrack {
    const made = new FakeTrack(this.device, this.processed)
    made.readyState = this.readyState
    this.clones.push(made)
    return made
  }
  stop(): void {
    this.readyState = 'ended'
  }
}

type Asked = {
  readonly device: string
  readonly give: (processed?: MediaTrackSettings) => FakeTrack
  readonly refuse: (name: string) => void
}
let asked: Asked[] = []

const settings: MicrophoneSettings = {
  microphone: 'default',
  echoCancellation: true,
  noiseSuppression: true,
  autoGain: true
}
const settled = () => new Promise((resolve) => setImmediate(resolve))
const deviceOf = (opened: unknown) => (opened as { value: FakeTrack }).value.device

beforeEach(() => {
  asked = []
  const getUserMedia = ({ audio }: { audio: { deviceId?: { exact: string } } }) =>
    new Promise((resolve, reject) => {
      const device = audio.deviceId?.exact ?? 'default'
      asked.push({
        device,
        give: (processed) => {
          const track = new FakeTrack(device, processed)
          resolve({ getAudioTracks: () => [track] })
          return track
        },
        refuse: (name) => {
          reject(new DOMException(name, name))
        }
      })
    })
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
})

describe('the microphone', () => {
  it('is opened once for all and closed when all let go', async () => {
    const microphone = createMicrophone(settings, vi.fn())
    const both = Promise.all([microphone.open(), microphone.open()])
    const source = asked[0]?.give()
    const opened = await both
    expect(asked).toHaveLength(1)
    expect(opened.map(deviceOf)).toEqual(['default', 'default'])
    microphone.release()
    expect(source?.readyState).toBe('ended')
  })

  it('that opens after all have let go is closed at once', async () => {
    const microphone = createMicrophone(settings, vi.fn())
    const opening = microphone.open()
    microphone.release()
    const source = asked[0]?.give()
    expect(await opening).toMatchObject({ ok: false, error: { code: 'microphone_busy' } })
    expect(source?.readyState).toBe('ended')
    expect(microphone.current()).toBeNull()
  })

  it('chosen while another opens is the one that is used, whichever opens first', async () => {
    const replaced = vi.fn()
    const microphone = createMicrophone(settings, replaced)
    const first = microphone.open()
    microphone.configure({ ...settings, microphone: 'headset' })
    expect(replaced).toHaveBeenCalledOnce()
    const second = microphone.open()
    const wanted = asked[1]?.give()
    expect(deviceOf(await second)).toBe('headset')
    const unwanted = asked[0]?.give()
    expect(deviceOf(await first)).toBe('headset')
    expect(unwanted?.readyState).toBe('ended')
    expect(microphone.current()).toBe(wanted)
  })

  it('that was missing is asked for again when the devices are others', async () => {
    const replaced = vi.fn()
    const microphone = createMicrophone(settings, replaced)
    const opening = microphone.open()
    asked[0]?.refuse('NotFoundError')
    expect(await opening).toMatchObject({ ok: false, error: { code: 'microphone_missing' } })
    microphone.configure(settings)
    expect(replaced).toHaveBeenCalledOnce()
    const again = microphone.open()
    asked[1]?.give()
    await again
    microphone.configure(settings)
    expect(replaced).toHaveBeenCalledOnce()
  })

  it('that is away is stood in for by the default one', async () => {
    const microphone = createMicrophone({ ...settings, microphone: 'gone' }, vi.fn())
    const opening = microphone.open()
    asked[0]?.refuse('OverconstrainedError')
    await settled()
    asked[1]?.give()
    expect(deviceOf(await opening)).toBe('default')
  })

  it('that is to be processed in another way is opened before the one in use is let go', async () => {
    const microphone = createMicrophone({ ...settings, noiseSuppression: false }, vi.fn())
    const opening = microphone.open()
    const first = asked[0]?.give({ noiseSuppression: false })
    await opening
    microphone.configure(settings)
    const again = microphone.open()
    expect(first?.readyState).toBe('live')
    asked[1]?.give({ echoCancellation: true, noiseSuppression: true, autoGainControl: true })
    await again
    expect(first?.readyState).toBe('ended')
    expect(
      first?.clones.map(({ readyState }) => readyState),
      'whoever has it swaps it by themselves'
    ).toEqual(['live'])
    expect(asked).toHaveLength(2)
  })

  it('that the browser gives again as it is open already is closed first', async () => {
    const microphone = createMicrophone({ ...settings, noiseSuppression: false }, vi.fn())
    const opening = microphone.open()
    const first = asked[0]?.give({ noiseSuppression: false })
    await opening
    microphone.configure(settings)
    const again = microphone.open()
    const same = asked[1]?.give({ noiseSuppression: false })
    await settled()
    expect([first, same, ...(first?.clones ?? [])].map((track) => track?.readyState)).toEqual([
      'ended',
      'ended',
      'ended'
    ])
    const processed = asked[2]?.give({ noiseSuppression: true })
    await again
    expect(microphone.current()).toBe(processed)
  })

  it('that can’t be processed as is wished is used as it is', async () => {
    const microphone = createMicrophone(settings, vi.fn())
    const opening = microphone.open()
    asked[0]?.give({ noiseSuppression: false })
    expect(await opening).toMatchObject({ ok: true })
    microphone.configure({ ...settings, autoGain: false })
    const again = microphone.open()
    asked[1]?.give({ noiseSuppression: false })
    await settled()
    asked[2]?.give({ noiseSuppression: false })
    expect(await again).toMatchObject({ ok: true })
    expect(asked).toHaveLength(3)
  })
})
