// What calls, devices and people do to each other, with real legs and sound: hold, call waiting, do not disturb, block
// list, transfer, moving a talk. The phones are the app's own, without a window.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CallView } from '../../common/snapshot.ts'
import type { Hearing } from '../support/hearing.ts'
import { block, prefer } from '../support/raw-phone.ts'
import { createTestPhone, statesOf, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
const phones: TestPhone[] = []

const join = async (username: string, hz: number | null = null): Promise<TestPhone> => {
  const phone = await createTestPhone({ server: server.url, username, hz })
  phones.push(phone)
  return phone
}

const withPeer = (phone: TestPhone, username: string, match: Partial<CallView> = {}, withinMs = 10_000) =>
  phone.until(
    `a call with ${username}: ${JSON.stringify(match)}`,
    (calls) =>
      calls.find(
        (call) =>
          call.peer.username === username &&
          Object.entries(match).every(([key, value]) => call[key as keyof CallView] === value)
      ),
    withinMs
  )

/** The first phone dials the user of the second, which answers; both talk. */
const talk = async (caller: TestPhone, receptor: TestPhone, from: string, to: string): Promise<void> => {
  caller.phone.dial(to)
  const ringing = await withPeer(receptor, from, { status: 'ringing' })
  receptor.phone.answer(ringing.session)
  await Promise.all([
    withPeer(caller, to, { status: 'conversation' }),
    withPeer(receptor, from, { status: 'conversation' })
  ])
}

const soon = { timeout: 10_000, interval: 20 }
const hears = (hearing: Hearing): Promise<void> => vi.waitFor(() => expect(hearing.isHeard()).toBe(true), soon)
const hearsNothing = (hearing: Hearing): Promise<void> => vi.waitFor(() => expect(hearing.isHeard()).toBe(false), soon)
// That nothing is heard, and that nothing happens, can only be waited for.
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const [aliHz, saraHz, omidHz] = [400, 900, 1_600]

beforeAll(async () => {
  server = await startTestServer({ TAMAS_CALL_TRYING_MS: '2000', TAMAS_CALL_RINGING_MS: '3000' })
})
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.close()))
})
afterAll(async () => {
  await server.stop()
})

describe('hold', () => {
  it('nobody hears anything, the talk goes on, and the sound is back', async () => {
    const ali = await join('101', aliHz)
    const sara = await join('102', saraHz)
    const atSara = sara.listenFor(aliHz)
    const atAli = ali.listenFor(saraHz)
    await talk(ali, sara, '101', '102')
    await Promise.all([hears(atSara), hears(atAli)])
    const { session } = await withPeer(ali, '102')
    ali.phone.hold(session, true)
    await Promise.all([hearsNothing(atSara), hearsNothing(atAli)])
    const [earOfSara, earOfAli] = await Promise.all([sara.ear(), ali.ear()])
    // On a busy machine sound of before may still be played: then it is quiet, and stays so.
    const loudest = () => [earOfSara.takeLoudest(), earOfAli.takeLoudest()]
    await vi.waitFor(async () => {
      loudest()
      await pause(1_000)
      expect(loudest().map((level) => level < 0.01)).toEqual([true, true])
    }, soon)
    expect(await withPeer(sara, '101')).toMatchObject({ status: 'conversation', held: { mine: false, theirs: true } })
    ali.phone.hold(session, false)
    const resumedAt = performance.now()
    await Promise.all([hears(atSara), hears(atAli)])
    process.stdout.write(`resumed: sound was back after ${Math.round(performance.now() - resumedAt)} ms\n`)
    expect(sara.heard()).not.toContain('paused')
  })

  it('longer than a lost leg may take is no lost leg', async () => {
    const short = await startTestServer({ TAMAS_CALL_PAUSED_MS: '500' })
    try {
      const [ali, sara] = await Promise.all(
        (['101', '102'] as const).map((username, at) =>
          createTestPhone({ server: short.url, username, hz: [aliHz, saraHz][at] ?? null })
        )
      )
      if (ali === undefined || sara === undefined) throw new Error('no phones')
      phones.push(ali, sara)
      await talk(ali, sara, '101', '102')
      const { session } = await withPeer(ali, '102')
      ali.phone.hold(session, true)
      await withPeer(sara, '101')
      await pause(1_500)
      expect(await withPeer(sara, '101')).toMatchObject({ status: 'conversation' })
      await Promise.all(phones.splice(0).map((phone) => phone.close()))
    } finally {
      await short.stop()
    }
  })
})

describe('call waiting', () => {
  it('a second call rings softly; answering it holds the first, and back', async () => {
    const ali = await join('101', aliHz)
    const sara = await join('102', saraHz)
    const omid = await join('103', omidHz)
    const fromAli = sara.listenFor(aliHz)
    const fromOmid = sara.listenFor(omidHz)
    await talk(ali, sara, '101', '102')
    await hears(fromAli)
    omid.phone.dial('102')
    const second = await withPeer(sara, '103', { status: 'ringing' })
    expect(second).toMatchObject({ waiting: true })
    expect(await withPeer(omid, '102', { status: 'ringing' })).toMatchObject({ waiting: false })
    sara.phone.answer(second.session)
    await hears(fromOmid)
    await hearsNothing(fromAli)
    expect(await withPeer(ali, '102')).toMatchObject({ status: 'conversation', held: { theirs: true } })
    const first = await withPeer(sara, '101')
    sara.phone.hold(first.session, false)
    await hears(fromAli)
    await hearsNothing(fromOmid)
  })

  it('who does not want to be disturbed is rung in silence', async () => {
    const ali = await join('101')
    const sara = await join('102')
    await prefer(server.url, '102', { callWaiting: true, doNotDisturb: 'silent' })
    try {
      ali.phone.dial('102')
      expect(await withPeer(sara, '101', { status: 'ringing' })).toMatchObject({ silent: true })
      await ali.hears('E(missed)')
    } finally {
      await prefer(server.url, '102', { callWaiting: true, doNotDisturb: 'off' })
    }
  })
})

