// What becomes of the screen when a call has ended: who made the end by hand wants to go on, not to be told. Pure.
import type { CallView } from '../../common/snapshot.ts'
import type { Outcome } from '../../common/types.ts'

const known: readonly Outcome[] = ['you_cancelled', 'you_declined', 'answered_elsewhere', 'declined_elsewhere']

/**
 * Whether the end of a call may stand in front of the list for a while. What the person cancelled or declined, here or on
 * another device, is known to them: they redial at once, or do what they were at when it rang.
 */
export const mayCover = ({ end }: CallView): boolean => end === null || !known.includes(end.outcome)

/** Whether the same number may be called again: not where there is nobody with it, or it is one's own. */
export const mayRepeat = ({ trouble }: CallView): boolean =>
  trouble?.code !== 'not_found' && trouble?.code !== 'cannot_call_self'

const soundTrouble: readonly Outcome[] = ['connection_lost', 'media_lost']

/** Whether a check of calls may tell why it ended: the sound was lost, or could not be had. */
export const isWorthChecking = ({ end, trouble }: CallView): boolean =>
  end !== null && (soundTrouble.includes(end.outcome) || trouble?.code === 'media_failed')

export type LeavingKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'isComposing'>

/** A key that begins a name or a number, or null. */
const beginning = (press: LeavingKey): string | null => {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat || press.isComposing) return null
  return /^[\p{L}\p{Nd}+*#]$/u.test(press.key) ? press.key : null
}

/**
 * What a key press does while a call that has ended has the stage: Escape closes it, what begins a name or a number closes
 * it and is typed. Null: nothing.
 */
export const leaving = (press: LeavingKey): { readonly typed: string } | null => {
  if (press.key === 'Escape' && !press.isComposing) return { typed: '' }
  const typed = beginning(press)
  return typed === null ? null : { typed }
}
