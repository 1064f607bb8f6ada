// A call on every named line: it stays up, what is shown is true, and the gaps in its sound are measured and printed.
// SECONDS of talk on each, SEED of what the lines do. What the kernel does to lines is in kernel-lines.test.ts.
import { afterAll, beforeAll, describe, it } from 'vitest'
import { askedSeed } from '../support/seed.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { profiles } from './profiles.ts'
import { measureTalk, type Talk } from './talk.ts'
import { expectGood, talksTable } from './talks.ts'

const seed = askedSeed(8)
const seconds = Number(process.env['SECONDS'] ?? '15')
const talks: Talk[] = []
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  await server.stop()
  process.stdout.write(
    `\nLines made bad by the relay in user space, seed ${seed}; ${seconds} s of talk each\n\n${talksTable(talks)}\n\n`
  )
})

describe(`a call with one phone on a bad line (seed ${seed})`, () => {
  it.each(profiles)('$name', async (profile) => {
    const talk = await measureTalk(server, profile, seed, seconds)
    talks.push(talk)
    expectGood(talk, profile)
  })
})
