// What may happen in a history: deeds of people, of networks and of machines, as data that fast-check makes and shrinks,
// and how each is carried out. A deed that is impossible at its moment does nothing.
import fc from 'fast-check'
import { isLive } from '../../common/call/status.ts'
import type { CallView } from '../../common/snapshot.ts'
import type { AppRun } from './app-run.ts'
import { userIdOf } from './server-run.ts'
import { usernames, type World } from './world.ts'

const kinds = {
  talk: 10,
  dial: 6,
  answer: 6,
  decline: 2,
  hangUp: 3,
  mute: 1,
  dismiss: 1,
  gap: 4,
  stall: 1,
  heal: 2,
  breakSocket: 2,
  blockMedia: 1,
  unblockMedia: 2,
  slow: 1,
  repeat: 3,
  pushAgain: 2,
  killApp: 1,
  startApp: 2,
  quitApp: 1,
  crashPage: 1,
  killServer: 1,
  powerCut: 1,
  stopServer: 1,
  startServer: 2,
  workerDies: 1,
  slowDisk: 1,
  killCall: 1,
  wish: 1
} as const
export type Kind = keyof typeof kinds

export type Deed = { readonly kind: Kind; readonly who: number; readonly n: number; readonly waitMs: number }

const waits = fc.oneof(
  { weight: 6, arbitrary: fc.nat(400) },
  { weight: 3, arbitrary: fc.nat(6_000) },
  { weight: 1, arbitrary: fc.nat(70_000) }
)

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.oneof(...Object.entries(kinds).map(([kind, weight]) => ({ arbitrary: fc.constant(kind as Kind), weight }))),
  who: fc.nat(4),
  n: fc.nat(23),
  waitMs: waits
})

export type History = {
  readonly seed: number
  readonly devices: number
  readonly jitterMs: number
  readonly deeds: readonly Deed[]
  /** How it ends: all is well again and everyone hangs up, or everyone is gone without a word. */
  readonly finale: 'well' | 'dark'
}

export const history: fc.Arbitrary<History> = fc.record({
  seed: fc.nat(),
  devices: fc.integer({ min: 2, max: 5 }),
  jitterMs: fc.constantFrom(0, 0, 30, 300, 2_000),
  deeds: fc.array(deed, { minLength: 1, maxLength: 20 }),
  finale: fc.constantFrom('well', 'dark')
})

export const deviceNames = ['ali-1', 'sara-1', 'sara-2', 'omid-1', 'ali-2'] as const

const wishes = [
  {},
  { callWaiting: false },
  { doNotDisturb: 'busy' },
  { doNotDisturb: 'silent' },
  { blocks: 'u-ali' }
] as const

const liveCall = (app: AppRun, n: number, test: (call: CallView) => boolean): CallView | null => {
  const fitting = app.phone.calls().filter((call) => isLive(call.status) && test(call))
  return fitting[n % Math.max(1, fitting.length)] ?? null
}

const dial = (world: World, app: AppRun, n: number): void => {
  const self = app.deviceId.split('-')[0]
  const others = usernames.filter((username) => username !== self)
  // Mostly somebody; now and then the echo service, or nobody there is.
  const to = n === 0 ? 'nobody' : (others[n % others.length] ?? 'echo')
  world.note(() => `${app.deviceId} dials ${to}`)
  app.dial(to)
}

const answer = (world: World, app: AppRun, n: number): void => {
  const call = liveCall(app, n, ({ can }) => can.answer)
  if (call === null) return
  world.note(() => `${app.deviceId} answers ${call.callId ?? ''}`)
  app.consents.add(call.session)
  const made = app.phone.answer(call.session)
  if (!made.ok) world.onWrong(`${app.deviceId}: an answer that could be given is refused`)
}

const end = (world: World, app: AppRun, call: CallView, how: 'hangUp' | 'decline'): void => {
  world.note(() => `${app.deviceId} ${how === 'hangUp' ? 'hangs up' : 'declines'} ${call.callId ?? 'what it dialled'}`)
  app.endedHere.add(call.session)
  const made = app.phone[how](call.session)
  if (!made.ok) world.onWrong(`${app.deviceId}: ${how} is offered and refused`)
}

/** Ends whatever this phone can end. */
export const endAll = (world: World, app: AppRun): void => {
  for (const call of app.phone.calls()) {
    if (call.can.hangUp) end(world, app, call, 'hangUp')
    else if (call.can.decline) end(world, app, call, 'decline')
  }
}

