// The machine's clock is set in the middle of calls: no ring is cut short or goes on for hours, no talk grows.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../common/log.ts'
import { hourMs } from '../../common/time.ts'
import { workerPath } from '../../scripts/provision/paths.ts'
import { createApp, type App } from '../../server/app.ts'
import { createClock, createTime } from '../../server/clock.ts'
import { readConfig } from '../../server/config.ts'
import { createTestPhone, type TestPhone } from '../support/test-phone.ts'

const ringingMs = 3_000
let app: App
let dataDir: string
let setByMs = 0
const phones: TestPhone[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'tamas-clock-'))
  process.env['MEDIASOUP_WORKER_BIN'] ??= workerPath()
  const config = readConfig(
    {
      TAMAS_PORT: '0',
      TAMAS_MEDIA_PORT: '0',
      TAMAS_MEDIA_WORKERS: '1',
      TAMAS_DATA_DIR: dataDir,
      TAMAS_DEMO: '1',
      TAMAS_SCRYPT_LOG_N: '10',
      TAMAS_CALL_RINGING_MS: String(ringingMs)
    },
    []
  )
  if (!config.ok) throw new Error(config.error.detail)
  const time = createTime({
    wall: () => Date.now() + setByMs,
    steady: () => performance.now(),
    withSleep: () => performance.now()
  })
  app = await createApp(config.value, { clock: createClock(time), log: silentLogger })
})
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.close()))
  setByMs = 0
})
afterAll(async () => {
  await app.close()
  await rm(dataDir, { recursive: true, force: true })
})

const dial = async () => {
  const join = async (username: string, hz: number) => {
    const phone = await createTestPhone({ server: app.url, username, hz })
    phones.push(phone)
    return phone
  }
  const [caller, receptor] = await Promise.all([join('101', 400), join('102', 900)])
  const dialled = caller.phone.dial('102')
  if (!dialled.ok) throw new Error(dialled.error.code)
  await Promise.all([caller.hears('ringing'), receptor.hears('ringing/L')])
  return { caller, receptor, session: dialled.value.session }
}

describe.each([
  ['forward', 2 * hourMs],
  ['back', -2 * hourMs]
])('the clock is set %s by two hours', (_, byMs) => {
  it('while it rings: it rings to its limit and ends missed', async () => {
    const dialledAt = performance.now()
    const { caller, receptor } = await dial()
    setByMs = byMs
    // Not for hours; and not cut short, but for the twentieth by which the server's clock hurries after the machine's.
    await Promise.all([caller.hears('E(missed)', 20_000), receptor.hears('E(missed)', 20_000)])
    expect(performance.now() - dialledAt).toBeGreaterThan(ringingMs * 0.9)
  })

  it('in a talk: it goes on, and the record has the time that was talked', async () => {
    const { caller, receptor, session } = await dial()
    receptor.phone.answer(receptor.phone.calls()[0]?.session ?? '')
    await Promise.all([caller.hears('conversation'), receptor.hears('conversation')])
    const ear = await caller.ear()
    await ear.hears(900)
    setByMs = byMs
    receptor.setTone(1_300)
    await ear.hears(1_300)
    caller.phone.hangUp(session)
    await Promise.all([caller.hears('flushed/L'), receptor.hears('E(hangup)')])
    const history = await caller.session.rest.history({})
    const record = history.ok ? history.value.result[0] : undefined
    expect(record).toMatchObject({ reason: 'hangup', by: 'caller' })
    expect(record?.durationMs).toBeGreaterThan(0)
    expect(record?.durationMs).toBeLessThan(hourMs)
  })
})
