// Why a call ended: the twelve reasons, who caused it and the finer detail. Sentences are in i18n.

export const finishReasons = [
  /** One side ended it, or the caller cancelled it. */
  'hangup',
  /** The receptor did not come online while the caller waited. */
  'unreachable',
  /** Nobody joined the created call: a reason of the record only. */
  'no_one_connected',
  /** Rang, neither accepted nor declined in time. */
  'missed',
  /** The receptor declined. */
  'rejected',
  /** Ended from outside by an operator. */
  'killed',
  /** This call gave way to another answer: another device, or the crossing call. */
  'call_received',
  /** A media leg was lost and did not come back. */
  'media_connection_broken',
  /** A phone's signalling was lost and did not come back. */
  'messaging_connection_broken',
  /** The receptor was in another call or does not want calls. */
  'busy',
  /** The longest allowed talk time was used up. */
  'call_duration_exceeded',
  /** A reason this version does not know. */
  'unknown'
] as const
export type FinishReason = (typeof finishReasons)[number]

export const callRoles = ['caller', 'receptor'] as const
export type CallRole = (typeof callRoles)[number]

export const callDirections = ['outbound', 'inbound'] as const
export type CallDirection = (typeof callDirections)[number]

export const endAuthors = ['caller', 'receptor', 'server'] as const
export type EndAuthor = (typeof endAuthors)[number]

export const endDetails = [
  'answered_elsewhere',
  'declined_elsewhere',
  'transferred',
  'merged',
  'blocked',
  'glare'
] as const
export type EndDetail = (typeof endDetails)[number]

export const otherRole = (role: CallRole): CallRole => (role === 'caller' ? 'receptor' : 'caller')
export const roleOf = (direction: CallDirection): CallRole => (direction === 'outbound' ? 'caller' : 'receptor')
