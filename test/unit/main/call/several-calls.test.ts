// Several calls of one phone against the fake server: who has the floor, what is told to the server, what sounds.
import { describe, expect, it } from 'vitest'
import type { CallView } from '../../../../common/snapshot.ts'
import { limits } from '../../../../main/call/machine-state.ts'
import { settled } from './fake-clock.ts'
import { createFakeWorld, short, type FakePhone } from './fake-world.ts'
import { begin, devices, type Beginning } from './history-deeds.ts'

const start = async (beginning: Beginning) => {
  const world = createFakeWorld()
  const phones = devices.map(([device, username]) => world.add(device, username))
  const [a, b, b2, c] = phones
  if (a === undefined || b === undefined || b2 === undefined || c === undefined) throw new Error('no phones')
  await begin(world, phones, beginning, new Set())
  return { world, a, b, b2, c }
}

const withPeer = ({ phone }: FakePhone, username: string): CallView => {
  const call = phone.calls().find(({ peer, end }) => peer.username === username && end === null)
  if (call === undefined) throw new Error(`no call with ${username}`)
  return call
}
const orderOf = ({ phone }: FakePhone, { session }: CallView) => phone.orders().find((each) => each.session === session)
const told = ({ requests }: FakePhone, name: string) => requests.filter((each) => each.name === name)

describe('hold', () => {
  it('a second answer holds the first call: one microphone at once, whether or not the server agrees', async () => {
    const { b, a, c } = await start('two talks')
    expect(orderOf(b, withPeer(b, '101'))).toMatchObject({ want: 'hold', microphone: false })
    expect(orderOf(b, withPeer(b, '103'))).toMatchObject({ want: 'talk', microphone: true })
    expect(withPeer(a, '102').held).toEqual({ mine: false, theirs: true })
    expect(withPeer(c, '102').held).toEqual({ mine: false, theirs: false })
    expect(short(a.heard), 'hold is no state').toEqual(['trying', 'ringing', 'accepted', 'conversation'])
  })

  it('is told until the server has it, over a lost connection too', async () => {
    const { world, a, b } = await start('talk')
    b.disconnect()
    b.phone.hold(withPeer(b, '101').session, true)
    expect(orderOf(b, withPeer(b, '101'))).toMatchObject({ want: 'hold', microphone: false })
    b.connect()
    await world.flow()
    await world.advance(limits.retryMs)
    await world.flow()
    expect(withPeer(a, '102').held.theirs).toBe(true)
  })

  it('swaps, and the end of the one that talks resumes nobody', async () => {
    const { world, a, b, c } = await start('two talks')
    b.phone.hold(withPeer(b, '101').session, false)
    await world.flow()
    expect([withPeer(a, '102').held.theirs, withPeer(c, '102').held.theirs]).toEqual([false, true])
    a.phone.hangUp(withPeer(a, '102').session)
    await world.flow()
    expect(withPeer(b, '103')).toMatchObject({ floor: false, held: { mine: true }, can: { resume: true, hold: false } })
    expect(b.phone.orders().some(({ microphone }) => microphone)).toBe(false)
  })

  it('of a call that is only dialled is told once that is answered', async () => {
    const { world, a, b, c } = await start('peace')
    a.phone.dial('102')
    await world.flow()
    a.phone.dial('103')
    await world.flow()
    expect(told(a, 'call.hold')).toEqual([])
    expect(a.phone.tone()).toBe('trying')
    const { session } = withPeer(b, '101')
    b.phone.alertShown(session)
    await world.flow()
    b.phone.answer(session)
    await world.flow()
    expect(withPeer(b, '101').held.theirs).toBe(true)
    expect(withPeer(c, '101').can.answer).toBe(true)
  })

  it('is not wanted where the person ends the other instead', async () => {
    const { world, b, c } = await start('talk')
    c.phone.dial('102')
    await world.flow()
    expect(b.phone.answer(withPeer(b, '103').session, 'end').ok).toBe(true)
    await world.flow()
    expect(b.phone.calls().find(({ peer }) => peer.username === '101')?.end?.reason).toBe('hangup')
    expect(withPeer(b, '103').floor).toBe(true)
  })
})

describe('a second call', () => {
  it('rings softly on all devices of who talks, and silently where nobody is to be disturbed', async () => {
    const { world, b, b2, c } = await start('talk')
    c.phone.dial('102')
    await world.flow()
    for (const phone of [b, b2]) {
      phone.phone.alertShown(withPeer(phone, '103').session)
      expect(phone.phone.tone()).toBe('ringingSoftly')
    }
    const silent = await start('peace')
    silent.world.server.setSilent(true)
    silent.a.phone.dial('102')
    await silent.world.flow()
    expect(withPeer(silent.b, '101')).toMatchObject({ status: 'ringing', silent: true, can: { answer: true } })
    expect(silent.b.phone.tone()).toBe('none')
    expect(short(silent.a.heard)).toEqual(['trying', 'ringing'])
  })
})

describe('a conference', () => {
  it('has both calls with the microphone; muting is for both, hanging up ends both', async () => {
    const { world, a, b, c } = await start('conference')
    expect(b.phone.orders()).toMatchObject([
      { want: 'conference', microphone: true },
      { want: 'conference', microphone: true }
    ])
    expect(withPeer(a, '102')).toMatchObject({ conference: [{ username: '103' }], held: { theirs: false } })
    b.phone.mute(withPeer(b, '101').session, true)
    expect(b.phone.orders().map(({ muted }) => muted)).toEqual([true, true])
    b.phone.hangUp(withPeer(b, '103').session)
    await world.flow()
    for (const phone of [a, c]) expect(short(phone.heard).slice(-3)).toEqual(['finished', 'E(hangup)', 'flushed/L'])
  })

  it('is a plain talk once one of the others leaves, and two calls again once it is split', async () => {
    const left = await start('conference')
    left.a.phone.hangUp(withPeer(left.a, '102').session)
    await left.world.flow()
    expect(orderOf(left.b, withPeer(left.b, '103'))).toMatchObject({ want: 'talk', microphone: true })
    const { world, a, b, c } = await start('conference')
    b.phone.split(withPeer(b, '101').session)
    await world.flow()
    expect(b.phone.orders().map(({ want }) => want)).toEqual(['talk', 'hold'])
    expect([withPeer(a, '102').held.theirs, withPeer(c, '102').held.theirs]).toEqual([false, true])
  })
})

