// A line that goes away in a talk and never comes back: both phones say so in time, the call ends on both sides with its
// reason, and nobody waits for ever.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLine } from '../support/relay/line.ts'
import { createTestPhone, statesOf, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
const phones: TestPhone[] = []

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  await Promise.all(phones.map((phone) => phone.close()))
  await server.stop()
})

const endOf = (phone: TestPhone, withinMs: number) =>
  phone.until('the end', (calls) => calls.find((call) => call.end !== null)?.end, withinMs)

describe('a line that is gone for good', () => {
  it('is shown within 12 s and ends the call on both sides', async () => {
    const line = await createLine({ server: server.url, mediaPort: server.mediaPort, seed: 1 })
    try {
      const near = await createTestPhone({ server: server.url, username: '101', hz: 400, line })
      phones.push(near)
      const far = await createTestPhone({ server: server.url, username: '102', hz: 900 })
      phones.push(far)
      near.phone.dial('102')
      await far.hears('ringing/L')
      far.phone.answer(far.phone.calls()[0]?.session ?? '')
      await Promise.all([near.hears('conversation'), far.hears('conversation')])
      await (await far.ear()).hears(400)

      line.cut()
      const cutAt = performance.now()
      await Promise.all([
        far.hears('paused', 12_000),
        near.until('trouble', (calls) => calls[0]?.trouble?.code, 12_000)
      ])
      const [mine, theirs] = await Promise.all([endOf(near, 70_000), endOf(far, 50_000)])
      expect(theirs).toMatchObject({ reason: 'media_connection_broken', by: 'server' })
      expect(mine.reason).toBe('messaging_connection_broken')
      for (const phone of [near, far]) {
        expect(statesOf(phone.heard()).filter((word) => word.startsWith('E('))).toHaveLength(1)
        expect(phone.microphoneOpen()).toBe(false)
      }
      const tookMs = Math.round(performance.now() - cutAt)
      process.stdout.write(`a line gone for good: ended on both sides after ${tookMs} ms\n`)
      const history = await far.session.rest.history({})
      expect(history.ok && history.value.result[0]).toMatchObject({ reason: 'media_connection_broken' })
    } finally {
      await line.close()
    }
  })
})
