// What the random histories have found, each as a story of its own: the product's phones and calls together.
import { describe, expect, it } from 'vitest'
import { begin } from '../weaknesses/support.ts'

type Story = Awaited<ReturnType<typeof begin>>

it('a talk is moved to a device that rang for it before, and back again', async () => {
  const t = await begin(['ali-1', 'sara-1', 'sara-2'])
  await t.talk('ali-1', 'sara-1')
  expect(t.heard('sara-2').at(-2)).toBe('E(call_received, answered_elsewhere)')
  const move = async (from: string, to: string): Promise<void> => {
    void t.app(from).phone.move(t.call(from).session)
    await t.pass(1_000)
    expect(t.call(to)).toMatchObject({ moving: true, status: 'ringing' })
    await t.answer(to)
    expect(t.heard(from).slice(-2)).toEqual(['E(call_received, answered_elsewhere)', 'flushed/L'])
    expect([t.call('ali-1').status, t.call(to).status]).toEqual(['conversation', 'conversation'])
  }
  await move('sara-1', 'sara-2')
  await move('sara-2', 'sara-1')
  await t.hangUp('ali-1')
  expect(t.heard('sara-1').slice(-2)).toEqual(['E(hangup)', 'flushed/L'])
  t.done()
})

it('an app that is started anew in a talk and returned to has its sound at once', async () => {
  const t = await begin(['ali-1', 'sara-1'])
  await t.talk('ali-1', 'sara-1')
  t.world.killApp('sara-1')
  t.world.startApp('sara-1')
  await t.pass(500)
  await t.answer('sara-1', 500)
  expect(t.call('ali-1').status).toBe('conversation')
  t.done()
})

describe('a server that is killed before the disk had its last steps', () => {
  /** The disk keeps nothing of what happens from now on. */
  const loseFromNow = (t: Story) => t.world.disk.setDelay(Infinity)
  const restart = async (t: Story) => {
    t.world.killServer()
    t.world.disk.setDelay(2)
    await t.world.startServer()
    await t.pass(3_000)
  }

  it('rings again, once, for a call of a back end that its caller had joined', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    t.world.orderCall('u-ali', 2)
    await t.pass(500)
    loseFromNow(t)
    t.app('ali-1').consents.add(t.call('ali-1').session)
    t.app('ali-1').phone.join(t.call('ali-1').session)
    await t.pass(1_000)
    expect(t.call('sara-1').status).toBe('ringing')
    await restart(t)
    expect(t.heard('sara-1')).toEqual(['ringing/L', 'finished', 'E(unknown)', 'flushed/L', 'ringing/L'])
    await t.answer('sara-1')
    expect([t.call('ali-1').status, t.call('sara-1').status]).toEqual(['conversation', 'conversation'])
    t.done()
  })

  it('is told again of a hang-up that it had not kept, by who hung up', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    const { callId } = t.call('ali-1')
    loseFromNow(t)
    await t.hangUp('ali-1')
    expect(t.heard('ali-1').at(-1), 'the hang-up is not acknowledged').toBe('E(hangup)')
    expect(t.heard('sara-1').at(-1)).toBe('flushed/L')
    await restart(t)
    expect(t.record(callId)?.end).toMatchObject({ reason: 'hangup', by: 'caller' })
    expect(t.heard('ali-1').at(-1)).toBe('flushed/L')
    t.done()
  })

  it('is told of it by the other side, if who hung up is gone; nobody hears the end twice', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    const { callId } = t.call('ali-1')
    loseFromNow(t)
    await t.hangUp('ali-1')
    // Long enough for the call to be off the screen.
    await t.pass(6_000)
    const heard = t.heard('sara-1')
    t.world.killApp('ali-1')
    await restart(t)
    expect(t.record(callId)?.end).toMatchObject({ reason: 'hangup' })
    expect(t.heard('sara-1')).toEqual(heard)
    expect(t.app('sara-1').phone.calls()).toEqual([])
    t.done()
  })
})

it('who is muted and connected to somebody else is shown muted there', async () => {
  const t = await begin(['ali-1', 'sara-1', 'omid-1'])
  await t.talk('ali-1', 'sara-1')
  t.app('sara-1').phone.mute(t.call('sara-1').session, true)
  await t.pass(200)
  void t.app('ali-1').phone.transfer(t.call('ali-1').session, 'omid', 'attended')
  await t.pass(1_000)
  await t.answer('omid-1')
  expect(t.call('sara-1').muted).toBe(true)
  expect(t.call('omid-1').peerMuted).toBe(true)
  t.done()
})
