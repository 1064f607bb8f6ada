// Requests: the window, the queue, deadlines, cancelling, and that each is settled exactly once.
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { ok } from '../../../../common/result.ts'
import { createRequester, type Send } from '../../../../main/session/requester.ts'
import { createFakeClock, settled } from '../call/fake-clock.ts'

const start = () => {
  const clock = createFakeClock()
  let ids = 0
  const requester = createRequester({ clock, newId: () => `r${(ids += 1)}`, log: silentLogger })
  const sent: { requestId: string; ack: (answer: unknown) => void }[] = []
  const send: Send = (_name, { requestId }, ack) => sent.push({ requestId, ack })
  const answers: Record<string, string> = {}
  const ask = (requestId?: string, more: { signal?: AbortSignal; deadlineMs?: number } = {}) => {
    const name = requestId ?? `r${ids + 1}`
    void requester
      .request('media.report', { callId: 'c', epoch: 1, state: 'connected' }, { requestId, ...more })
      .then((result) => {
        expect(answers[name], 'settled once').toBeUndefined()
        answers[name] = result.ok ? 'ok' : result.error.code
      })
  }
  return { clock, requester, sent, send, answers, ask }
}

describe('requester', () => {
  it('refuses at once while there is no welcomed connection', async () => {
    const { ask, answers, sent } = start()
    ask('a')
    await settled()
    expect(answers).toEqual({ a: 'disconnected' })
    expect(sent).toEqual([])
  })

  it('has 8 under way and 32 waiting, in order; one more is refused', async () => {
    const { requester, send, ask, sent, answers } = start()
    requester.joined(send)
    for (let index = 0; index < 41; index += 1) ask(`q${index}`)
    await settled()
    expect(sent.map(({ requestId }) => requestId)).toEqual(['q0', 'q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7'])
    expect(answers).toEqual({ q40: 'overloaded' })
    sent[3]?.ack(ok({}))
    await settled()
    expect(sent.at(-1)?.requestId).toBe('q8')
    expect(answers).toEqual({ q40: 'overloaded', q3: 'ok' })
  })

  it('gives up after 8 s, or the deadline that was asked for; a late answer changes nothing', async () => {
    const { requester, send, ask, sent, answers, clock } = start()
    requester.joined(send)
    ask('a')
    ask('b', { deadlineMs: 500 })
    clock.advance(500)
    await settled()
    expect(answers).toEqual({ b: 'timeout' })
    clock.advance(7_499)
    await settled()
    expect(answers).toEqual({ b: 'timeout' })
    clock.advance(1)
    sent[0]?.ack(ok({}))
    await settled()
    expect(answers).toEqual({ a: 'timeout', b: 'timeout' })
    expect(clock.pending()).toBe(0)
  })

  it('is cancelled under way and while waiting, and not sent if it was cancelled before', async () => {
    const { requester, send, ask, sent, answers } = start()
    requester.joined(send)
    const first = new AbortController()
    const waiting = new AbortController()
    ask('a', { signal: first.signal })
    for (let index = 0; index < 7; index += 1) ask(`q${index}`)
    ask('w', { signal: waiting.signal })
    waiting.abort()
    first.abort()
    ask('z', { signal: first.signal })
    await settled()
    expect(answers).toEqual({ a: 'cancelled', w: 'cancelled', z: 'cancelled' })
    expect(sent.map(({ requestId }) => requestId)).not.toContain('w')
    ask('next')
    expect(sent.at(-1)?.requestId, 'the cancelled one left its place').toBe('next')
  })

  it('fails all that is pending when the connection is lost, and leaves nothing behind', async () => {
    const { requester, send, ask, sent, answers, clock } = start()
    requester.joined(send)
    for (let index = 0; index < 10; index += 1) ask(`q${index}`)
    requester.lost()
    await settled()
    expect(Object.values(answers)).toEqual(Array.from({ length: 10 }, () => 'disconnected'))
    sent[0]?.ack(ok({}))
    expect(clock.pending()).toBe(0)
    requester.joined(send)
    ask('again')
    expect(sent).toHaveLength(9)
  })

  it('believes no answer that does not parse', async () => {
    const { requester, send, ask, sent, answers } = start()
    requester.joined(send)
    const wrong: unknown[] = [
      undefined,
      null,
      7,
      {},
      { ok: true },
      { ok: false },
      { ok: false, error: { code: 5 } },
      [],
      { ok: 'true', value: {} }
    ]
    wrong.forEach((_, index) => ask(`q${index}`))
    for (let index = 0; index < wrong.length; index += 1) sent[index]?.ack(wrong[index])
    await settled()
    expect(new Set(Object.values(answers))).toEqual(new Set(['internal']))
    expect(Object.keys(answers)).toHaveLength(wrong.length)
  })

  it('keeps the code of a refusal, and maps one it does not know', async () => {
    const { requester, send, ask, sent, answers } = start()
    requester.joined(send)
    ask('a')
    ask('b')
    sent[0]?.ack({ ok: false, error: { code: 'stale', detail: 'x' } })
    sent[1]?.ack({ ok: false, error: { code: 'of_the_future' } })
    await settled()
    expect(answers).toEqual({ a: 'stale', b: 'internal' })
  })
})
