// A phone with two calls: one dialled from the tray while another is talked, and a second one that comes in. Who is held
// is told on both sides, and only who has the floor is heard.
import type { CallView } from '../../common/snapshot.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { answerInNotification, dialFromTray, expectHeard, incomingOf } from './calls.ts'
import { expect, test } from './fixtures.ts'

const raw = { echoCancellation: false, noiseSuppression: false, autoGain: false } as const

const callWith = async (phone: PhoneApp, username: string, is: (call: CallView) => boolean): Promise<CallView> => {
  const find = (calls: readonly CallView[]) =>
    calls.find(({ peer, ...call }) => peer.username === username && is({ peer, ...call }))
  const { calls } = await phone.waitForSnapshot(
    `has that call with ${username}`,
    (snapshot) => find(snapshot.calls) !== undefined
  )
  const call = find(calls)
  if (call === undefined) throw new Error(`no call with ${username}`)
  return call
}
const talks = ({ status }: CallView): boolean => status === 'conversation'
const isHeldBy = (who: 'mine' | 'theirs') => (call: CallView) => talks(call) && call.held[who]

test('a second call dialled from the tray holds the first; back and forth, each hears who talks', async ({
  phone,
  world
}) => {
  const [a, b, c] = await Promise.all([
    phone('101', { settings: raw }),
    phone('102', { settings: raw }),
    phone('103', { settings: raw })
  ])
  await dialFromTray(world, a, '102')
  await answerInNotification(world, await incomingOf(world, b))
  const first = await callWith(a, '102', talks)
  await dialFromTray(world, a, '103')
  await answerInNotification(world, await incomingOf(world, c))
  await callWith(a, '103', (call) => talks(call) && call.floor)
  await callWith(a, '102', isHeldBy('mine'))
  await callWith(b, '101', isHeldBy('theirs'))
  await expectHeard(c, a, 700)
  await a.page.evaluate((session) => window.tamas.hold({ session, held: false }), first.session)
  await callWith(b, '101', (call) => talks(call) && !call.held.theirs)
  await callWith(c, '101', isHeldBy('theirs'))
  await expectHeard(a, b, 900)
  expect((await a.snapshot()).calls.filter(({ floor }) => floor)).toHaveLength(1)
})
