// Pushes to devices, in order. Those about a call that its phone does not know yet wait until the phone has the answer
// that names it. What is pushed is decided elsewhere.
import type { CallId, DeviceId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import type { Push, PushData } from '../../common/protocol/socket.ts'
import type { CallSnapshot } from '../../common/types.ts'
import type { Presence } from '../ports.ts'

type Box = { readonly holds: Set<readonly CallId[]>; queue: CallSnapshot[] }

export type Mailbox = {
  readonly send: (deviceId: DeviceId, call: CallSnapshot) => void
  /** Passes on what the other side's device says, now or never. */
  readonly signal: (deviceId: DeviceId, signalled: PushData<'call.signalled'>) => void
  /** Tells a device that its user's history is another one now. */
  readonly historyChanged: (deviceId: DeviceId) => void
  /** Keeps back what concerns `callIds` until the returned function is called. */
  readonly hold: (deviceId: DeviceId, callIds: readonly CallId[]) => () => void
}

export const createMailbox = ({ presence, log }: { presence: Presence; log: Logger }): Mailbox => {
  const boxes = new Map<DeviceId, Box>()

  const post = (deviceId: DeviceId, push: Push): void => {
    try {
      presence.push(deviceId, push)
    } catch (error) {
      // One broken connection must not keep the other phones from hearing of their call.
      log.error('push failed', { name: push.name, deviceId, error: error instanceof Error ? error.message : 'unknown' })
    }
  }

  const push = (deviceId: DeviceId, call: CallSnapshot): void => {
    post(deviceId, { name: 'call.changed', data: { call } })
  }

  const isHeld = (box: Box, callId: CallId): boolean => [...box.holds].some((callIds) => callIds.includes(callId))

  return {
    send: (deviceId, call) => {
      const box = boxes.get(deviceId)
      if (box !== undefined && isHeld(box, call.id)) box.queue.push(call)
      else push(deviceId, call)
    },
    signal: (deviceId, signalled) => {
      post(deviceId, { name: 'call.signalled', data: signalled })
    },
    historyChanged: (deviceId) => {
      post(deviceId, { name: 'lists.changed', data: { lists: ['history'] } })
    },
    hold: (deviceId, callIds) => {
      const box: Box = boxes.get(deviceId) ?? { holds: new Set(), queue: [] }
      boxes.set(deviceId, box)
      box.holds.add(callIds)
      return () => {
        if (!box.holds.delete(callIds)) return
        const ready = box.queue.filter(({ id }) => !isHeld(box, id))
        box.queue = box.queue.filter(({ id }) => isHeld(box, id))
        if (box.holds.size === 0) boxes.delete(deviceId)
        for (const call of ready) push(deviceId, call)
      }
    }
  }
}