describe('a transfer', () => {
  it('attended: the other side goes on with the new call, and nobody hears a busy tone', async () => {
    const { world, a, b, c } = await start('talk')
    void a.phone.transfer(withPeer(a, '102').session, '103', 'attended')
    await world.flow()
    expect(withPeer(a, '102')).toMatchObject({ transfer: { username: '103' }, can: { cancelTransfer: true } })
    expect(a.phone.orders().some(({ microphone }) => microphone)).toBe(false)
    expect(withPeer(b, '103')).toMatchObject({ floor: true, direction: 'outbound' })
    expect(withPeer(b, '101').can.cancelTransfer).toBe(false)
    const { session } = withPeer(c, '102')
    c.phone.alertShown(session)
    await world.flow()
    c.phone.answer(session)
    await world.flow()
    expect(b.phone.calls().find(({ peer }) => peer.username === '101')?.end?.detail).toBe('transferred')
    expect([a.phone.tone(), b.phone.tone()]).toEqual(['none', 'none'])
    expect(orderOf(b, withPeer(b, '103'))).toMatchObject({ want: 'talk', microphone: true })
  })

  it('that is declined gives the talk back', async () => {
    const { world, a, b, c } = await start('talk')
    void a.phone.transfer(withPeer(a, '102').session, '103', 'attended')
    await world.flow()
    c.phone.decline(withPeer(c, '102').session)
    await world.flow()
    expect(withPeer(a, '102')).toMatchObject({ transfer: null, floor: true })
    expect(orderOf(b, withPeer(b, '101'))).toMatchObject({ want: 'talk', microphone: true })
  })

  it('that comes to nothing says why to who asked for it, for a while and once', async () => {
    const { world, a, b, c } = await start('talk')
    const failed = () => [a, b].map((phone) => withPeer(phone, phone === a ? '102' : '101').transferFailed)
    void a.phone.transfer(withPeer(a, '102').session, '103', 'attended')
    await world.flow()
    expect(failed()).toEqual([null, null])
    c.phone.decline(withPeer(c, '102').session)
    await world.flow()
    expect(failed()).toMatchObject([{ to: { username: '103' }, outcome: 'declined' }, null])
    await world.advance(limits.failureShownMs)
    expect(failed()).toEqual([null, null])
    b.phone.mute(withPeer(b, '101').session, true)
    await world.flow()
    expect(withPeer(a, '102').peerMuted).toBe(true)
    expect(failed(), 'the next word about the call says it again').toEqual([null, null])
  })

  it('that crosses a merge of the same call, and comes to nothing, leaves two calls and one of them talks', async () => {
    const { world, a, b, c } = await start('two talks')
    b.phone.merge(withPeer(b, '101').session, withPeer(b, '103').session)
    await settled()
    // All else is faster than the merge, and than what the same phone sends after it.
    const overtake = async () => {
      for (let at = 0; at >= 0; at = world.inFlight().findIndex(({ what }) => !/call\.(merge|split|hold)/.test(what))) {
        if (at > 0) world.deliver(at)
        await settled()
      }
    }
    void c.phone.transfer(withPeer(c, '102').session, '101', 'attended')
    await overtake()
    expect(withPeer(b, '103').transfer).toMatchObject({ username: '101' })
    const offered = a.phone.calls().find(({ can }) => can.decline)
    a.phone.decline(offered?.session ?? 'none')
    await overtake()
    const talks = () => b.phone.calls().filter(({ end }) => end === null)
    const expected = [
      { peer: { username: '101' }, floor: false, held: { mine: true }, conference: [] },
      { peer: { username: '103' }, floor: true, held: { mine: false }, conference: [] }
    ]
    expect(talks()).toMatchObject(expected)
    await world.flow()
    expect(talks()).toMatchObject(expected)
  })

  it('of somebody who has just hung up opens no microphone', async () => {
    const { world, a, b } = await start('talk')
    void a.phone.transfer(withPeer(a, '102').session, '103', 'blind')
    b.phone.hangUp(withPeer(b, '101').session)
    await world.flow()
    expect(b.phone.orders()).toEqual([])
    expect(b.phone.calls().filter(({ end }) => end === null)).toEqual([])
  })
})

it('a talk moves to another own device: offered softly there, and the first device is out', async () => {
  const { world, a, b, b2 } = await start('talk')
  void b.phone.move(withPeer(b, '101').session)
  await world.flow()
  const offer = withPeer(b2, '101')
  expect(offer).toMatchObject({ moving: true, can: { answer: true, decline: true } })
  b2.phone.alertShown(offer.session)
  expect(b2.phone.tone()).toBe('ringingSoftly')
  b2.phone.answer(offer.session)
  await world.flow()
  expect(orderOf(b2, withPeer(b2, '101'))).toMatchObject({ want: 'talk', microphone: true })
  expect(short(b.heard).slice(-3)).toEqual(['finished', 'E(call_received)', 'flushed/L'])
  expect(b.phone.orders()).toEqual([])
  expect(withPeer(a, '102').floor).toBe(true)
})
