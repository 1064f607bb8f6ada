// Plays one history to its end and says which rule it broke, if any.
import { otherRole, roleOf, type CallRole } from '../../common/call/end.ts'
import { isAnswered, isLive } from '../../common/call/status.ts'
import type { DelegateEvent } from '../../common/delegate.ts'
import type { CallView } from '../../common/snapshot.ts'
import type { Call } from '../../server/calls/call.ts'
import { carryOut, deviceNames, endAll } from './deeds.ts'
import type { History } from './history.ts'
import { bySession, heardEnd, isTalking, restRule } from './rules.ts'
import type { AppRun } from './app-run.ts'
import { createWorld, type World } from './world.ts'

export type Played = {
  readonly wrong: string | null
  readonly story: readonly string[]
  readonly heard: readonly DelegateEvent[]
  /** What was seen of calls beyond one. */
  readonly met: ReadonlySet<string>
}

/** What a person ended a while ago, and was told on until now, has reached the server. */
const endsArrived = (world: World): void => {
  for (const app of world.apps()) {
    const { joinedAt } = app
    if (app.now() - (joinedAt() ?? Infinity) < 3_000) continue
    for (const [session, at] of app.endedAt) {
      const callId = app.heard.findLast(({ call }) => call.session === session)?.call.callId ?? null
      const isRecent = app.now() - at < 55_000 && app.now() - at > 2_000
      if (!isRecent || callId === null || !app.endedHere.has(session)) continue
      const record = world.disk.last(callId)
      // That it had joined was lost, too: there is nothing to hang up, and a call that nobody joined has its limit.
      if (record?.status === 'new' && world.told.wasSetBack(app.deviceId, callId)) continue
      const isOut = record?.legs.some(({ deviceId, phase }) => deviceId === app.deviceId && phase === 'gone') === true
      if (record?.end === null && !isOut) world.onWrong(`${app.deviceId} ended ${callId}, and it goes on`)
    }
  }
}

/** All is well again: what is there, is told; who talks, agrees; then everyone hangs up. */
const makeWell = async (world: World): Promise<void> => {
  world.note(() => '── all is well again')
  world.disk.setDelay(2)
  world.network.calm()
  for (const deviceId of world.devices) {
    world.heal(deviceId, true)
    world.setMediaPath(deviceId, true)
  }
  await world.startServer()
  await world.clock.pass(6_000)
  endsArrived(world)
  // The longest pause between two tries to connect.
  await world.clock.pass(19_000)
  endsArrived(world)
}

/** What a phone shows of mute is what the server has, from the dialling on; and in a talk what it shows of hold. */
const sameFlags = (call: CallView, state: unknown): boolean => {
  const { muted, held } = state as Call
  const mine = roleOf(call.direction)
  const theirs = otherRole(mine)
  const sameMuted = call.muted === muted[mine] && call.peerMuted === muted[theirs]
  return sameMuted && (!isTalking(call) || (call.held.mine === held[mine] && call.held.theirs === held[theirs]))
}

const agreeLive = (world: World): void => {
  for (const app of world.apps()) {
    if (!app.isJoined()) {
      world.onWrong(`${app.deviceId} does not come back`)
      continue
    }
    for (const call of app.phone.calls()) {
      if (!isLive(call.status) || call.callId === null) continue
      const record = world.disk.last(call.callId)
      if (record === null) world.onWrong(`${app.deviceId} has ${call.callId}, of which nothing is kept`)
      // What has just happened may still be on its way.
      else if (world.serverNow() - record.event.at < 1_000) continue
      else if (record.end !== null) world.onWrong(`${app.deviceId} has ${call.callId}, which is over`)
      // Nobody hears a call go back: who gave the lost answer tells it again, or is gone and the call has its limits.
      else if (!isAnswered(record.status) && world.told.wasSetBack(app.deviceId, call.callId)) continue
      else if (isTalking(call) && call.status !== record.status) {
        world.onWrong(`${app.deviceId} has ${call.callId} ${call.status}, and it is ${record.status}`)
      } else if (call.can.mute && !sameFlags(call, record.state)) {
        world.onWrong(`${app.deviceId} shows ${call.callId} held or muted otherwise than it is`)
      }
    }
  }
}

/** Two phones that both have a talk, on good lines for a while, hear each other. */
const talksFlow = (world: World): void => {
  for (const { callId, end, status, legs, event } of world.disk.all()) {
    if (end !== null || !isAnswered(status) || world.serverNow() - event.at < 1_000) continue
    const chosen = legs.filter(({ phase }) => phase === 'chosen')
    const talking = chosen.filter(({ deviceId }) =>
      world
        .app(deviceId)
        ?.phone.calls()
        .some((call) => call.callId === callId && isTalking(call) && call.can.mute)
    )
    if (chosen.length === talking.length && status !== 'conversation') world.onWrong(`${callId} is still ${status}`)
  }
}

