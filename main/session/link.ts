// The link to the server: opens a connection, watches it, and brings it back. Knows no accounts and no calls.
import { createEmitter, type Emitter } from '../../common/emitter.ts'
import { minProtocolVersion, protocolVersion } from '../../common/protocol/values.ts'
import type { Handshake, Push, PushData } from '../../common/protocol/socket.ts'
import { unreachable, type Failure, type Result } from '../../common/result.ts'
import type { LinkState } from '../../common/snapshot.ts'
import { secondMs } from '../../common/time.ts'
import { backOffMs } from './back-off.ts'
import { parsePush } from './parse-push.ts'
import type { OpenSocket, SessionDeps, Socket, SocketLoss } from './ports.ts'
import type { RequestChannel } from './requester.ts'

export const linkLimits = {
  /** From the beginning of a try to the server's welcome. */
  welcomeMs: 10 * secondMs,
  /** The server's heartbeat comes every 4 s: without anything for this long the connection is dead. */
  silenceMs: 10 * secondMs,
  /** After a sign that the network has changed. */
  doubtMs: 5 * secondMs,
  /** A try that is older than this is given up for a new one after such a sign. */
  staleTryMs: secondMs,
  /** Another app that takes the connection again within this long of the first time is one that stays. */
  replacedAgainMs: 60 * secondMs
} as const

/**
 *               welcome
 *   idle ──▶ trying ──▶ joined
 *              ▲  │       │ lost
 *              │  ▼       ▼
 *             waiting ◀───┘        any ── refused for good, replaced again, stopped ──▶ over
 */
type Stage =
  | { readonly at: 'idle' | 'over' }
  | { readonly at: 'trying'; readonly since: number }
  | { readonly at: 'joined'; readonly socket: Socket }
  | { readonly at: 'waiting'; readonly since: number }

export type LinkDeps = Pick<SessionDeps, 'clock' | 'random' | 'newId' | 'log' | 'client'> & {
  readonly openSocket: OpenSocket
  readonly requester: RequestChannel
  readonly access: () => Promise<Result<string>>
  /** The server did not take this access token. */
  readonly onTokenRefused: (accessToken: string) => void
  /** The server has signed this device out. */
  readonly onSignedOut: () => void
  readonly resume: () => readonly { callId: string; seq: number }[]
}

export type Link = {
  readonly state: () => LinkState
  readonly changed: Emitter<undefined>
  readonly pushed: Emitter<Push>
  readonly lost: Emitter<undefined>
  readonly start: (server: string) => void
  readonly stop: (state: LinkState) => void
  readonly setUrgent: (urgent: boolean) => void
  readonly nudge: () => void
  readonly moved: () => void
}

/** Refusals that no other try will change. */
const isFinal = ({ code }: Failure): boolean =>
  code === 'sdk_version_not_supported' || code === 'access_denied' || code === 'insecure_server'

