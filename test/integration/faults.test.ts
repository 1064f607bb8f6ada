// Faults under many calls: the server killed in the middle of twenty, the media worker killed in talks. Calls go on, sound
// is back in time, no record is lost, and nobody hears a ring of a call that is over.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../common/types.ts'
import { createTestPhone, statesOf, type TestPhone } from '../support/test-phone.ts'
import { personOf, startTestServer, type TestServer } from '../support/test-server.ts'

/** Both sides of a call; of a call with Echo the caller is both. */
type Talk = { readonly phones: readonly TestPhone[]; readonly hangUp: () => void; readonly callId: string }

const pairs = 8
const echoes = 12
/** Whether nothing else runs on this machine, so that times say something of the product: `npm run test:network`. */
const isQuiet = process.env['TAMAS_TEST_QUIET'] === '1'
const backWithinMs = isQuiet ? 3_000 : 30_000
let server: TestServer
const phones: TestPhone[] = []

const join = async (username: string, hz: number | null = null): Promise<TestPhone> => {
  const phone = await createTestPhone({ server: server.url, username, hz })
  phones.push(phone)
  return phone
}
/** Every phone has a tone of its own, so that nobody can be heard in another's call. */
const toneOf = (n: number): number => 300 + 100 * n

const begin = async (
  caller: TestPhone,
  to: string,
  answer: () => Promise<unknown>,
  others: TestPhone[]
): Promise<Talk> => {
  const dialled = caller.phone.dial(to)
  if (!dialled.ok) throw new Error(dialled.error.code)
  await answer()
  await Promise.all([caller, ...others].map((phone) => phone.hears('conversation', 20_000)))
  return {
    phones: [caller, ...others],
    callId: caller.phone.calls()[0]?.callId ?? '',
    hangUp: () => void caller.phone.hangUp(dialled.value.session)
  }
}

const pair = async (n: number): Promise<Talk> => {
  const [caller, receptor] = await Promise.all([
    join(personOf(2 * n + 1), toneOf(2 * n)),
    join(personOf(2 * n + 2), toneOf(2 * n + 1))
  ])
  const answer = async () => {
    await receptor.hears('ringing/L')
    receptor.phone.answer(receptor.phone.calls()[0]?.session ?? '')
  }
  return begin(caller, personOf(2 * n + 2), answer, [receptor])
}
const echo = async (n: number): Promise<Talk> =>
  begin(await join(personOf(2 * pairs + n + 1), toneOf(2 * pairs + n)), '100', () => Promise.resolve(), [])

/** Two at a time: how fast calls are set up is not what is tested here. */
const startTalks = async (pairCount: number, echoCount: number): Promise<Talk[]> => {
  const begins = [
    ...Array.from({ length: pairCount }, (_, n) => () => pair(n)),
    ...Array.from({ length: echoCount }, (_, n) => () => echo(n))
  ]
  const talks: Talk[] = []
  for (let n = 0; n < begins.length; n += 2) {
    talks.push(...(await Promise.all(begins.slice(n, n + 2).map((start) => start()))))
  }
  return talks
}
/** What each phone must hear: the other's tone, of Echo its own. */
const heardIn = (talks: readonly Talk[]): { readonly phone: TestPhone; readonly hz: number }[] =>
  talks.flatMap(({ phones: [caller, receptor] }, index) => {
    if (caller === undefined) return []
    if (receptor === undefined) return [{ phone: caller, hz: toneOf(2 * pairs + index - pairsIn(talks)) }]
    return [
      { phone: caller, hz: toneOf(2 * index + 1) },
      { phone: receptor, hz: toneOf(2 * index) }
    ]
  })
const pairsIn = (talks: readonly Talk[]) => talks.filter((talk) => talk.phones.length === 2).length

const allHear = (talks: readonly Talk[], withinMs: number) =>
  Promise.all(heardIn(talks).map(async ({ phone, hz }) => (await phone.ear(withinMs)).hears(hz, withinMs)))

const lost = (phone: TestPhone) =>
  phone.until('the loss noticed', () => (phone.session.link().state === 'disconnected' ? true : null), 20_000)

/** The processor time a process has used so far, in ms. */
const computedMs = (pid: number): number => {
  // The name in parentheses may hold anything; ticks are a hundredth of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
const workerOf = (pid: number): number =>
  Number(execFileSync('pgrep', ['-P', String(pid), '-f', 'mediasoup-worker'], { encoding: 'utf8' }))

const recordsOf = async (phone: TestPhone): Promise<readonly HistoryEntry[]> => {
  const history = await phone.session.rest.history({})
  return history.ok ? history.value.result : []
}

beforeAll(async () => {
  server = await startTestServer({}, { people: 2 * pairs + echoes + 2 })
})
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.close()))
})
afterAll(async () => {
  await server.stop()
})

