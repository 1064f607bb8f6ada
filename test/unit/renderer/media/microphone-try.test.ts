// The microphone tried outside a call: who holds it open, and that nothing of it outlives the trying.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok, type Result } from '../../../../common/result.ts'
import { createMicrophoneTry } from '../../../../renderer/media/microphone-try.ts'

const steps = vi.hoisted(() => ({ record: vi.fn(), play: vi.fn() }))
vi.mock('../../../../renderer/media/repeat.ts', () => steps)

const newTrack = () => ({ stop: vi.fn() })
type FakeTrack = ReturnType<typeof newTrack>
let opened: FakeTrack[] = []
let answers: ((answer: Result<MediaStreamTrack>) => void)[] = []
const release = vi.fn()
const onError = vi.fn()

const make = () =>
  createMicrophoneTry({
    open: () => new Promise((resolve) => answers.push(resolve)),
    release,
    speaker: () => 'headset',
    onError
  })
const give = (): FakeTrack => {
  const track = newTrack()
  opened.push(track)
  answers.shift()?.(ok(track as unknown as MediaStreamTrack))
  return track
}

beforeEach(() => {
  opened = []
  answers = []
  for (const mock of [release, onError, steps.record, steps.play]) mock.mockReset()
  steps.record.mockResolvedValue('a recording')
  steps.play.mockResolvedValue(undefined)
})

describe('trying the microphone', () => {
  it('holds it until it is closed', async () => {
    const one = make()
    const opening = one.open()
    const track = give()
    expect(await opening).toEqual(ok({}))
    expect(one.isOpen()).toBe(true)
    one.close()
    one.close()
    expect(one.isOpen()).toBe(false)
    expect(track.stop).toHaveBeenCalledOnce()
    expect(release).toHaveBeenCalledOnce()
  })

  it('that is closed while it opens leaves no microphone open', async () => {
    const one = make()
    const opening = one.open()
    one.close()
    const track = give()
    expect(await opening).toMatchObject({ error: { code: 'cancelled' } })
    expect(track.stop).toHaveBeenCalledOnce()
  })

  it('that fails says why, and is over', async () => {
    const one = make()
    const opening = one.open()
    answers.shift()?.(fail('microphone_denied'))
    expect(await opening).toMatchObject({ error: { code: 'microphone_denied' } })
    expect(one.isOpen()).toBe(false)
  })

  it('takes another microphone when there is another, and only then lets go of the one before', async () => {
    const one = make()
    const opening = one.open()
    const first = give()
    await opening
    one.renew()
    expect(first.stop).not.toHaveBeenCalled()
    const second = give()
    await vi.waitFor(() => expect(first.stop).toHaveBeenCalledOnce())
    expect(second.stop).not.toHaveBeenCalled()
    one.close()
    one.renew()
    expect(answers).toEqual([])
  })
})

describe('hearing oneself', () => {
  const begin = async () => {
    const one = make()
    const opening = one.open()
    give()
    await opening
    return one
  }

  it('records, then plays on the speaker', async () => {
    const one = await begin()
    const seen: string[] = []
    expect(await one.repeat((step) => seen.push(step))).toEqual(ok({}))
    expect(seen).toEqual(['recording', 'playing'])
    expect(steps.play).toHaveBeenCalledWith('a recording', 'headset', expect.anything())
  })

  it('plays nothing any more once it is closed', async () => {
    const one = await begin()
    steps.record.mockImplementation(async () => {
      one.close()
      return Promise.resolve('half a recording')
    })
    expect(await one.repeat(() => undefined)).toMatchObject({ error: { code: 'cancelled' } })
    expect(steps.play).not.toHaveBeenCalled()
  })

  it('needs an open microphone, and says where it failed', async () => {
    expect(await make().repeat(() => undefined)).toMatchObject({ error: { code: 'cancelled' } })
    const one = await begin()
    steps.record.mockRejectedValue(new Error('no encoder'))
    expect(await one.repeat(() => undefined)).toMatchObject({ error: { code: 'media_failed' } })
    expect(onError).toHaveBeenCalledOnce()
  })
})