const quit = async (world: World, app: AppRun): Promise<void> => {
  world.note(() => `${app.deviceId} quits`)
  for (const call of app.phone.calls()) if (isLive(call.status)) app.endedHere.add(call.session)
  const ended = app.phone.endAll(3_000)
  await world.clock.pass(3_000)
  void ended
  world.killApp(app.deviceId)
}

export const carryOut = async (world: World, { kind, who, n, waitMs }: Deed): Promise<void> => {
  const deviceId = world.devices[who % world.devices.length] ?? ''
  const app = world.app(deviceId)
  switch (kind) {
    case 'talk':
      // What people mostly do, so that histories get far.
      if (app !== null) dial(world, app, n % 5 === 0 ? 3 : 1 + (n % 2))
      await world.clock.pass(800)
      for (const other of world.apps()) if (other.deviceId !== deviceId) answer(world, other, n)
      break
    case 'dial':
      if (app !== null) dial(world, app, n)
      break
    case 'answer':
      if (app !== null) answer(world, app, n)
      break
    case 'decline':
    case 'hangUp': {
      const call = app === null ? null : liveCall(app, n, ({ can }) => can[kind])
      if (app !== null && call !== null) end(world, app, call, kind)
      break
    }
    case 'mute': {
      const call = app === null ? null : liveCall(app, n, ({ can }) => can.mute)
      if (call === null) break
      world.note(() => `${deviceId} ${n % 2 === 0 ? 'mutes' : 'unmutes'} ${call.callId ?? ''}`)
      app?.phone.mute(call.session, n % 2 === 0)
      break
    }
    case 'dismiss':
      for (const { session, end: over } of app?.phone.calls() ?? []) if (over !== null) app?.phone.dismiss(session)
      break
    case 'gap':
      world.gap(deviceId, 1_000 + n * 1_600, n % 2 === 0)
      break
    case 'stall':
      world.stall(deviceId)
      break
    case 'heal':
      world.heal(deviceId, n % 2 === 0)
      break
    case 'breakSocket':
      world.note(() => `${deviceId}'s connection breaks`)
      world.network.break(deviceId)
      break
    case 'blockMedia':
      world.setMediaPath(deviceId, false)
      break
    case 'unblockMedia':
      world.setMediaPath(deviceId, true)
      break
    case 'slow':
      world.note(() => `${deviceId}'s way is ${20 + n * 60} ms long`)
      world.network.setDelay(deviceId, 20 + n * 60)
      break
    case 'repeat': {
      const name = world.network.repeat(deviceId, n)
      if (name !== null) world.note(() => `${deviceId}'s ${name} arrives once more`)
      break
    }
    case 'pushAgain': {
      const name = world.network.pushAgain(deviceId, n)
      if (name !== null) world.note(() => `${deviceId} is pushed an earlier ${name} once more`)
      break
    }
    case 'killApp':
      world.killApp(deviceId)
      break
    case 'startApp':
      world.startApp(deviceId)
      break
    case 'quitApp':
      if (app !== null) await quit(world, app)
      break
    case 'crashPage':
      world.note(() => `${deviceId}'s page crashes`)
      app?.page.crash()
      break
    case 'killServer':
      world.killServer()
      if (n % 3 > 0) {
        await world.clock.pass(n * 200)
        await world.startServer()
      }
      break
    case 'powerCut':
      world.killServer()
      for (const each of world.devices) world.killApp(each)
      await world.clock.pass(n * 500)
      await world.startServer()
      for (const each of world.devices.slice(n % 3)) world.startApp(each)
      break
    case 'stopServer':
      await world.stopServer()
      if (n % 3 > 0) {
        await world.clock.pass(n * 100)
        await world.startServer()
      }
      break
    case 'startServer':
      await world.startServer()
      break
    case 'workerDies':
      world.workerDies()
      break
    case 'slowDisk':
      world.note(() => `the disk takes ${n * 150} ms`)
      world.disk.setDelay(n * 150)
      break
    case 'wish':
      world.wish(userIdOf(deviceId), wishes[n % wishes.length] ?? {})
      break
    case 'killCall': {
      const [callId] = world.disk.all().flatMap((record) => (record.end === null ? [record.callId] : []))
      if (callId === undefined) break
      world.note(() => `the back end ends ${callId}`)
      void world.server()?.calls.kill(callId, 'app')
      break
    }
  }
  await world.clock.pass(waitMs)
}
