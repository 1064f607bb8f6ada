// Requests carried out once: what is remembered, for how long, and what is forgotten.
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../../common/result.ts'
import { createOnce } from '../../../../server/socket/once.ts'

describe('once', () => {
  const create = (settings = { requestsPerDevice: 2, keepMs: 1_000 }) => {
    let now = 0
    let done = 0
    const once = createOnce({ now: () => now }, settings)
    return {
      run: (device: string, id: string, name = 'call.create') =>
        once.run(device, id, name, () => {
          done += 1
          return Promise.resolve(ok(done))
        }),
      pass: (ms: number) => {
        now += ms
      }
    }
  }

  it('gives a repeat the first answer, also while that is still being made', async () => {
    const { run } = create()
    expect(await Promise.all([run('d1', 'a'), run('d1', 'a')])).toEqual([ok(1), ok(1)])
    expect(await run('d1', 'a')).toEqual(ok(1))
  })

  it('keeps the devices apart', async () => {
    const { run } = create()
    expect(await run('d1', 'a')).toEqual(ok(1))
    expect(await run('d2', 'a')).toEqual(ok(2))
  })

  it('refuses an id that was used for another request', async () => {
    const { run } = create()
    await run('d1', 'a')
    expect(await run('d1', 'a', 'call.hangup')).toMatchObject({ ok: false, error: { code: 'duplicate_request' } })
  })

  it('forgets the oldest request of a device beyond its share', async () => {
    const { run } = create()
    for (const id of ['a', 'b', 'c']) await run('d1', id)
    expect(await run('d1', 'b')).toEqual(ok(2))
    expect(await run('d1', 'a')).toEqual(ok(4))
  })

  it('forgets a device that was silent, and only that one', async () => {
    const { run, pass } = create()
    await run('d1', 'a')
    pass(600)
    await run('d2', 'a')
    pass(600)
    expect(await run('d2', 'a')).toEqual(ok(2))
    expect(await run('d1', 'a')).toEqual(ok(3))
  })

  it('carries out again what failed for a reason that may pass, and nothing else', async () => {
    for (const [code, times] of [
      ['unavailable', 2],
      ['overloaded', 2],
      ['access_denied', 1]
    ] as const) {
      const once = createOnce({ now: () => 0 })
      let done = 0
      const run = () =>
        once.run('d1', 'a', 'call.create', () => {
          done += 1
          return Promise.resolve(fail(code))
        })
      expect(await run()).toEqual(fail(code))
      expect(await run()).toEqual(fail(code))
      expect([code, done]).toEqual([code, times])
    }
  })

  it('answers a repeat of what was done as it is now, where it is told how', async () => {
    const once = createOnce({ now: () => 0 })
    let seq = 1
    const run = () =>
      once.run(
        'd1',
        'a',
        'call.accept',
        () => Promise.resolve(ok(seq)),
        () => Promise.resolve(ok(seq))
      )
    expect(await run()).toEqual(ok(1))
    seq = 7
    expect(await run()).toEqual(ok(7))
  })
})
