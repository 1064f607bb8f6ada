// Requests carried out once: what is remembered, for how long, and what is forgotten.
import { describe, expect, it } from 'vitest'
import { ok } from '../../../../common/result.ts'
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
})
