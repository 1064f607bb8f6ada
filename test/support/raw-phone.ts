// A bare socket to the call server: says exactly what a test wants to say, right or wrong. For negative tests.
import { io, type Socket } from 'socket.io-client'
import { minProtocolVersion, protocolVersion } from '../../common/protocol/values.ts'
import { restPaths, signInAnswer, type Preferences, type SignInAnswer } from '../../common/protocol/rest.ts'
import type { Result } from '../../common/result.ts'

export const signIn = async (server: string, username: string): Promise<SignInAnswer> => {
  const answer = await fetch(`${server}${restPaths.sessions}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: `demo-${username}`, device: { name: 'raw', platform: 'test' } })
  })
  return signInAnswer.parse(await answer.json())
}

/** What a user wants of calls that come. */
export const prefer = async (server: string, username: string, preferences: Preferences): Promise<void> => {
  const { accessToken } = await signIn(server, username)
  const answer = await fetch(`${server}${restPaths.preferences}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify(preferences)
  })
  if (!answer.ok) throw new Error(`preferences were refused: ${String(answer.status)}`)
}

/** Whom a user does not want to be called by. */
export const block = async (server: string, username: string, usernames: readonly string[]): Promise<void> => {
  const { accessToken } = await signIn(server, username)
  const answer = await fetch(`${server}${restPaths.blocked}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ usernames })
  })
  if (!answer.ok) throw new Error(`the block list was refused: ${String(answer.status)}`)
}

export type RawPhone = {
  readonly socket: Socket
  readonly ask: (name: string, data: unknown, requestId?: string) => Promise<Result<unknown>>
  /** Resolves at the next push of that name. */
  readonly next: (name: string) => Promise<unknown>
  readonly close: () => void
}

export type Refusal = { readonly code: string }

/** Connects with any token and handshake; gives the phone once it is welcomed, or the refusal's code. */
export const connectRaw = (server: string, auth: Readonly<Record<string, unknown>>): Promise<RawPhone | Refusal> =>
  new Promise((resolve) => {
    const socket = io(server, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: {
        protocol: protocolVersion,
        minProtocol: minProtocolVersion,
        client: { name: 'raw', version: '0', platform: 'test' },
        ...auth
      }
    })
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) => {
      socket.close()
      resolve({ code: error.data?.code ?? error.message })
    })
    socket.once('session.welcome', () => {
      resolve({
        socket,
        ask: (name, data, requestId = crypto.randomUUID()) =>
          socket.timeout(5_000).emitWithAck(name, { requestId, data }) as Promise<Result<unknown>>,
        next: (name) => new Promise((heard) => socket.once(name, heard)),
        close: () => {
          socket.close()
        }
      })
    })
  })

/** The same, for phones that must get in. */
export const joinRaw = async (server: string, username: string): Promise<RawPhone> => {
  const { accessToken } = await signIn(server, username)
  const phone = await connectRaw(server, { accessToken })
  if ('code' in phone) throw new Error(`${username} was refused: ${phone.code}`)
  return phone
}