export const createLink = (deps: LinkDeps): Link => {
  const { clock, random, newId, log, client, openSocket, requester, access, onTokenRefused, onSignedOut, resume } = deps
  const onError = (error: unknown): void => log.error('a listener of the session failed', { error: String(error) })
  const changed = createEmitter<undefined>(onError)
  const pushed = createEmitter<Push>(onError)
  const lost = createEmitter<undefined>(onError)

  let server = ''
  let stage: Stage = { at: 'idle' }
  let state: LinkState = { state: 'initialized' }
  let boot: string | null = null
  const run = newId()
  let attempts = 0
  let failures = 0
  let tokenRefusals = 0
  let isUrgent = false
  let lostSince: number | null = null
  let replacedAt: number | null = null
  /** Ends what the present stage has under way: timers and the socket. */
  let leave = (): void => undefined

  /** Each welcome names the boot of its server. */
  const was = (): 'joined' | 'never' => (boot === null ? 'never' : 'joined')

  const show = (next: LinkState): void => {
    state = next
    changed.emit(undefined)
  }

  const enter = (next: Stage, onLeave: () => void): void => {
    const wasJoined = stage.at === 'joined'
    leave()
    leave = onLeave
    stage = next
    if (!wasJoined) return
    // First whoever must know, then the requests, so that nobody takes their failures for answers of a live link.
    lost.emit(undefined)
    requester.lost()
  }

  const stop = (final: LinkState): void => {
    enter({ at: 'over' }, () => undefined)
    show(final)
  }

  const wait = (delayMs: number): void => {
    const now = clock.now()
    lostSince ??= now
    const cancel = clock.at(now + delayMs, begin)
    enter({ at: 'waiting', since: now }, cancel)
    show({ state: 'disconnected', was: was(), since: lostSince, nextTryAt: now + delayMs })
  }

  const backOff = (retryAfterMs?: number): void => {
    const delayMs = backOffMs({ failures, random: random(), urgent: isUrgent, retryAfterMs })
    failures += 1
    wait(delayMs)
  }

  const onLoss = ({ refused, detail }: SocketLoss, accessToken: string): void => {
    log.info('the connection was lost', { detail, code: refused?.code })
    if (refused !== null && isFinal(refused)) {
      stop({ state: 'failed', error: refused })
      return
    }
    if (refused?.code === 'unauthenticated') {
      onTokenRefused(accessToken)
      tokenRefusals += 1
      // With a new token at once; should the server refuse that one too, with patience.
      if (tokenRefusals === 1) {
        wait(0)
        return
      }
    }
    backOff(refused?.retryAfterMs)
  }

  const onEnded = (reason: PushData<'session.ended'>['reason'], accessToken: string): void => {
    switch (reason) {
      case 'replaced': {
        // The word of an app that was ended just before this one began may come after it, from nobody who stays.
        const isAgain = replacedAt !== null && clock.now() - replacedAt < linkLimits.replacedAgainMs
        replacedAt = clock.now()
        if (isAgain) stop({ state: 'terminated' })
        else backOff()
        return
      }
      case 'signed_out':
        stop({ state: 'terminated' })
        onSignedOut()
        return
      case 'token_expired':
        onTokenRefused(accessToken)
        wait(0)
        return
      case 'too_slow':
      case 'shutting_down':
        backOff()
        return
      default:
        unreachable(reason)
    }
  }

  const handshake = (accessToken: string): Handshake => ({
    accessToken,
    protocol: protocolVersion,
    minProtocol: minProtocolVersion,
    client,
    attempt: { run, number: (attempts += 1) },
    ...(boot === null ? {} : { resume: { boot, calls: resume().slice(0, 32) } })
  })

  const connect = (accessToken: string, mine: Stage, deadline: () => void): void => {
    let aliveUntil = clock.now() + linkLimits.silenceMs
    let cancelWatch = (): void => undefined
    const isMine = (): boolean => stage === mine || (stage.at === 'joined' && stage.socket === socket)

    const watch = (): void => {
      cancelWatch()
      cancelWatch = clock.at(aliveUntil, () => {
        if (clock.now() < aliveUntil) watch()
        else if (isMine()) onLoss({ refused: null, detail: 'nothing was heard' }, accessToken)
      })
    }
    doubt = () => {
      aliveUntil = Math.min(aliveUntil, clock.now() + linkLimits.doubtMs)
      watch()
    }

    const onWelcome = (welcome: PushData<'session.welcome'>): void => {
      if (welcome.protocol < minProtocolVersion) {
        stop({ state: 'failed', error: { code: 'sdk_version_not_supported' } })
        return
      }
      deadline()
      // The socket goes over from the try to the connection.
      leave = () => undefined
      enter({ at: 'joined', socket }, () => {
        cancelWatch()
        socket.close()
      })
      watch()
      boot = welcome.boot
      failures = 0
      tokenRefusals = 0
      lostSince = null
      requester.joined(socket.send)
      state = { state: 'joined' }
      pushed.emit({ name: 'session.welcome', data: welcome })
      changed.emit(undefined)
    }

    const onPush = (name: string, data: unknown): void => {
      if (!isMine()) return
      const push = parsePush(name, data)
      if (push === null) log.warn('a push was dropped that does not parse', { name: name.slice(0, 64) })
      else if (push.name === 'session.ended') onEnded(push.data.reason, accessToken)
      else if (push.name === 'session.welcome') {
        if (stage === mine) onWelcome(push.data)
      } else if (stage.at === 'joined') pushed.emit(push)
      else log.warn('a push came before the welcome', { name })
    }

    const socket = openSocket(server, handshake(accessToken), {
      onOpen: () => {
        if (stage === mine) show({ state: 'connected' })
      },
      onPush,
      onPacket: () => {
        aliveUntil = clock.now() + linkLimits.silenceMs
      },
      onLost: (loss) => {
        if (isMine()) onLoss(loss, accessToken)
      }
    })
    const giveUp = leave
    leave = () => {
      giveUp()
      socket.close()
    }
  }

  let doubt = (): void => undefined

  const begin = (): void => {
    const now = clock.now()
    const mine: Stage = { at: 'trying', since: now }
    const cancel = clock.at(now + linkLimits.welcomeMs, () => {
      if (stage === mine) onLoss({ refused: null, detail: 'no welcome in time' }, '')
    })
    enter(mine, cancel)
    if (lostSince !== null) show({ state: 'disconnected', was: was(), since: lostSince, nextTryAt: null })
    void access().then((token) => {
      if (stage !== mine) return
      if (token.ok) connect(token.value, mine, cancel)
      else onLoss({ refused: null, detail: token.error.code }, '')
    })
  }

  return {
    state: () => state,
    changed,
    pushed,
    lost,
    start: (to) => {
      server = to
      boot = null
      failures = 0
      tokenRefusals = 0
      lostSince = null
      replacedAt = null
      state = { state: 'initialized' }
      begin()
    },
    stop,
    setUrgent: (urgent) => {
      if (urgent === isUrgent) return
      isUrgent = urgent
      if (urgent && stage.at === 'waiting')
        wait(backOffMs({ failures: Math.max(0, failures - 1), random: random(), urgent }))
    },
    nudge: () => {
      if (stage.at === 'waiting') begin()
      else if (stage.at === 'joined') doubt()
      else if (stage.at === 'trying' && clock.now() - stage.since > linkLimits.staleTryMs) begin()
    },
    moved: () => {
      if (stage.at === 'over' || stage.at === 'idle') return
      log.info('the network is another one')
      if (stage.at === 'joined') wait(0)
      else begin()
    }
  }
}
