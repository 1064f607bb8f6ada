// The media plane: takes each call's plan and the phones' media requests, and tells how far the legs are. Puts rooms,
// legs and links together; knows no sockets and no call states.
import { createEmitter } from '../../common/emitter.ts'
import type { CallId, DeviceId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import type { MediaRequestData, MediaRequestValue } from '../../common/protocol/media.ts'
import type { Push } from '../../common/protocol/socket.ts'
import { fail, type Result } from '../../common/result.ts'
import type { MediaLegFact, MediaPlane, MediaPlaneRequest } from '../ports.ts'
import { type CallMedia, createCallMedia } from './call-media.ts'
import type { Peer } from './peer.ts'
import { createRooms } from './rooms.ts'
import type { WorkerPool } from './worker-pool.ts'

export type MediaPlaneDeps = {
  readonly pool: WorkerPool
  readonly push: (deviceId: DeviceId, push: Push) => void
  readonly dtx: boolean
  readonly log: Logger
}

export type MediaService = MediaPlane & {
  /** A device's connection is back: says again what it may have missed. A phone that knows it already does nothing. */
  readonly repeat: (deviceId: DeviceId) => void
}

type Handlers = {
  readonly [N in MediaPlaneRequest]: (peer: Peer, data: MediaRequestData<N>) => Promise<Result<MediaRequestValue<N>>>
}

const handlers: Handlers = {
  'media.open': (peer) => peer.open(),
  'media.connect': (peer, data) => peer.connect(data),
  'media.produce': (peer, data) => peer.produce(data),
  'media.receive': (peer, data) => peer.receive(data),
  'media.restartIce': (peer, data) => peer.restartIce(data)
}

export const createMediaPlane = ({ pool, push, dtx, log }: MediaPlaneDeps): MediaService => {
  const calls = new Map<CallId, CallMedia>()
  const facts = createEmitter<{ readonly callId: CallId; readonly fact: MediaLegFact }>((error) =>
    log.error('listener of media facts failed', { error: String(error) })
  )
  const rooms = createRooms({
    pool,
    dtx,
    onDied: (callIds) => {
      for (const callId of callIds) calls.get(callId)?.died()
    },
    log
  })

  const begin = (callId: CallId, plan: Parameters<CallMedia['apply']>[0]): void => {
    const media = createCallMedia({
      callId,
      plan,
      enterRoom: (roomId) => rooms.enter(roomId, callId),
      push: (deviceId, epoch, value) => push(deviceId, { name: 'media.pushed', data: { callId, epoch, push: value } }),
      tell: (fact) => facts.emit({ callId, fact }),
      log
    })
    calls.set(callId, media)
  }

  const end = (callId: CallId): void => {
    // The room first: with it goes all that is in it, in one message to the worker instead of one for each transport.
    rooms.leave(callId)
    calls.get(callId)?.close()
    calls.delete(callId)
  }

  return {
    apply: (callId, plan) => {
      if (plan === null) end(callId)
      else if (calls.has(callId)) calls.get(callId)?.apply(plan)
      else begin(callId, plan)
    },
    request: async ({ callId, deviceId, epoch }, name, data) => {
      const media = calls.get(callId)
      if (media === undefined) return fail('invalid_call')
      const planned = media.planned(deviceId)
      if (planned === null) return fail('access_denied')
      if (epoch < planned.epoch) return fail('stale')
      if (epoch > planned.epoch) return fail('not_allowed_now', 'this epoch was not opened')
      const peer = name === 'media.open' ? media.make(deviceId) : media.peer(deviceId)
      return peer === null ? fail('stale', 'nothing was opened in this epoch') : handlers[name](peer, data)
    },
    onFact: (listener) => facts.on(({ callId, fact }) => listener(callId, fact)),
    repeat: (deviceId) => {
      for (const media of calls.values()) media.repeat(deviceId)
    }
  }
}
