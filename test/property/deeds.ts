// How each deed of a history is carried out. A deed that is impossible at its moment does nothing.
import { isLive } from '../../common/call/status.ts'
import type { CallView } from '../../common/snapshot.ts'
import type { AppRun } from './app-run.ts'
import type { Deed } from './history.ts'
import { userIdOf } from './server-run.ts'
import { usernames } from './users.ts'
import type { World } from './world.ts'

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

/** What has the floor is ended by what is done now, if that can be done. */
const endingFloor = (app: AppRun, others: 'hold' | 'end', act: () => { readonly ok: boolean }): boolean => {
  const former = others === 'hold' ? [] : app.phone.calls().filter(({ floor }) => floor)
  for (const { session } of former) app.endedHere.add(session)
  const { ok } = act()
  if (!ok) for (const { session } of former) app.endedHere.delete(session)
  return ok
}

/** Who hangs up in a conference ends it. */
const withPartners = (app: AppRun, call: CallView): readonly string[] =>
  call.can.split ? app.phone.calls().flatMap(({ session, can }) => (can.split ? [session] : [])) : [call.session]

const dial = (world: World, app: AppRun, n: number): void => {
  const self = app.deviceId.split('-')[0]
  const everyone = usernames.filter((username) => username !== self)
  // Mostly somebody; now and then the echo service, or nobody there is.
  const to = n === 0 ? 'nobody' : (everyone[n % everyone.length] ?? 'echo')
  const others = n % 7 === 0 ? 'end' : 'hold'
  world.note(() => `${app.deviceId} dials ${to}`)
  endingFloor(app, others, () => app.dial(to, others))
}

const answer = (world: World, app: AppRun, n: number): void => {
  const call = liveCall(app, n, ({ can }) => can.answer)
  if (call === null) return
  world.note(() => `${app.deviceId} answers ${call.callId ?? ''}`)
  app.consents.add(call.session)
  const others = n % 5 === 0 ? 'end' : 'hold'
  if (!endingFloor(app, others, () => app.phone.answer(call.session, others)))
    world.onWrong(`${app.deviceId}: an answer that could be given is refused`)
}

const join = (world: World, app: AppRun, n: number): void => {
  const call = liveCall(app, n, ({ can }) => can.join)
  if (call === null) return
  world.note(() => `${app.deviceId} joins ${call.callId ?? ''}`)
  app.consents.add(call.session)
  app.phone.join(call.session)
}

const merge = (world: World, app: AppRun, n: number): void => {
  const calls = app.phone.calls().filter(({ can }) => can.merge)
  const [one, other] = n % 2 === 0 ? calls : calls.toReversed()
  if (one === undefined || other === undefined) return
  world.note(() => `${app.deviceId} merges ${one.callId ?? ''} with ${other.callId ?? ''}`)
  app.phone.merge(one.session, other.session)
}

const end = (world: World, app: AppRun, call: CallView, how: 'hangUp' | 'decline'): void => {
  world.note(() => `${app.deviceId} ${how === 'hangUp' ? 'hangs up' : 'declines'} ${call.callId ?? 'what it dialled'}`)
  for (const session of withPartners(app, call)) app.endedHere.add(session)
  const made = app.phone[how](call.session)
  if (!made.ok) world.onWrong(`${app.deviceId}: ${how} is offered and refused`)
}

/** Ends whatever this phone can end. */
export const endAll = (world: World, app: AppRun): void => {
  for (const { session } of app.phone.calls()) {
    // One end may take another call along.
    const call = app.phone.calls().find((other) => other.session === session)
    if (call?.can.hangUp === true) end(world, app, call, 'hangUp')
    else if (call?.can.decline === true) end(world, app, call, 'decline')
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
    case 'three':
      // Talks to two, and brings them together.
      for (const to of [1, 2]) {
        if (app !== null) dial(world, app, to)
        await world.clock.pass(700)
        for (const other of world.apps()) if (other.deviceId !== deviceId) answer(world, other, n)
        await world.clock.pass(300)
      }
      if (app !== null && n % 3 > 0) merge(world, app, n)
      break
    case 'orderedTalk':
      // A talk of a back end, which may be short.
      world.orderCall(userIdOf(deviceId), n)
      await world.clock.pass(200)
      if (app !== null) join(world, app, n)
      await world.clock.pass(700)
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
    case 'hold':
    case 'resume': {
      const call = app === null ? null : liveCall(app, n, ({ can }) => can[kind])
      if (call === null) break
      world.note(() => `${deviceId} ${kind === 'hold' ? 'holds' : 'goes on with'} ${call.callId ?? ''}`)
      app?.phone.hold(call.session, kind === 'hold')
      break
    }
    case 'dtmf': {
      const call = app === null ? null : liveCall(app, n, ({ can }) => can.dtmf)
      if (call === null) break
      world.note(() => `${deviceId} presses keys`)
      void app?.phone.dtmf(call.session, '1#')
      break
    }
    case 'transfer': {
      const call = app === null ? null : liveCall(app, n, ({ can }) => can.transfer)
      const to = usernames.filter((username) => username !== call?.peer.username)[n % 3] ?? 'nobody'
      if (call === null) break
      const mode = n % 2 === 0 ? 'attended' : 'blind'
      world.note(() => `${deviceId} connects ${call.peer.username} to ${to} (${mode}, ${call.callId ?? ''})`)
      void app?.phone.transfer(call.session, to, mode)
      break
    }
    case 'cancelTransfer':
    case 'move': {
      const call = app === null ? null : liveCall(app, n, ({ can }) => can[kind])
      if (call === null) break
      world.note(() => `${deviceId} asks: ${kind} ${call.callId ?? ''}`)
      void app?.phone[kind](call.session)
      break
    }
    case 'merge':
      if (app !== null) merge(world, app, n)
      break
    case 'split': {
      const call = app === null ? null : liveCall(app, n, ({ can }) => can.split)
      if (call === null) break
      world.note(() => `${deviceId} splits its conference`)
      app?.phone.split(call.session)
      break
    }
    case 'orderCall':
      world.orderCall(userIdOf(deviceId), n)
      break
    case 'join':
      if (app !== null) join(world, app, n)
      break
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
