// What the random histories have found, each as a story of its own: the product's phones and calls together.
import { expect, it } from 'vitest'
import { begin } from '../weaknesses/support.ts'

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
