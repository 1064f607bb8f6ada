// A machine that sleeps in a talk and wakes up, with the limits as they come: after 20 s the talk goes on with sound, after
// a minute both sides have been told the same end.
import { setTimeout as pass } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startPhoneProcess, type PhoneProcess } from '../support/phone-process.ts'
import { createTestPhone, statesOf, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
let caller: TestPhone
let sleeper: PhoneProcess

beforeAll(async () => {
  server = await startTestServer()
})
afterEach(async () => {
  await sleeper.kill()
  await caller.close()
})
afterAll(async () => {
  await server.stop()
})

const talk = async (): Promise<void> => {
  caller = await createTestPhone({ server: server.url, username: '101', hz: 400 })
  sleeper = await startPhoneProcess(server.url, '102', 900)
  caller.phone.dial('102')
  await caller.hears('conversation')
  await (await caller.ear()).hears(900)
}
const sleep = async (ms: number): Promise<void> => {
  sleeper.freeze()
  await pass(ms)
  sleeper.thaw()
  sleeper.wake()
}

it('for 20 s: the other one is told, and the talk goes on with sound', async () => {
  await talk()
  const hearing = caller.listenFor(900)
  await sleep(20_000)
  const wokeAt = performance.now()
  expect(statesOf(caller.heard()).at(-1)).toBe('paused')
  await expect.poll(() => hearing.isHeard(), { timeout: 20_000, interval: 20 }).toBe(true)
  process.stdout.write(`slept 20 s: sound was back ${Math.round(performance.now() - wokeAt)} ms after waking up\n`)
  await caller.hears('conversation', 20_000, 2)
  await expect.poll(async () => statesOf((await sleeper.look()).heard).at(-1), { timeout: 20_000 }).toBe('conversation')
  expect(caller.heard().filter((word) => word.startsWith('E('))).toEqual([])
})

it('for a minute: the call is over, for the same reason on both sides and in the record', async () => {
  await talk()
  await sleep(60_000)
  const end = 'E(media_connection_broken)'
  expect(caller.heard()).toContain(end)
  expect(caller.microphoneOpen()).toBe(false)
  await expect.poll(async () => (await sleeper.look()).linked, { timeout: 30_000 }).toBe(true)
  await expect.poll(async () => (await sleeper.look()).heard.at(-1), { timeout: 20_000 }).toBe('flushed/L')
  const { heard, microphoneOpen } = await sleeper.look()
  process.stdout.write(`slept 60 s: who slept heard ${heard.slice(-4).join(', ')}\n`)
  expect(heard.filter((word) => word.startsWith('E('))).toEqual([end])
  expect(microphoneOpen).toBe(false)
  const history = await caller.session.rest.history({})
  expect(history.ok && history.value.result[0]).toMatchObject({ reason: 'media_connection_broken', by: 'server' })
})
