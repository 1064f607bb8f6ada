// 100,000 malformed messages (RUNS) against a live server with a talk going on. SEED gives the same ones again.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askedSeed } from '../support/seed.ts'
import type { TestServer } from '../support/test-server.ts'
import { runMalformed, startPatientServer } from './malformed.ts'
import { expectHarmless, malformedLines } from './malformed-run.ts'

const seed = askedSeed(8)
const messages = Number(process.env['RUNS'] ?? '100000')
let server: TestServer

beforeAll(async () => {
  server = await startPatientServer()
})
afterAll(async () => {
  await server.stop()
})

it(`${messages} malformed messages harm nobody (seed ${seed})`, async () => {
  const run = await runMalformed(server, seed, messages, { untilForgotten: true })
  process.stdout.write(`\n${malformedLines(run)}\n\n`)
  expectHarmless(run, server)
  expect(run.sent).toBeGreaterThanOrEqual(messages)
}, 1_800_000)
