// What a link from outside (tamas:, tel:, callto:, sip:, sips:) may ask for, and the question the person is asked before anything
// is done. Types, and the one look at a text; reading links is main's (main/links).
import type { ErrorCode } from './errors.ts'
import type { JoinResult } from './protocol/rest.ts'
import type { Peer } from './protocol/values.ts'

export type { JoinResult } from './protocol/rest.ts'
export type JoinFailure = Exclude<JoinResult, 'success'>

/** Why a link can't be used: there is a sentence for each. */
export type LinkFault =
  /** It begins as a link of ours and asks for nothing that is known. */
  | 'unknown'
  /** Something is missing, too long, twice there, or not of the letters it may have. */
  | 'damaged'
  /** Its server would be asked unencrypted. */
  | 'insecure'

/** How far a question to join a call is. */
export type JoinStep =
  | 'ask'
  /** Somebody is signed in there, and which calls they have is not known yet. */
  | 'connecting'
  /** The server is asked. */
  | 'joining'
  /** Somebody is signed in elsewhere: the code is not spent. */
  | 'otherAccount'
  /** Somebody is signed in there, and the call is none of theirs, or it has not begun for them: the code is not spent. */
  | 'notHere'
  /** One is in a call that was joined by a link already. */
  | 'otherCall'

/** What the person is asked or told because of a link; nothing is done before they say so. `id` names the question. */
export type LinkQuestion =
  | {
      readonly id: string
      readonly kind: 'join'
      readonly server: string
      /** Whether this installation has signed in there before. */
      readonly known: boolean
      /** The other side, where this phone knows the call. */
      readonly peer: Peer | null
      readonly step: JoinStep
      /** Why it was not done when it was asked for; it may be asked for again. */
      readonly trouble: ErrorCode | null
    }
  | { readonly id: string; readonly kind: 'notJoined'; readonly server: string; readonly result: JoinFailure }
  | {
      readonly id: string
      readonly kind: 'dial'
      readonly to: string
      /** Which extension the link names behind the number: it is dialled by the person, on the keypad. */
      readonly extension: string | null
      /** `signIn`: nobody is signed in; it is asked again afterwards. `otherCall`: one is signed in for one call only. */
      readonly step: 'ask' | 'signIn' | 'otherCall'
      readonly trouble: ErrorCode | null
    }
  | { readonly id: string; readonly kind: 'fault'; readonly fault: LinkFault }
  /** The call that was joined by a link is over, or never began; nobody is signed in any more. Told, not asked. */
  | { readonly id: string; readonly kind: 'left'; readonly began: boolean }

/** After these it may help to try once more with the same link. */
export const mayTryAgain = (result: JoinFailure): boolean =>
  result === 'failed_to_connect' || result === 'unknown_error'

/** Longer texts are no links. */
export const longestLink = 2048

/** Whether a text that was pasted, typed or handed over is meant as a link: one word with a scheme of ours. */
export const isLink = (text: string): boolean => /^\s*(?:tamas|tel|callto|sips?):\S+\s*$/i.test(text)
