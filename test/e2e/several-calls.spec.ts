// A phone with two calls: one dialled from the tray while another is talked. Who is held is told on both sides, and only
// who has the floor is heard; merged, each of the three hears the other two and not itself. And keys pressed in a call.
import { catalogue } from '../../common/i18n/index.ts'
import type { CallView } from '../../common/snapshot.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { levelAt } from '../support/audio/measure.ts'
import { RATE } from '../support/audio/signals.ts'
import { answerInNotification, dialFromTray, expectHeard, incomingOf } from './calls.ts'
import { expect, rawSound, test, type World } from './fixtures.ts'

const { several } = catalogue('en')

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
    phone('101', { settings: rawSound }),
    phone('102', { settings: rawSound }),
    phone('103', { settings: rawSound })
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

type Speaker = { readonly phone: PhoneApp; readonly hz: number }

/** Which of the voices each of them hears now; what is between a voice and silence is named with its level. */
const whoHearsWhom = async ({ audio }: World, all: readonly Speaker[]): Promise<readonly (readonly string[])[]> => {
  const heard = await audio.recordTogether(
    all.map(({ phone }) => phone.audio.speaker),
    0.5
  )
  return heard.map((samples) =>
    all.flatMap(({ phone: { user }, hz }) => {
      const level = levelAt(samples, hz)
      if (level < 0.02) return []
      return [level > 0.15 && level < 0.45 ? user : `${user} at ${level.toFixed(3)}`]
    })
  )
}

test('a conference of three: each hears the two others and not itself, and who merged ends it', async ({
  phone,
  world
}) => {
  const [a, b, c] = await Promise.all([
    phone('101', { settings: rawSound }),
    phone('102', { settings: rawSound }),
    phone('103', { settings: rawSound })
  ])
  const [ofB, ofC] = [b.delegate.nextCall(), c.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  await answerInNotification(world, await incomingOf(world, b))
  await callWith(a, '102', talks)
  await dialFromTray(world, a, '103')
  await answerInNotification(world, await incomingOf(world, c))
  await callWith(a, '103', (call) => talks(call) && call.floor)
  const all: readonly Speaker[] = [
    { phone: a, hz: 700 },
    { phone: b, hz: 1_000 },
    { phone: c, hz: 1_300 }
  ]
  for (const { phone: each, hz } of all) await each.audio.playTone(hz, 0.3)
  await expect.poll(() => whoHearsWhom(world, all), { timeout: 20_000 }).toEqual([['103'], [], ['101']])

  await a.page.getByRole('button', { name: several.merge }).click()
  await Promise.all([
    callWith(b, '101', ({ conference }) => conference.some(({ username }) => username === '103')),
    callWith(c, '101', ({ conference }) => conference.some(({ username }) => username === '102'))
  ])
  const together = [
    ['102', '103'],
    ['101', '103'],
    ['101', '102']
  ]
  await expect.poll(() => whoHearsWhom(world, all), { timeout: 20_000 }).toEqual(together)

  const { calls } = await a.snapshot()
  const { session = '' } = calls.find(({ floor }) => floor) ?? {}
  await a.page.evaluate((hangUp) => window.tamas.hangUp({ session: hangUp }), session)
  await Promise.all([ofB.waitFor('E(hangup)'), ofC.waitFor('E(hangup)')])
  await expect.poll(() => whoHearsWhom(world, all), { timeout: 20_000 }).toEqual([[], [], []])
})

test('a key pressed on the pad of one phone sounds on both, and goes to the other side once', async ({
  phone,
  world
}) => {
  const [a, b] = await Promise.all([phone('101', { settings: rawSound }), phone('102', { settings: rawSound })])
  await dialFromTray(world, a, '102')
  await answerInNotification(world, await incomingOf(world, b))
  await callWith(a, '102', talks)
  await b.page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    window.tamas.onSignalled(({ digits }) => heard.push(digits))
  })
  const keysHeard = () => b.page.evaluate(() => (window as unknown as { heard: readonly string[] }).heard)
  await a.page.getByRole('button', { name: several.keypad, exact: true }).click()
  const keys = a.page.getByRole('group', { name: several.keypad })
  // 5 is 770 and 1336 Hz together, for an eighth of a second.
  const recordings = await world.audio.recordTogether([a.audio.speaker, b.audio.speaker], 4, () =>
    keys.getByRole('button', { name: /^5/ }).click()
  )
  expect(await keysHeard()).toEqual(['5'])
  const window50ms = RATE / 20
  for (const samples of recordings) {
    const parts = Array.from({ length: Math.floor(samples.length / window50ms) }, (_, n) =>
      samples.subarray(n * window50ms, (n + 1) * window50ms)
    )
    const sounding = parts.filter((part) => levelAt(part, 770) > 0.08 && levelAt(part, 1_336) > 0.08)
    expect(sounding.length).toBeGreaterThanOrEqual(1)
    expect(parts.slice(-20).filter((part) => sounding.includes(part))).toEqual([])
  }
  await keys.getByRole('button', { name: several.hash }).click()
  await expect.poll(keysHeard).toEqual(['5', '#'])
})