const goDark = async (world: World): Promise<void> => {
  world.note(() => '── everyone is gone without a word')
  world.keepGaps()
  for (const deviceId of world.devices) world.stall(deviceId)
  // Sockets are noticed within 10 s, and a phone gives up 45 s after that.
  await world.clock.pass(60_000)
  for (const app of world.apps()) {
    const left = app.phone.calls().filter(({ status }) => isLive(status))
    if (left.length > 0) world.onWrong(`${app.deviceId} still has ${left.map(({ status }) => status).join()}`)
  }
}

/** Whether this device took part more than once: a talk was moved away and back, or its app was started anew. */
const tookPartAgain = (world: World, deviceId: string, callId: string): boolean =>
  world.allRuns
    .filter((run) => run.deviceId === deviceId)
    .flatMap(({ heard }) => [...bySession(heard).values()])
    .filter((events) => events.at(-1)?.call.callId === callId).length > 1

const elsewhere = (reason: string, side: CallRole): string =>
  reason === 'rejected' && side === 'receptor' ? 'rejected' : 'call_received'

/** Whether what a device heard of a call's end is what is kept of it. */
const agrees = (world: World, { deviceId }: AppRun, events: readonly DelegateEvent[]): string | null => {
  const heard = heardEnd(events)
  if (heard === null || heard.callId === null) return null
  const { callId, end, local } = heard
  const record = world.disk.last(callId)
  if (record === null) return world.told.acked.has(callId) ? `${callId} was acked and nothing is kept` : null
  if (record.end === null) return `${callId} has no end`
  // The two ends crossed: each side's own was final at once, and the record has the server's.
  if (local) return null
  const leg = record.legs.find((other) => other.deviceId === deviceId)
  // A server that was killed has lost that this device had a part at all: it cannot say more.
  const isLost = leg === undefined || leg.phase === 'offered'
  // Or it was offered the call anew after that, and had its part in it then.
  const isAnew = world.told.wasSetBack(deviceId, callId) && tookPartAgain(world, deviceId, callId)
  if (end.reason === 'unknown' && (isLost || isAnew)) return null
  const expected = leg?.phase === 'gone' ? elsewhere(record.end.reason, leg.side) : record.end.reason
  // Told before the talk was offered to this device once more, which perhaps it never heard of.
  const isOfferedAgain = leg?.phase === 'offered' || leg?.phase === 'alerting'
  const isPassed = end.detail === 'answered_elsewhere' && (isOfferedAgain || tookPartAgain(world, deviceId, callId))
  if (end.reason === expected || isPassed || world.told.undoneEnds(deviceId, callId).includes(end.reason)) return null
  return `${deviceId} heard E(${end.reason}) of ${callId}, and ${expected} is kept`
}

const checkRest = (world: World): void => {
  for (const run of world.allRuns) {
    const isThere = world.app(run.deviceId) === run
    const broken = isThere ? restRule(run) : null
    if (broken !== null) world.onWrong(`${run.deviceId}: ${broken}`)
    for (const events of bySession(run.heard).values()) {
      const differs = agrees(world, run, events)
      if (differs !== null) world.onWrong(differs)
    }
  }
  for (const { callId, end } of world.disk.all()) if (end === null) world.onWrong(`${callId} has no end`)
  for (const callId of world.told.acked) if (world.disk.last(callId) === null) world.onWrong(`${callId} is not kept`)
}

export const play = async (history: History, isTold = false): Promise<Played> => {
  const { seed, jitterMs, devices } = history
  const world = createWorld({ seed, jitterMs, devices: deviceNames.slice(0, devices), isTold })
  await world.startServer()
  for (const deviceId of world.devices) world.startApp(deviceId)
  await world.clock.pass(500)
  for (const deed of history.deeds) {
    await carryOut(world, deed)
    if (world.wrong() !== null) break
  }
  if (world.wrong() === null) {
    if (history.finale === 'dark') await goDark(world)
    await makeWell(world)
    if (history.finale === 'well') {
      agreeLive(world)
      talksFlow(world)
    }
    for (const app of world.apps()) endAll(world, app)
    // Every wait of a call is over by then: ringing and trying take a minute each, an ended call is told for one more.
    await world.clock.pass(200_000)
    checkRest(world)
  }
  for (const app of world.apps()) app.kill()
  return {
    wrong: world.wrong(),
    story: world.story,
    met: world.met,
    heard: world.allRuns.flatMap(({ heard }) => heard)
  }
}
