// So many malformed messages from one user's phones against a live server, while two others talk. Tells what became of
// the messages, of the server's memory and of the talk.
import { readFileSync } from 'node:fs'
import { setTimeout as pass } from 'node:timers/promises'
import type { Result } from '../../common/result.ts'
import { secondMs } from '../../common/time.ts'
import { defaultOnce } from '../../server/socket/once.ts'
import { createMessages } from '../support/fuzz/messages.ts'
import type { Hearing } from '../support/hearing.ts'
import { connectRaw, signIn, type RawPhone } from '../support/raw-phone.ts'
import { createRandom } from '../support/relay/random.ts'
import { inspected, openHeapGauge } from '../support/server/heap.ts'
import { createTestPhone, statesOf } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

export type MalformedRun = {
  readonly seed: number
  readonly sent: number
  readonly connections: number
  /** How often each answer came: `ok` or an error's code. */
  readonly answers: ReadonlyMap<string, number>
  /** The server's memory in MiB after each tenth of the messages: what its process has, and what of its heap is in use. */
  readonly memory: readonly { readonly resident: number; readonly live: number }[]
  /** The same once all that is kept for a time only is forgotten; null where that was not waited for. */
  readonly liveAtLast: number | null
  readonly samePid: boolean
  readonly talk: {
    readonly words: readonly (readonly string[])[]
    readonly longestGapMs: number
    readonly endedWell: boolean
  }
  readonly complaints: readonly string[]
}

/** So many are taken from one device before its buckets are empty; then another device goes on. */
const perDevice = 90

const answerMs = 5_000

const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024

/** Nothing that such a run does is an attack on sign-in: that is tested elsewhere. */
export const startPatientServer = (env: Readonly<Record<string, string>> = {}): Promise<TestServer> =>
  startTestServer({
    TAMAS_SIGN_IN_ADDRESS_BURST: '1000000',
    TAMAS_SIGN_IN_USER_BURST: '1000000',
    TAMAS_HTTP_ADDRESS_BURST: '1000000',
    // Calls to Echo that are begun and left end soon, so that there are always new ones to talk about.
    TAMAS_MAX_CALLS_PER_USER: '200',
    TAMAS_CALL_ACCEPTED_MS: '2000',
    ...inspected,
    ...env
  })

const connectAs = async (server: TestServer, username: string): Promise<RawPhone> => {
  const { accessToken } = await signIn(server.url, username)
  for (;;) {
    const phone = await connectRaw(server.url, { accessToken })
    if (!('code' in phone)) return phone
    if (phone.code !== 'rate_limited') throw new Error(phone.code)
  }
}

/** Sends one device's share and waits for its answers; resolves early where the server closes the connection. */
const sendSome = async (
  phone: RawPhone,
  next: ReturnType<typeof createMessages>,
  count: number,
  answered: (result: Result<unknown>) => void,
  unanswered: (event: string) => void
): Promise<number> => {
  const gone = new Promise<void>((resolve) => {
    phone.socket.once('disconnect', () => {
      resolve()
    })
  })
  const waits: Promise<void>[] = []
  let sent = 0
  for (; sent < count && phone.socket.connected; sent += 1) {
    const { event, args, wantsAnswer } = next()
    if (!wantsAnswer) {
      phone.socket.emit(event, ...args)
      continue
    }
    waits.push(
      new Promise((resolve) => {
        phone.socket.timeout(answerMs).emit(event, ...args, (late: Error | null, result: Result<unknown>) => {
          if (late === null) answered(result)
          else if (phone.socket.connected) unanswered(event)
          resolve()
        })
      })
    )
    // In small groups, so that answers and what follows from them come in between.
    if (waits.length === 10) await Promise.race([Promise.all(waits.splice(0)), gone])
  }
  await Promise.race([Promise.all(waits), gone])
  return sent
}

/** `untilForgotten`: waits some minutes more, for what the server keeps for a time. */
export const runMalformed = async (
  server: TestServer,
  seed: number,
  messages: number,
  { untilForgotten = false } = {}
): Promise<MalformedRun> => {
  const random = createRandom(seed)
  const pid = server.pid()
  const caller = await createTestPhone({ server: server.url, username: '101', hz: 400 })
  const receptor = await createTestPhone({ server: server.url, username: '102', hz: 900 })
  const talkers = [caller, receptor]
  const heap = await openHeapGauge(server.output())
  const answers = new Map<string, number>()
  const complaints: string[] = []
  try {
    const dialled = caller.phone.dial('102')
    if (!dialled.ok) throw new Error(dialled.error.code)
    await receptor.hears('ringing/L')
    receptor.phone.answer(receptor.phone.calls()[0]?.session ?? '')
    await Promise.all(talkers.map((phone) => phone.hears('conversation')))
    const hearings: Hearing[] = [caller.listenFor(900), receptor.listenFor(400)]
    await (await caller.ear()).hears(900)
    const foreign = caller.phone.calls()[0]?.callId ?? ''

    let own = 'n1.none'
    const next = createMessages(random, () => [foreign, foreign, own, own, 'n1.none', 'n2.elsewhere', ''])
    let sent = 0
    let connections = 0
    const memory: { resident: number; live: number }[] = []
    while (sent < messages) {
      const phone = await connectAs(server, '103')
      connections += 1
      const created = await phone.ask('call.create', { to: '100' })
      if (created.ok) own = (created.value as { call: { id: string } }).call.id
      sent += await sendSome(
        phone,
        next,
        Math.min(perDevice, messages - sent),
        (result) => {
          const code = result.ok ? 'ok' : result.error.code
          answers.set(code, (answers.get(code) ?? 0) + 1)
        },
        (event) => complaints.push(`no answer to ${event}`)
      )
      // Where the server has closed the connection, Echo's call ends by itself.
      if (phone.socket.connected) await phone.ask('call.hangup', { callId: own }).catch(() => undefined)
      phone.close()
      while (sent >= ((memory.length + 1) * messages) / 10) {
        memory.push({ live: await heap.liveMiB(), resident: memoryOf(pid) })
      }
    }
    let liveAtLast: number | null = null
    if (untilForgotten) {
      await pass(defaultOnce.keepMs + secondMs)
      // What is too old is dropped when the next request comes.
      const phone = await connectAs(server, '103')
      await phone.ask('call.create', { to: '999' })
      phone.close()
      liveAtLast = await heap.liveMiB()
    }
    const words = talkers.map((phone) => statesOf(phone.heard()))
    const longestGapMs = Math.max(...hearings.map((hearing) => hearing.report().longestMs))
    const stillTalking = talkers.every((phone) => phone.phone.calls()[0]?.status === 'conversation')
    if (!stillTalking) complaints.push('the talk of others has changed')
    if (!hearings.every((hearing) => hearing.isHeard())) complaints.push('they do not hear each other any more')
    caller.phone.hangUp(dialled.value.session)
    await Promise.all(talkers.map((phone) => phone.hears('E(hangup)')))
    return {
      seed,
      sent,
      connections,
      answers,
      memory,
      liveAtLast,
      samePid: server.pid() === pid && (await fetch(`${server.url}/healthz`)).ok,
      talk: { words, longestGapMs, endedWell: stillTalking },
      complaints
    }
  } finally {
    heap.close()
    await Promise.all(talkers.map((phone) => phone.close()))
  }
}
