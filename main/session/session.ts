// The signalling session, joined together: the account, its tokens, the link, the requests and the lists.
import { createEmitter } from '../../common/emitter.ts'
import { minProtocolVersion, protocolVersion } from '../../common/protocol/values.ts'
import { fail, ok, type Failure, type Result } from '../../common/result.ts'
import type { AccountState } from '../../common/snapshot.ts'
import type { Peer } from '../../common/types.ts'
import type { LastSignIn, SignalingSession, SignInEnd } from '../ports.ts'
import { createFarewell } from './farewell.ts'
import { joinResultOf } from './join-result.ts'
import { createLink } from './link.ts'
import type { SessionDeps } from './ports.ts'
import { createRequester } from './requester.ts'
import { createRest } from './rest.ts'
import { readServerUrl } from './server-url.ts'
import { openSocketIo } from './socket.ts'
import { createTokens, type TokenPair } from './tokens.ts'

export type { FetchPort, SessionDeps } from './ports.ts'

/** Whom the server knows this phone as; `callId` where it is signed in for that call alone. */
type SignedIn = {
  readonly server: string
  readonly user: Peer
  readonly deviceId: string
  readonly callId: string | null
}

const nobody: LastSignIn = { lastServer: '', lastUsername: '' }

export const createSignalingSession = (deps: SessionDeps): SignalingSession => {
  const { clock, random, newId, log, store, fetch, client, deviceName, openSocket = openSocketIo } = deps
  const changed = createEmitter<undefined>((error) =>
    log.error('a listener of the session failed', { error: String(error) })
  )
  const rest = createRest({ fetch, clock, log })
  const requester = createRequester({ clock, newId, log })
  const farewell = createFarewell({ rest, clock, log })

  let account: AccountState = { state: 'signedOut', ...nobody, error: null }
  let signed: SignedIn | null = null
  /** Where and as whom somebody who is a guest elsewhere would sign in. */
  let home = nobody
  let isJoining = false
  let resume: () => readonly { callId: string; seq: number }[] = () => []

  const setAccount = (next: AccountState): void => {
    account = next
    changed.emit(undefined)
  }

  const keep = async (refreshToken: string): Promise<boolean> => {
    // What is good for one call ends with the app, whatever keyring there is.
    if (signed === null || signed.callId !== null) return false
    const { server, user, deviceId } = signed
    try {
      return (await store.save({ server, user, deviceId, refreshToken })).remembered
    } catch (error) {
      log.error('the sign-in could not be kept', { error: String(error) })
      return false
    }
  }

  const forget = async (left: SignedIn | null, why: SignInEnd): Promise<void> => {
    if (left !== null && left.callId !== null) return
    try {
      await store.forget(why)
    } catch (error) {
      log.error('the sign-in could not be removed', { error: String(error) })
    }
  }

  const tokens = createTokens({
    clock,
    log,
    refresh: async (refreshToken) =>
      signed === null ? fail('not_signed_in') : rest.refresh(signed.server, refreshToken),
    renew: (refreshToken) => requester.request('session.renew', { refreshToken }),
    keep: async (refreshToken) => {
      const remembered = await keep(refreshToken)
      if (account.state === 'signedIn' && account.remembered !== remembered) setAccount({ ...account, remembered })
    },
    onRefused: (error) => {
      log.warn('the server takes this sign-in no more', { code: error.code })
      void forget(leave({ code: 'unauthenticated' }), 'refused')
    }
  })

  const link = createLink({
    clock,
    random,
    newId,
    log,
    client,
    openSocket,
    requester,
    access: tokens.access,
    onTokenRefused: tokens.refused,
    onSignedOut: () => {
      void forget(leave({ code: 'unauthenticated' }), 'refused')
    },
    resume: () => resume()
  })

  /** No more signed in here; the server is not asked. Returns what it was. */
  const leave = (error: Failure | null): SignedIn | null => {
    const left = signed
    const isGuest = left !== null && left.callId !== null
    tokens.stop()
    signed = null
    if (link.state().state !== 'terminated') link.stop({ state: 'terminated' })
    // A guest's server is not the one to sign in to, and that their sign-in is over is told as the end of the call.
    if (isGuest) setAccount({ state: 'signedOut', ...home, error: null })
    else {
      // Who is refused signs in again; whoever signed out is not named to the next one.
      const lastUsername = error === null ? '' : (left?.user.username ?? '')
      setAccount({ state: 'signedOut', lastServer: left?.server ?? '', lastUsername, error })
    }
    return left
  }

  const enter = (who: SignedIn, remembered: boolean, from: { refreshToken: string; pair: TokenPair | null }): void => {
    const { server, user, callId } = who
    signed = who
    tokens.start(from)
    setAccount(
      callId === null ? { state: 'signedIn', server, user, remembered } : { state: 'guest', server, user, callId }
    )
    link.start(server)
  }

  const signIn: SignalingSession['signIn'] = async ({ server: typed, username, password }) => {
    if (account.state !== 'signedOut' || isJoining) return fail('not_allowed_now')
    const refuse = (lastServer: string, error: Failure): { ok: false; error: Failure } => {
      setAccount({ state: 'signedOut', lastServer, lastUsername: username, error })
      return { ok: false, error }
    }
    const server = readServerUrl(typed)
    if (!server.ok) return refuse(typed, server.error)
    setAccount({ state: 'signingIn', server: server.value, username })
    const id = await store.deviceIdFor(server.value, username).catch(() => null)
    const answer = await rest.signIn(server.value, {
      username,
      password,
      device: { name: deviceName, platform: client.platform, ...(id === null ? {} : { id }) }
    })
    if (!answer.ok) return refuse(server.value, answer.error)
    const { user, deviceId, ...pair } = answer.value
    signed = { server: server.value, user, deviceId, callId: null }
    const remembered = await keep(pair.refreshToken)
    enter(signed, remembered, { refreshToken: pair.refreshToken, pair })
    return ok({})
  }

  const join: SignalingSession['join'] = async ({ server, callId, code }) => {
    if (account.state !== 'signedOut' || isJoining) return 'unknown_error'
    const { lastServer, lastUsername } = account
    isJoining = true
    const device = { name: deviceName, platform: client.platform }
    const versions = { protocol: protocolVersion, minProtocol: minProtocolVersion }
    const answer = await rest.join(server, { callId, code, device, ...versions })
    isJoining = false
    if (!answer.ok) return joinResultOf(answer.error)
    if (answer.value.result !== 'success') return answer.value.result
    const { user, deviceId, ...pair } = answer.value
    home = { lastServer, lastUsername }
    enter({ server, user, deviceId, callId }, false, { refreshToken: pair.refreshToken, pair })
    return 'success'
  }

  const signOut: SignalingSession['signOut'] = async () => {
    if (signed === null) return fail('not_signed_in')
    const { server } = signed
    const held = tokens.held()
    await forget(leave(null), 'signedOut')
    if (held !== null) await farewell.say({ server, ...held })
    return ok({})
  }

  /** Asks with a token, and once more with a new one where that is refused. */
  const withAccess = async <T>(
    ask: (server: string, accessToken: string) => Promise<Result<T>>
  ): Promise<Result<T>> => {
    if (signed === null) return fail('not_signed_in')
    const { server } = signed
    const access = await tokens.access()
    if (!access.ok) return access
    const answer = await ask(server, access.value)
    if (answer.ok || answer.error.code !== 'unauthenticated') return answer
    tokens.refused(access.value)
    const renewed = await tokens.access()
    return renewed.ok ? ask(server, renewed.value) : renewed
  }

  link.changed.on(() => changed.emit(undefined))
  link.lost.on(() => tokens.lost())
  link.pushed.on((push) => {
    if (push.name !== 'session.welcome') return
    tokens.welcomed(push.data)
    if (account.state === 'signedIn' || account.state === 'guest') account = { ...account, user: push.data.user }
  })

  return {
    account: () => account,
    link: link.state,
    onChanged: (listener) => changed.on(() => listener()),
    signIn,
    join,
    resume: async () => {
      const stored = await store.load().catch(() => null)
      if (account.state !== 'signedOut') return
      if (stored === null) {
        setAccount({ state: 'signedOut', ...(await store.last().catch(() => nobody)), error: null })
        return
      }
      const { server, user, deviceId, refreshToken } = stored
      enter({ server, user, deviceId, callId: null }, true, { refreshToken, pair: null })
    },
    signOut,
    request: requester.request,
    onPush: link.pushed.on,
    onLost: (listener) => link.lost.on(() => listener()),
    setResume: (next) => {
      resume = next
    },
    setUrgent: link.setUrgent,
    nudge: link.nudge,
    moved: link.moved,
    rest: {
      directory: () => withAccess(rest.directory),
      history: (wanted) => withAccess((server, token) => rest.history(server, token, wanted)),
      historyDetails: (id) => withAccess((server, token) => rest.historyDetails(server, token, id)),
      removeFromHistory: (items) => withAccess((server, token) => rest.removeFromHistory(server, token, items)),
      restoreToHistory: (items) => withAccess((server, token) => rest.restoreToHistory(server, token, items)),
      clearHistory: (until) => withAccess((server, token) => rest.clearHistory(server, token, until)),
      historySeen: (until) => withAccess((server, token) => rest.historySeen(server, token, until)),
      contacts: (query) => withAccess((server, token) => rest.contacts(server, token, query)),
      changeContacts: (change) => withAccess((server, token) => rest.changeContacts(server, token, change)),
      favourites: () => withAccess(rest.favourites),
      setFavourites: (list) => withAccess((server, token) => rest.setFavourites(server, token, list)),
      preferences: () => withAccess(rest.preferences),
      setPreferences: (wanted) => withAccess((server, token) => rest.setPreferences(server, token, wanted)),
      blocked: () => withAccess(rest.blocked),
      setBlocked: (list) => withAccess((server, token) => rest.setBlocked(server, token, list))
    },
    close: () => {
      tokens.stop()
      farewell.close()
      signed = null
      link.stop({ state: 'terminated' })
      return Promise.resolve()
    }
  }
}
