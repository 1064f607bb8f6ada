// Who cancels and dials again at once gets a call, however soon after the first dialling that was.
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createTestPhone, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
const phones: TestPhone[] = []

const join = async (username: string): Promise<TestPhone> => {
  const phone = await createTestPhone({ server: server.url, username })
  phones.push(phone)
  return phone
}
const dial = (phone: TestPhone, to: string): string => {
  const dialled = phone.phone.dial(to)
  if (!dialled.ok) throw new Error(dialled.error.code)
  return dialled.value.session
}

beforeAll(async () => {
  server = await startTestServer()
})
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.close()))
})
afterAll(async () => {
  await server.stop()
})

it.each([0, 300])('cancelled %i ms after the first dialling', async (afterMs) => {
  const caller = await join('101')
  await join('102')
  const first = dial(caller, '102')
  if (afterMs > 0) await wait(afterMs)
  expect(caller.phone.hangUp(first).ok).toBe(true)
  const second = dial(caller, '102')
  await expect
    .poll(() => caller.phone.calls().find(({ session }) => session === second)?.status, { timeout: 20_000 })
    .toBe('ringing')
})
