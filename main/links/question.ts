// What the person is asked or told because of a link, as a function of what became of it and of the app as it is. Pure.
import type { JoinFailure, JoinStep, LinkFault, LinkQuestion } from '../../common/links.ts'
import type { ErrorCode } from '../../common/errors.ts'
import { isLive } from '../../common/call/status.ts'
import { unreachable } from '../../common/result.ts'
import type { AccountState, CallView, LinkState } from '../../common/snapshot.ts'
import type { LinkTarget } from './read-link.ts'

/**
 *                a link                      Join, nobody signed in           success
 *   (nothing) ─────────▶ asked ─────────────────────────────────▶ joining ──────────────▶ (nothing: signed in for it)
 *       ▲                │ │ ▲                                      │
 *       │                │ │ └── Call, nobody signed in: deferred   ▼ any other result
 *       │ Cancel         │ └ Join or Call, done with what is here  failed ── try again ──▶ joining
 *       └────────────────┴──────────────────────────────────────────┘
 *
 *   a link that can't be read ──▶ faulty        signed in for one call, and that is over ──▶ left
 */
export type Asked = { readonly id: string } & (
  | { readonly at: 'asked'; readonly target: LinkTarget; readonly trouble: ErrorCode | null }
  /** Not shown before somebody is signed in. */
  | { readonly at: 'deferred'; readonly target: LinkTarget }
  | { readonly at: 'joining'; readonly target: LinkTarget & { kind: 'join' } }
  | { readonly at: 'failed'; readonly target: LinkTarget & { kind: 'join' }; readonly result: JoinFailure }
  | { readonly at: 'faulty'; readonly fault: LinkFault }
  | { readonly at: 'left'; readonly began: boolean }
)

export type Around = {
  readonly account: AccountState
  readonly link: LinkState
  readonly calls: readonly CallView[]
}

/** The call of a join link, where this phone knows it and it lives. */
export const ownCall = (
  { account, calls }: Around,
  { server, callId }: LinkTarget & { kind: 'join' }
): CallView | null => {
  if ((account.state !== 'signedIn' && account.state !== 'guest') || account.server !== server) return null
  return calls.find((call) => call.callId === callId && isLive(call.status)) ?? null
}

const joinStep = (around: Around, target: LinkTarget & { kind: 'join' }): JoinStep => {
  const { account, link } = around
  if (ownCall(around, target) !== null) return 'ask'
  switch (account.state) {
    case 'signedOut':
      return 'ask'
    case 'signingIn':
      return 'connecting'
    case 'guest':
      return 'otherCall'
    case 'signedIn': {
      if (account.server !== target.server) return 'otherAccount'
      const isComing = link.state === 'initialized' || link.state === 'connected' || link.state === 'disconnected'
      return isComing ? 'connecting' : 'notHere'
    }
    default:
      return unreachable(account)
  }
}

const isKnown = ({ account }: Around, server: string): boolean =>
  (account.state === 'signedOut' ? account.lastServer : account.server) === server

const ask = (id: string, target: LinkTarget, trouble: ErrorCode | null, around: Around): LinkQuestion => {
  switch (target.kind) {
    case 'dial': {
      const { state } = around.account
      const step = state === 'signedIn' ? 'ask' : state === 'guest' ? 'otherCall' : 'signIn'
      return { id, kind: 'dial', to: target.to, extension: target.extension, step, trouble }
    }
    case 'join': {
      const { server } = target
      const peer = ownCall(around, target)?.peer ?? null
      const known = isKnown(around, server)
      return { id, kind: 'join', server, known, peer, step: joinStep(around, target), trouble }
    }
    default:
      return unreachable(target)
  }
}

export const questionOf = (asked: Asked | null, around: Around): LinkQuestion | null => {
  if (asked === null) return null
  const { id } = asked
  switch (asked.at) {
    case 'asked':
      return ask(id, asked.target, asked.trouble, around)
    case 'deferred':
      return around.account.state === 'signedIn' ? ask(id, asked.target, null, around) : null
    case 'joining': {
      const { server } = asked.target
      return { id, kind: 'join', server, known: isKnown(around, server), peer: null, step: 'joining', trouble: null }
    }
    case 'failed':
      return { id, kind: 'notJoined', server: asked.target.server, result: asked.result }
    case 'faulty':
      return { id, kind: 'fault', fault: asked.fault }
    case 'left':
      return { id, kind: 'left', began: asked.began }
    default:
      return unreachable(asked)
  }
}
