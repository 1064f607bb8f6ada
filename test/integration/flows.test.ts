// Every row of the delegate's event table, seen from both sides, on a real server with real media. The seed's two first.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestPhone, statesOf, type TestPhone, type TestPhoneOptions } from '../support/test-phone.ts'
import { prefer } from '../support/raw-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
const phones: TestPhone[] = []

const join = async (username: string, options: Partial<TestPhoneOptions> = {}): Promise<TestPhone> => {
  const phone = await createTestPhone({ server: server.url, username, ...options })
  phones.push(phone)
  return phone
}

const sessionOf = (phone: TestPhone, index = 0): string => {
  const call = phone.phone.calls()[index]
  if (call === undefined) throw new Error('there is no call')
  return call.session
}

const dial = (phone: TestPhone, to: string): string => {
  const dialled = phone.phone.dial(to)
  if (!dialled.ok) throw new Error(dialled.error.code)
  return dialled.value.session
}

const expectWords = async (phone: TestPhone, words: readonly string[], withinMs?: number): Promise<void> => {
  const last = words.at(-1)
  if (last !== undefined) await phone.hears(last, withinMs)
  expect(statesOf(phone.heard())).toEqual(words)
}

beforeAll(async () => {
  server = await startTestServer({
    TAMAS_CALL_TRYING_MS: '1500',
    TAMAS_CALL_RINGING_MS: '1500',
    TAMAS_CALL_ACCEPTED_MS: '3000'
  })
})
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.close()))
})
afterAll(async () => {
  await server.stop()
})

describe('the event table', () => {
  it("the seed's example 1: the receptor is offline, unreachable at the caller, a missed row at the receptor", async () => {
    const caller = await join('101')
    dial(caller, '102')
    await expectWords(caller, ['trying', 'finished', 'E(unreachable)', 'flushed/L'])
    const receptor = await join('102')
    const history = await receptor.session.rest.history({})
    expect(history.ok && history.value.result[0]).toMatchObject({ direction: 'inbound', reason: 'unreachable' })
    expect(receptor.heard()).toEqual([])
  })

  it("the seed's example 2: rings and nobody answers, missed on both sides", async () => {
    const caller = await join('101')
    const receptor = await join('102')
    dial(caller, '102')
    await expectWords(caller, ['trying', 'ringing', 'finished', 'E(missed)', 'flushed/L'])
    await expectWords(receptor, ['ringing/L', 'finished', 'E(missed)', 'flushed/L'])
  })

  it('talk: both hear each other, the caller ends', async () => {
    const caller = await join('101', { hz: 400 })
    const receptor = await join('102', { hz: 900 })
    const session = dial(caller, '102')
    await caller.hears('ringing')
    expect(receptor.microphoneOpen()).toBe(false)
    receptor.phone.answer(sessionOf(receptor))
    await Promise.all([caller.hears('conversation'), receptor.hears('conversation')])
    await (await caller.ear()).hears(900)
    await (await receptor.ear()).hears(400)
    caller.phone.hangUp(session)
    await expectWords(caller, ['trying', 'ringing', 'accepted', 'conversation', 'finished/L', 'E(hangup)', 'flushed/L'])
    await expectWords(receptor, ['ringing/L', 'accepted/L', 'conversation', 'finished', 'E(hangup)', 'flushed/L'])
    expect(caller.microphoneOpen()).toBe(false)
    expect(receptor.microphoneOpen()).toBe(false)
    // Both legs came up, each told once, before the end.
    for (const phone of [caller, receptor]) {
      expect(
        phone
          .heard()
          .filter((word) => word.endsWith(':connected'))
          .sort()
      ).toEqual(['caller:connected', 'receptor:connected'])
    }
    const history = await caller.session.rest.history({})
    expect(history.ok && history.value.result[0]).toMatchObject({ reason: 'hangup', by: 'caller' })
  })

  it('reject: the receptor declines', async () => {
    const caller = await join('101')
    const receptor = await join('102')
    dial(caller, '102')
    await caller.hears('ringing')
    receptor.phone.decline(sessionOf(receptor))
    await expectWords(caller, ['trying', 'ringing', 'finished', 'E(rejected)', 'flushed/L'])
    await expectWords(receptor, ['ringing/L', 'finished/L', 'E(rejected)', 'flushed/L'])
  })

  it('cancel: the caller hangs up while it rings, missed at the receptor', async () => {
    const caller = await join('101')
    const receptor = await join('102')
    const session = dial(caller, '102')
    await caller.hears('ringing')
    caller.phone.hangUp(session)
    await expectWords(caller, ['trying', 'ringing', 'finished/L', 'E(hangup)', 'flushed/L'])
    await expectWords(receptor, ['ringing/L', 'finished', 'E(hangup)', 'flushed/L'])
    expect(receptor.phone.calls()[0]?.end?.outcome).toBe('missed')
  })

  it('busy: the third caller hears it at once, the talk is not disturbed', async () => {
    const caller = await join('101')
    const receptor = await join('102')
    const third = await join('103')
    await prefer(server.url, '102', { callWaiting: false, doNotDisturb: 'off' })
    dial(caller, '102')
    await caller.hears('ringing')
    receptor.phone.answer(sessionOf(receptor))
    await Promise.all([caller.hears('conversation'), receptor.hears('conversation')])
    dial(third, '102')
    await expectWords(third, ['trying', 'finished', 'E(busy)', 'flushed/L'])
    expect(statesOf(receptor.heard())).toEqual(['ringing/L', 'accepted/L', 'conversation'])
    const history = await receptor.session.rest.history({})
    expect(history.ok && history.value.result[0]).toMatchObject({ reason: 'busy', direction: 'inbound' })
    await prefer(server.url, '102', { callWaiting: true, doNotDisturb: 'off' })
  })

  it('another device took it: the other one stops ringing with call_received', async () => {
    const caller = await join('101')
    const desk = await join('102')
    const laptop = await join('102')
    dial(caller, '102')
    await Promise.all([desk.hears('ringing/L'), laptop.hears('ringing/L'), caller.hears('ringing')])
    laptop.phone.answer(sessionOf(laptop))
    await expectWords(desk, ['ringing/L', 'finished', 'E(call_received)', 'flushed/L'])
    expect(desk.phone.calls()[0]?.end?.outcome).toBe('answered_elsewhere')
    await Promise.all([caller.hears('conversation'), laptop.hears('conversation')])
    expect(statesOf(caller.heard())).toEqual(['trying', 'ringing', 'accepted', 'conversation'])
  })

  it('another device declined it: all devices stop with rejected', async () => {
    const caller = await join('101')
    const desk = await join('102')
    const laptop = await join('102')
    dial(caller, '102')
    await Promise.all([desk.hears('ringing/L'), laptop.hears('ringing/L')])
    desk.phone.decline(sessionOf(desk))
    await expectWords(desk, ['ringing/L', 'finished/L', 'E(rejected)', 'flushed/L'])
    await expectWords(laptop, ['ringing/L', 'finished', 'E(rejected)', 'flushed/L'])
    expect(laptop.phone.calls()[0]?.end?.outcome).toBe('declined_elsewhere')
    await caller.hears('E(rejected)')
  })
})

