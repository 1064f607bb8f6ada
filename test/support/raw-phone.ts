// A bare socket to the call server: says exactly what a test wants to say, right or wrong. For negative tests.
import { io, type Socket } from 'socket.io-client'
import { contactsAnswer } from '../../common/protocol/contacts.ts'
import { historyAnswer } from '../../common/protocol/history.ts'
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

/** Takes away the own contacts and the favourites of a user. */
export const forgetPeople = async (server: string, username: string): Promise<void> => {
  const { accessToken } = await signIn(server, username)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` }
  const page = await fetch(`${server}${restPaths.contacts}`, { headers })
  const remove = contactsAnswer.parse(await page.json()).result.map(({ id }) => id)
  const changes = [
    [restPaths.contacts, 'POST', { save: [], remove }],
    [restPaths.favourites, 'PUT', { usernames: [] }]
  ] as const
  for (const [path, method, body] of changes) {
    const answer = await fetch(`${server}${path}`, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path} was refused: ${String(answer.status)}`)
  }
}

/** Makes the missed calls of a user seen, signing in as seldom as can be: tries are counted. */
export const createSeer = (server: string): ((username: string) => Promise<void>) => {
  const signedIn = new Map<string, Promise<SignInAnswer>>()
  return async (username) => {
    const known = signedIn.get(username)
    const isGood = known !== undefined && (await known).accessExpiresAt > Date.now() + 60_000
    const tokens = isGood ? known : signIn(server, username)
    signedIn.set(username, tokens)
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${(await tokens).accessToken}`
    }
    const page = await fetch(`${server}${restPaths.history}?outcome=missed`, { headers })
    const { result } = historyAnswer.parse(await page.json())
    const until = Math.max(0, ...result.map(({ finishedAt }) => finishedAt))
    const seen = await fetch(`${server}${restPaths.historySeen}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ until })
    })
    if (!seen.ok) throw new Error(`missed calls can't be seen: ${String(seen.status)}`)
  }
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