describe('kill -9 and start in the middle of 20 calls', () => {
  it('all go on with sound, no record is lost, nobody hears a stale ring', async () => {
    const talks = await startTalks(pairs, echoes)
    expect(talks).toHaveLength(20)
    await allHear(talks, 30_000)
    // One more that rings, and whose caller gives up while the server is away.
    const [caller, receptor] = await Promise.all([join('101'), join('102')])
    const dialled = caller.phone.dial('102')
    // The caller hears of the ring after its call was written: what was not, a killed server may forget.
    await Promise.all([caller.hears('ringing'), receptor.hears('ringing/L')])

    await server.kill()
    await Promise.all(phones.map(lost))
    if (dialled.ok) caller.phone.hangUp(dialled.value.session)
    const ears = await Promise.all(heardIn(talks).map(({ phone }) => phone.ear()))
    await Promise.all(ears.map((ear) => ear.hearsSilence(30_000)))
    await server.start()
    const backAt = performance.now()
    const pids = [server.pid(), workerOf(server.pid()), process.pid]
    const computedBefore = pids.map(computedMs)
    const signalled = Promise.all(
      phones.map(async (phone) => {
        await phone.until('the link', () => (phone.session.link().state === 'joined' ? true : null), 30_000)
        return performance.now() - backAt
      })
    )
    const heardAt = await Promise.all(
      heardIn(talks).map(async ({ phone, hz }, index) => {
        const before = ears[index]
        const ear = await phone.until('another making of the media', () => phone.earNow(before), 30_000)
        return ear.hears(hz, 30_000)
      })
    )
    const slowestMs = Math.max(...heardAt) - backAt
    const computed = pids.map((pid, index) => computedMs(pid) - (computedBefore[index] ?? 0))
    process.stdout.write(
      `20 calls: all signalled again ${Math.round(Math.max(...(await signalled)))} ms after the server, ` +
        `the last of ${heardAt.length} ears heard after ${Math.round(slowestMs)} ms; meanwhile the server computed ` +
        `${computed[0]} ms, its worker ${computed[1]} ms, all the phones together ${computed[2]} ms\n`
    )
    expect(slowestMs).toBeLessThan(backWithinMs)

    await receptor.hears('E(hangup)')
    expect(receptor.phone.tone()).not.toBe('ringing')
    expect(statesOf(receptor.heard())).toEqual(['ringing/L', 'finished', 'E(hangup)', 'flushed/L'])

    for (const talk of talks) {
      await Promise.all(
        talk.phones.map((phone) =>
          phone.until('the conversation', (calls) => (calls[0]?.status === 'conversation' ? true : null))
        )
      )
      talk.hangUp()
    }
    await Promise.all(talks.flatMap((talk) => talk.phones.map((phone) => phone.hears('flushed/L'))))
    for (const { phones: sides, callId } of talks) {
      for (const phone of sides) {
        expect(statesOf(phone.heard()).filter((word) => word.startsWith('E('))).toEqual(['E(hangup)'])
        expect(await recordsOf(phone)).toMatchObject([{ callId, reason: 'hangup', by: 'caller' }])
      }
    }
  }, 120_000)
})

describe('the media worker killed in talks', () => {
  it('they pause at most, and go on with sound on the next worker', async () => {
    const talks = await startTalks(3, 1)
    await allHear(talks, 30_000)
    const ears = await Promise.all(heardIn(talks).map(({ phone }) => phone.ear()))
    process.kill(workerOf(server.pid()), 'SIGKILL')
    const diedAt = performance.now()
    const heardAt = await Promise.all(
      heardIn(talks).map(async ({ phone, hz }, index) => {
        const before = ears[index]
        const ear = await phone.until('another making of the media', () => phone.earNow(before), 30_000)
        return ear.hears(hz, 30_000)
      })
    )
    const slowestMs = Math.max(...heardAt) - diedAt
    process.stdout.write(`worker killed: all heard again after ${Math.round(slowestMs)} ms\n`)
    expect(slowestMs).toBeLessThan(backWithinMs)
    for (const talk of talks) {
      for (const phone of talk.phones) {
        await phone.until('the conversation', (calls) => (calls[0]?.status === 'conversation' ? true : null))
        expect(statesOf(phone.heard()).filter((word) => word.startsWith('E('))).toEqual([])
      }
    }
  }, 60_000)
})