describe('what else happens to calls', () => {
  it('a receptor that comes online while the caller waits is rung', async () => {
    const caller = await join('101')
    dial(caller, '102')
    await caller.hears('trying')
    const receptor = await join('102')
    await Promise.all([receptor.hears('ringing/L'), caller.hears('ringing')])
    receptor.phone.answer(sessionOf(receptor))
    await caller.hears('conversation')
  })

  it('glare: both dial at once, the first call goes on without a question', async () => {
    const one = await join('101')
    const two = await join('102', { alerts: false })
    dial(one, '102')
    dial(two, '101')
    await Promise.all([one.hears('conversation'), two.hears('conversation')])
    const ends = [...one.heard(), ...two.heard()].filter((word) => word.startsWith('E('))
    expect(ends).toEqual(['E(call_received)'])
  })

  it('devices that vanish while ringing leave the call ringing until its limit, then missed', async () => {
    const caller = await join('101')
    const receptor = await join('102')
    dial(caller, '102')
    await caller.hears('ringing')
    await receptor.vanish()
    await expectWords(caller, ['trying', 'ringing', 'finished', 'E(missed)', 'flushed/L'])
  })

  it('Echo answers after a second and plays back what it hears', async () => {
    const caller = await join('101', { hz: 700 })
    dial(caller, '100')
    await caller.hears('conversation')
    await (await caller.ear()).hears(700)
    expect(statesOf(caller.heard())).toEqual(['trying', 'ringing', 'accepted', 'conversation'])
  })

  it('an unknown number ends with a sentence and no ring', async () => {
    const caller = await join('101')
    dial(caller, '999')
    await caller.until('the end', (calls) => calls[0]?.end)
    expect(caller.phone.calls()[0]?.trouble?.code).toBe('not_found')
  })

  it('mute is told to the other side, and nothing is heard', async () => {
    const caller = await join('101', { hz: 500 })
    const receptor = await join('102')
    const session = dial(caller, '102')
    await caller.hears('ringing')
    receptor.phone.answer(sessionOf(receptor))
    const ear = await receptor.ear()
    await ear.hears(500)
    caller.phone.mute(session, true)
    await receptor.until('the mute sign', (calls) => (calls[0]?.peerMuted === true ? true : null))
    await ear.hearsSilence()
    caller.phone.mute(session, false)
    await ear.hears(500)
  })
})
