// What may happen in a random history, and how it is done to the phones of a fake world. For history.test.ts.
import fc from 'fast-check'
import type { Result } from '../../../../common/result.ts'
import type { CallView } from '../../../../common/snapshot.ts'
import { settled } from './fake-clock.ts'
import type { createFakeWorld, FakePhone } from './fake-world.ts'

const kinds = {
  goOn: 12,
  dial: 4,
  answer: 6,
  endAndAnswer: 2,
  decline: 2,
  hangUp: 3,
  alertShown: 6,
  mute: 1,
  hold: 4,
  resume: 5,
  merge: 5,
  split: 2,
  transfer: 4,
  cancelTransfer: 2,
  move: 3,
  dismiss: 1,
  deliver: 12,
  flow: 8,
  duplicate: 2,
  lose: 2,
  disconnect: 2,
  connect: 4,
  advance: 4,
  media: 9,
  fact: 2,
  engineGone: 1,
  restart: 1,
  busy: 1,
  silent: 1
} as const
type Kind = keyof typeof kinds
export type Deed = { readonly kind: Kind; readonly who: number; readonly n: number }

/** Who takes part: three people on four devices. */
export const devices = [
  ['a', '101'],
  ['b', '102'],
  ['b2', '102'],
  ['c', '103']
] as const

export const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.oneof(...Object.entries(kinds).map(([kind, weight]) => ({ arbitrary: fc.constant(kind as Kind), weight }))),
  who: fc.nat(devices.length - 1),
  n: fc.nat(40)
})

export type World = ReturnType<typeof createFakeWorld>
/** Sessions for which a person, or the crossing of two calls, let the microphone be used. */
export type Consents = Set<string>

/** What people mostly do, so that histories get far. */
const goOn = async (
  world: World,
  phones: readonly FakePhone[],
  { who, n }: Deed,
  consents: Consents,
  other: string
) => {
  const { phone } = phones[who] ?? {}
  if (phone === undefined) return
  await world.flow()
  const isIdle = phones.every((each) => each.phone.calls().length === 0)
  if (isIdle || (n % 5 === 0 && phone.calls().length < 3)) {
    const made = phone.dial(other)
    if (made.ok) consents.add(made.value.session)
  }
  await world.flow()
  for (const each of phones) for (const call of each.phone.calls()) each.phone.alertShown(call.session)
  if (n % 2 === 0) await world.flow()
  if (n % 3 === 0) return
  for (const call of phone.calls()) {
    if (call.can.decline && phone.answer(call.session).ok) consents.add(call.session)
  }
  if (n % 2 === 0) await world.flow()
  if (n % 4 !== 0) return
  for (const call of world.server.calls) {
    world.server.media(call, 'caller', 'connected')
    world.server.media(call, 'receptor', 'connected')
  }
  if (n % 16 === 0) for (const call of world.server.calls) world.server.media(call, 'receptor', 'disconnected')
}

/** Where a history begins: in peace, in a talk, with a second one that holds the first, in a conference. */
export const beginnings = ['peace', 'talk', 'two talks', 'conference'] as const
export type Beginning = (typeof beginnings)[number]

export const begin = async (
  world: World,
  phones: readonly FakePhone[],
  beginning: Beginning,
  consents: Consents
): Promise<void> => {
  for (const phone of phones) phone.connect()
  const [a, b, b2, c] = phones
  if (a === undefined || b === undefined || b2 === undefined || c === undefined || beginning === 'peace') return
  const talk = async (caller: FakePhone) => {
    const dialled = caller.phone.dial('102')
    await world.flow()
    const offered = b.phone.calls().find(({ can }) => can.decline)
    if (!dialled.ok || offered === undefined) return
    b.phone.alertShown(offered.session)
    await world.flow()
    b.phone.answer(offered.session)
    for (const session of [dialled.value.session, offered.session]) consents.add(session)
    await world.flow()
    const call = world.server.calls.at(-1)
    if (call !== undefined)
      for (const side of ['caller', 'receptor'] as const) world.server.media(call, side, 'connected')
    await world.flow()
  }
  await talk(a)
  if (beginning === 'talk') return
  await talk(c)
  if (beginning === 'two talks') return
  const [one, two] = b.phone.calls()
  if (one !== undefined && two !== undefined) b.phone.merge(one.session, two.session)
  await world.flow()
}

export const act = async (world: World, phones: readonly FakePhone[], done: Deed, consents: Consents) => {
  const { kind, who, n } = done
  const actor = phones[who]
  if (actor === undefined) return
  const { phone } = actor
  const calls = phone.calls()
  const session = calls[n % Math.max(1, calls.length)]?.session ?? 'none'
  const able = (what: keyof CallView['can']) => calls.find(({ can }) => can[what])?.session ?? session
  const usernames = ['101', '102', '103']
  const others = usernames.filter((username) => username !== actor.device.user.username)
  const other = others[n % others.length] ?? '102'
  const consent = (answered: Result<unknown>): void => {
    if (answered.ok) consents.add(session)
  }
  switch (kind) {
    case 'dial': {
      const made = phone.dial(n % 9 === 0 ? '404' : other, n % 4 === 0 ? 'end' : 'hold')
      if (made.ok) consents.add(made.value.session)
      break
    }
    case 'goOn':
      await goOn(world, phones, done, consents, other)
      break
    case 'answer':
      consent(phone.answer(session))
      break
    case 'endAndAnswer':
      consent(phone.answer(session, 'end'))
      break
    case 'decline':
    case 'hangUp':
    case 'dismiss':
    case 'split':
      phone[kind](session)
      break
    case 'alertShown':
      phone.alertShown(session)
      break
    case 'mute':
      phone.mute(session, n % 2 === 0)
      break
    case 'hold':
      phone.hold(able('hold'), true)
      break
    case 'resume':
      phone.hold(able('resume'), false)
      break
    case 'merge': {
      const [one, two] = calls.filter(({ can }) => can.merge)
      phone.merge(one?.session ?? session, two?.session ?? session)
      break
    }
    case 'transfer':
      void phone.transfer(able('transfer'), other, n % 2 === 0 ? 'attended' : 'blind')
      break
    case 'cancelTransfer':
      void phone.cancelTransfer(able('cancelTransfer'))
      break
    case 'move':
      void phone.move(able('move'))
      break
    case 'deliver':
      world.deliver(n)
      break
    case 'duplicate':
      world.duplicate(n)
      break
    case 'lose':
      world.lose(n)
      break
    case 'flow':
      await world.flow()
      break
    case 'disconnect':
      actor.disconnect()
      break
    case 'connect':
      actor.connect()
      break
    case 'advance':
      await world.advance([100, 1_000, 5_000, 20_000, 61_000][n % 5] ?? 0)
      break
    case 'media': {
      const call = world.server.calls.at(-1 - (n % 2))
      if (call !== undefined)
        world.server.media(call, n % 4 < 2 ? 'caller' : 'receptor', n % 3 === 0 ? 'disconnected' : 'connected')
      break
    }
    case 'fact':
      phone.mediaFact(
        session,
        1 + (n % 3),
        (
          [
            { kind: 'lost' },
            { kind: 'back' },
            { kind: 'rebuild' },
            { kind: 'failed', code: 'microphone_denied' }
          ] as const
        )[n % 4] ?? { kind: 'ready' }
      )
      break
    case 'engineGone':
      phone.engineGone()
      break
    case 'restart':
      world.restart(n % 3 === 0)
      break
    case 'busy':
      world.server.setBusy(n % 2 === 0)
      break
    case 'silent':
      world.server.setSilent(n % 2 === 0)
      break
  }
  await settled()
}
