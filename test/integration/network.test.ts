// Three of the lines that `npm run test:network` measures, for a few seconds each.
import { afterAll, beforeAll, describe, it } from 'vitest'
import { addressChange, onModerate, udpBlocked, type Profile } from '../network/profiles.ts'
import { measureTalk, type Talk } from '../network/talk.ts'
import { expectGood, talksTable } from '../network/talks.ts'
import { askedSeed } from '../support/seed.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

const seed = askedSeed(8)
const seconds = 4
const talks: Talk[] = []
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  await server.stop()
  process.stdout.write(`\n${talksTable(talks)}\n\n`)
})

/** Phones, server and line share this machine with whatever else it does: only what takes too long altogether is a fault. */
const anyHurry = (profile: Profile): Profile => ({ ...profile, gapMs: 10_000, missing: 1 })

describe(`a call with one phone on a bad line (seed ${seed})`, () => {
  it.each([onModerate, addressChange, udpBlocked])('$name', async (profile) => {
    const talk = await measureTalk(server, profile, seed, seconds)
    talks.push(talk)
    expectGood(talk, anyHurry(profile))
  })
})
