// A phone for the set-up measurement: one real socket, the messages of a call in the app's order, no sound. It counts
// nothing.
import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import { minProtocolVersion, protocolVersion } from '../../common/protocol/values.ts'
import type { PushData, RequestData, RequestName, RequestValue } from '../../common/protocol/socket.ts'
import type { Result } from '../../common/result.ts'
import { restPaths, signInAnswer } from '../../common/protocol/rest.ts'
import { dtlsParameters, newRtpParameters, rtpCapabilities } from './set-up-wire.ts'

export type SetUpPhone = {
  readonly username: string
  readonly request: <N extends RequestName>(name: N, data: RequestData<N>) => Promise<RequestValue<N>>
  /** Resolves once this call is offered to this phone. */
  readonly offered: (callId: string) => Promise<void>
  /** Makes this leg's media: transports, producer, and the consumer that the server pushes. */
  readonly prepare: (callId: string) => Promise<void>
  readonly close: () => void
}

const signIn = async (server: string, username: string): Promise<string> => {
  const answer = await fetch(`${server}${restPaths.sessions}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'bench-password', device: { name: 'bench', platform: 'node' } })
  })
  if (!answer.ok) throw new Error(`${username} cannot sign in: ${answer.status} ${await answer.text()}`)
  return signInAnswer.parse(await answer.json()).accessToken
}

/** Things that happen once for each call, whether somebody waits for them already or not yet. */
const createOccasions = () => {
  const happened = new Set<string>()
  const waiting = new Map<string, () => void>()
  return {
    happen: (callId: string): void => {
      const resolve = waiting.get(callId)
      waiting.delete(callId)
      if (resolve === undefined) happened.add(callId)
      else resolve()
    },
    wait: (callId: string): Promise<void> =>
      new Promise((resolve) => {
        if (happened.delete(callId)) resolve()
        else waiting.set(callId, resolve)
      })
  }
}

export const createSetUpPhone = async (server: string, username: string): Promise<SetUpPhone> => {
  const accessToken = await signIn(server, username)
  const socket = io(server, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: {
      accessToken,
      protocol: protocolVersion,
      minProtocol: minProtocolVersion,
      client: { name: 'tamas-bench', version: '0', platform: 'node' }
    }
  })
  const offered = createOccasions()
  const consumers = createOccasions()

  socket.on('call.changed', ({ call }: PushData<'call.changed'>) => {
    if (call.direction === 'inbound' && call.status === 'trying') offered.happen(call.id)
  })
  socket.on('media.pushed', ({ callId, push }: PushData<'media.pushed'>) => {
    if (push.kind === 'consumer') consumers.happen(callId)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('session.welcome', () => resolve())
    socket.once('connect_error', reject)
  })

  const request: SetUpPhone['request'] = (name, data) =>
    new Promise((resolve, reject) => {
      socket.emit(name, { requestId: randomUUID(), data }, (result: Result<RequestValue<typeof name>>) => {
        if (result.ok) resolve(result.value)
        else reject(new Error(`${username} ${name}: ${result.error.code} ${result.error.detail ?? ''}`))
      })
    })

  return {
    username,
    request,
    offered: offered.wait,
    prepare: async (callId) => {
      const leg = { callId, epoch: 1 }
      await request('media.open', leg)
      await Promise.all([
        request('media.receive', { ...leg, rtpCapabilities: rtpCapabilities as never }),
        request('media.connect', { ...leg, flow: 'send', dtlsParameters }),
        request('media.produce', { ...leg, rtpParameters: newRtpParameters() as never }),
        consumers.wait(callId)
      ])
      await request('media.connect', { ...leg, flow: 'recv', dtlsParameters })
    },
    close: () => {
      socket.disconnect()
    }
  }
}
