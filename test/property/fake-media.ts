// The media of a server and of its phones as a state of affairs: transports that connect after a while, ways that are
// lost and come back, a worker that dies. It keeps the media plane's contract and moves no sound. A fake.
import { fail, ok, type Result } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { MediaRequestData, MediaRequestValue } from '../../common/protocol/media.ts'
import type { LegMedia, MediaLegFact, MediaPlan, MediaPlane, MediaPlaneRequest } from '../../server/ports.ts'
import type { Chance } from './chance.ts'

type Leg = {
  readonly epoch: number
  /** What the phone has begun to connect. */
  readonly asked: Set<string>
  /** Both transports are connected, as far as this server knows. */
  isUp: boolean
  hasFlowed: boolean
  told: LegMedia
}

type CallMedia = { plan: MediaPlan; readonly legs: Map<string, Leg> }

export type FakePlane = MediaPlane & {
  readonly repeat: (deviceId: string) => void
  readonly workerDied: () => void
  /** The device's way for media is there again, or gone: noticed here only after a while. */
  readonly pathChanged: (deviceId: string) => void
  /** The device's app is gone, and its transports with it. */
  readonly appGone: (deviceId: string) => void
  /** Whether the leg's transports are connected in this epoch: what its phone finds out for itself. */
  readonly isConnected: (callId: string, deviceId: string, epoch: number) => boolean
}

export type FakePlaneDeps = {
  readonly clock: Clock
  readonly chance: Chance
  readonly hasPath: (deviceId: string) => boolean
  readonly onWrong: (what: string) => void
}

/** ICE consent: a lost phone's media is noticed after this long. */
const consentMs = { least: 7_000, most: 10_000 }

const opening = (epoch: number) => {
  const transport = { id: 't', iceParameters: {}, iceCandidates: [], dtlsParameters: {} }
  return { epoch, rtpCapabilities: {}, iceServers: [], features: [], send: transport, recv: transport }
}

export const createFakePlane = ({ clock, chance, hasPath, onWrong }: FakePlaneDeps): FakePlane => {
  const calls = new Map<string, CallMedia>()
  const listeners = new Set<(callId: string, fact: MediaLegFact) => void>()

  const after = (least: number, most: number, run: () => void): void => {
    clock.at(clock.now() + chance.between(least, most), run)
  }

  const report = (callId: string, media: CallMedia): void => {
    if (calls.get(callId) !== media) return
    for (const [deviceId, leg] of media.legs) {
      const planned = media.plan.legs.find((other) => other.deviceId === deviceId)
      leg.hasFlowed ||= leg.isUp && planned?.speaks === true && planned.hears
      const now: LegMedia = !leg.isUp ? 'down' : leg.hasFlowed ? 'flowing' : 'up'
      if (now === leg.told) continue
      leg.told = now
      for (const listener of listeners) listener(callId, { deviceId, epoch: leg.epoch, media: now })
    }
  }
  const look = (callId: string, media: CallMedia): void => queueMicrotask(() => report(callId, media))

  const connect = (callId: string, media: CallMedia, deviceId: string, leg: Leg): void => {
    after(5, 60, () => {
      if (media.legs.get(deviceId) !== leg || !hasPath(deviceId)) return
      leg.isUp = true
      look(callId, media)
    })
  }

  const check = ({ callId, legs, echo }: MediaPlan): void => {
    if (new Set(legs.map(({ deviceId }) => deviceId)).size < legs.length) onWrong(`${callId}: a leg planned twice`)
    const speaking = legs.filter(({ speaks }) => speaks).map(({ side }) => side)
    if (!echo && new Set(speaking).size < speaking.length) onWrong(`${callId}: two devices speak for one side`)
  }

  const answer = (
    { callId, deviceId, epoch }: { callId: string; deviceId: string; epoch: number },
    name: string,
    flow: string
  ): Result<unknown> => {
    const media = calls.get(callId)
    if (media === undefined) return fail('invalid_call')
    const planned = media.plan.legs.find((other) => other.deviceId === deviceId)
    if (planned === undefined) return fail('access_denied')
    if (epoch < planned.epoch) return fail('stale')
    if (epoch > planned.epoch) return fail('not_allowed_now')
    if (name === 'media.open') {
      if (!media.legs.has(deviceId)) {
        media.legs.set(deviceId, { epoch, asked: new Set(), isUp: false, hasFlowed: false, told: 'down' })
      }
      return ok(opening(epoch))
    }
    const leg = media.legs.get(deviceId)
    if (leg === undefined) return fail('stale')
    if (name === 'media.connect') {
      leg.asked.add(flow)
      if (leg.asked.size === 2) connect(callId, media, deviceId, leg)
      return ok({})
    }
    if (name === 'media.restartIce') {
      if (leg.asked.size === 2) connect(callId, media, deviceId, leg)
      return ok({ iceParameters: {} })
    }
    return name === 'media.produce' ? ok({ producerId: 'p' }) : ok({})
  }

  /** Notices a while later that nothing comes from a leg any more, unless `isBack`. */
  const lose = (deviceId: string, isBack: () => boolean): void => {
    for (const [callId, media] of calls) {
      const leg = media.legs.get(deviceId)
      if (leg === undefined) continue
      after(consentMs.least, consentMs.most, () => {
        if (isBack() || media.legs.get(deviceId) !== leg) return
        leg.isUp = false
        look(callId, media)
      })
    }
  }

  return {
    apply: (callId, plan) => {
      if (plan === null) {
        calls.delete(callId)
        return
      }
      check(plan)
      const media: CallMedia = calls.get(callId) ?? { plan, legs: new Map<string, Leg>() }
      media.plan = plan
      calls.set(callId, media)
      for (const [deviceId, leg] of media.legs) {
        const planned = plan.legs.find((other) => other.deviceId === deviceId)
        if (planned === undefined || planned.epoch !== leg.epoch) media.legs.delete(deviceId)
      }
      look(callId, media)
    },
    request: <N extends MediaPlaneRequest>(
      address: { readonly callId: string; readonly deviceId: string; readonly epoch: number },
      name: N,
      data: MediaRequestData<N>
    ) =>
      new Promise<Result<MediaRequestValue<N>>>((resolve) => {
        const flow = 'flow' in data ? data.flow : ''
        // A worker is asked: it answers a little later, with what the name asks for.
        after(1, 8, () => resolve(answer(address, name, flow) as Result<MediaRequestValue<N>>))
      }),
    onFact: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    repeat: () => undefined,
    workerDied: () => {
      for (const [callId, media] of calls) {
        const lost = [...media.legs]
        media.legs.clear()
        for (const [deviceId, { epoch }] of lost) {
          for (const listener of listeners) listener(callId, { deviceId, epoch, media: 'down' })
        }
      }
    },
    pathChanged: (deviceId) => {
      if (!hasPath(deviceId)) lose(deviceId, () => hasPath(deviceId))
    },
    appGone: (deviceId) => lose(deviceId, () => false),
    isConnected: (callId, deviceId, epoch) => {
      const leg = calls.get(callId)?.legs.get(deviceId)
      return leg !== undefined && leg.epoch === epoch && leg.isUp && hasPath(deviceId)
    }
  }
}
