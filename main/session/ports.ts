// What the signalling session needs from the world, handed in by main/index.ts (or by a test). Types only.
import type { Logger } from '../../common/log.ts'
import type { Handshake } from '../../common/protocol/socket.ts'
import type { Failure } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { SignInStore } from '../ports.ts'

/** The part of `fetch` that is used: Electron's net.fetch and Node's global one both fit. */
export type FetchPort = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body?: string
    readonly signal: AbortSignal
    /** Credentials go to the server that was named and to no other. */
    readonly redirect: 'error'
  }
) => Promise<{
  readonly status: number
  readonly body: { readonly getReader: () => BodyReader } | null
}>

export type BodyReader = {
  readonly read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  readonly cancel: () => Promise<unknown>
}

/** Why a socket is gone: `refused` holds what the server said when it did not let us in. */
export type SocketLoss = { readonly refused: Failure | null; readonly detail: string }

export type SocketListener = {
  /** The transport is open and the server has let us in; its welcome follows. */
  readonly onOpen: () => void
  readonly onPush: (name: string, data: unknown) => void
  /** Something came in, be it only a heartbeat. */
  readonly onPacket: () => void
  /** Exactly once, and nothing after it. Not told after `close`. */
  readonly onLost: (loss: SocketLoss) => void
}

export type Socket = {
  readonly send: (name: string, envelope: { requestId: string; data: unknown }, ack: (answer: unknown) => void) => void
  readonly close: () => void
}

/** Opens one connection and never a second by itself. */
export type OpenSocket = (server: string, auth: Handshake, listener: SocketListener) => Socket

export type SessionDeps = {
  readonly clock: Clock
  /** 0 ≤ x < 1. */
  readonly random: () => number
  /** Random, unguessable, at most 64 characters. */
  readonly newId: () => string
  readonly log: Logger
  readonly store: SignInStore
  readonly fetch: FetchPort
  readonly client: Handshake['client']
  /** How this installation is called in the user's list of devices. */
  readonly deviceName: string
  /** socket.io where nothing else is given. */
  readonly openSocket?: OpenSocket
}
