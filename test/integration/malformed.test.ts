// Malformed messages against a live server with a talk going on. The long run of them is among the network tests.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runMalformed, startPatientServer } from '../network/malformed.ts'
import { expectHarmless, malformedLines } from '../network/malformed-run.ts'
import { askedSeed } from '../support/seed.ts'
import type { TestServer } from '../support/test-server.ts'

const seed = askedSeed(8)
const messages = Number(process.env['RUNS'] ?? '5000')
let server: TestServer

beforeAll(async () => {
  server = await startPatientServer()
})
afterAll(async () => {
  await server.stop()
})

it(`malformed messages harm nobody: ${messages} of them (seed ${seed})`, async () => {
  const run = await runMalformed(server, seed, messages)
  process.stdout.write(`\n${malformedLines(run)}\n\n`)
  expectHarmless(run, server)
  expect(run.sent).toBeGreaterThanOrEqual(messages)
}, 120_000)