describe('a blocked caller', () => {
  it('hears what is heard of somebody who is not there; the receptor hears and sees nothing', async () => {
    const ali = await join('101')
    const sara = await join('102')
    const calls = async (): Promise<readonly string[]> => {
      const history = await sara.session.rest.history({})
      return history.ok ? history.value.result.map(({ callId }) => callId) : ['none']
    }
    const before = await calls()
    await block(server.url, '102', ['101'])
    try {
      ali.phone.dial('102')
      await ali.hears('E(unreachable)')
      expect(statesOf(ali.heard()).slice(0, 3)).toEqual(['trying', 'finished', 'E(unreachable)'])
      expect(sara.heard()).toEqual([])
      expect(await calls()).toEqual(before)
      const history = await ali.session.rest.history({})
      const [newest] = history.ok ? history.value.result : []
      expect(newest).toMatchObject({ reason: 'unreachable', direction: 'outbound' })
      expect(newest?.detail).toBeUndefined()
    } finally {
      await block(server.url, '102', [])
    }
  })
})

describe('transfer', () => {
  const three = async () => {
    const ali = await join('101', aliHz)
    const sara = await join('102', saraHz)
    const omid = await join('103', omidHz)
    await talk(ali, sara, '101', '102')
    const { session } = await withPeer(ali, '102')
    return { ali, sara, omid, session }
  }

  it('attended: the two are connected once the third answers, and who connected is out', async () => {
    const { ali, sara, omid, session } = await three()
    const atSara = sara.listenFor(omidHz)
    const atOmid = omid.listenFor(saraHz)
    expect(await ali.phone.transfer(session, '103', 'attended')).toMatchObject({ ok: true })
    const told = await sara.until('the transfer', (calls) => calls.find(({ transfer }) => transfer !== null))
    expect(told).toMatchObject({ peer: { username: '101' }, transfer: { username: '103' } })
    omid.phone.answer((await withPeer(omid, '102', { status: 'ringing' })).session)
    await Promise.all([hears(atSara), hears(atOmid)])
    await ali.hears('E(hangup)')
    await withPeer(sara, '103', { status: 'conversation' })
    const history = await ali.session.rest.history({})
    expect(history.ok && history.value.result[0]).toMatchObject({ reason: 'hangup', detail: 'transferred' })
  })

  it('attended, declined: the two of before talk again', async () => {
    const { ali, sara, omid, session } = await three()
    const atSara = sara.listenFor(aliHz)
    const atAli = ali.listenFor(saraHz)
    await ali.phone.transfer(session, '103', 'attended')
    omid.phone.decline((await withPeer(omid, '102', { status: 'ringing' })).session)
    await ali.until('the transfer to be over', (calls) =>
      calls.find(({ peer }) => peer.username === '102')?.transfer === null ? true : null
    )
    for (const phone of [ali, sara]) {
      const call = await withPeer(phone, phone === ali ? '102' : '101')
      if (call.can.resume) phone.phone.hold(call.session, false)
    }
    await Promise.all([hears(atSara), hears(atAli)])
  })

  it('blind, not answered: it comes back to who transferred', async () => {
    const { ali, sara, omid, session } = await three()
    const atSara = sara.listenFor(aliHz)
    expect(await ali.phone.transfer(session, '103', 'blind')).toMatchObject({ ok: true })
    await ali.hears('E(hangup)')
    omid.phone.decline((await withPeer(omid, '102', { status: 'ringing' })).session)
    ali.phone.answer((await withPeer(ali, '102', { status: 'ringing' })).session)
    await hears(atSara)
  })
})

describe('moving a talk to another device of the same person', () => {
  it('goes on there with sound, and the device of before is out', async () => {
    const ali = await join('101', aliHz)
    const desk = await join('102', saraHz)
    await talk(ali, desk, '101', '102')
    const laptop = await join('102', omidHz)
    const atAli = ali.listenFor(omidHz)
    const atLaptop = laptop.listenFor(aliHz)
    const { session } = await withPeer(desk, '101')
    expect(await desk.phone.move(session)).toMatchObject({ ok: true })
    const offered = await withPeer(laptop, '101', { moving: true, status: 'ringing' })
    laptop.phone.answer(offered.session)
    await Promise.all([hears(atAli), hears(atLaptop)])
    await desk.hears('E(call_received)')
    expect(desk.microphoneOpen()).toBe(false)
    laptop.phone.hangUp((await withPeer(laptop, '101')).session)
    await ali.hears('E(hangup)')
  })
})
