// A phone that stands still in the middle of a talk, its connections open: noticed by heartbeat and by ICE consent, and
// the call goes as the table of limits says.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startPhoneProcess, type PhoneProcess } from '../support/phone-process.ts'
import { createTestPhone, statesOf, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
let caller: TestPhone
let receptor: PhoneProcess

const connections = async (): Promise<number> => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  return Number(/^\S*connections\S* (\d+)$/m.exec(metrics)?.[1])
}

beforeAll(async () => {
  server = await startTestServer({ TAMAS_CALL_PAUSED_MS: '3000' })
})
afterEach(async () => {
  await receptor.kill()
  await caller.close()
})
afterAll(async () => {
  await server.stop()
})

const talk = async (): Promise<void> => {
  caller = await createTestPhone({ server: server.url, username: '101', hz: 400 })
  receptor = await startPhoneProcess(server.url, '102', 900)
  caller.phone.dial('102')
  await caller.hears('conversation')
  await (await caller.ear()).hears(900)
}

describe('a phone that stands still', () => {
  it('is noticed within 10 s; without sound the call pauses and ends', async () => {
    await talk()
    expect(await connections()).toBe(2)
    receptor.freeze()
    await expect.poll(connections, { timeout: 10_000, interval: 100 }).toBe(1)
    await caller.hears('paused', 10_000)
    await caller.hears('E(media_connection_broken)', 10_000)
    expect(statesOf(caller.heard()).slice(3)).toEqual([
      'conversation',
      'paused',
      'finished',
      'E(media_connection_broken)',
      'flushed/L'
    ])
    const history = await caller.session.rest.history({})
    expect(history.ok && history.value.result[0]).toMatchObject({ reason: 'media_connection_broken', by: 'server' })
    // And when it moves again it is told the same end, once.
    receptor.thaw()
    receptor.wake()
    await expect.poll(async () => (await receptor.look()).heard.at(-1), { timeout: 20_000 }).toBe('flushed/L')
    const { heard, microphoneOpen } = await receptor.look()
    expect(heard.filter((word) => word.startsWith('E('))).toEqual(['E(media_connection_broken)'])
    expect(microphoneOpen).toBe(false)
  }, 60_000)

  it('and moves again after a moment goes on as if nothing had been', async () => {
    await talk()
    receptor.freeze()
    await caller.ear().then((ear) => ear.hearsSilence())
    receptor.thaw()
    await (await caller.ear()).hears(900)
    expect(statesOf(caller.heard())).toEqual(['trying', 'ringing', 'accepted', 'conversation'])
  }, 60_000)
})
