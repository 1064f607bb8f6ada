// The three ways of taking calls, in the order they are offered, and the words for each. Pure.
import type { Preferences } from '../../common/types.ts'

export type Disturbance = Preferences['doNotDisturb']
export const disturbances: readonly Disturbance[] = ['off', 'busy', 'silent']

export const hintOf = {
  off: 'offHint',
  busy: 'busyHint',
  silent: 'silentHint'
} as const satisfies Record<Disturbance, string>

/** The block list with one of them added, or taken out. */
export const withBlocked = (blocked: readonly string[], username: string, isBlocked: boolean): readonly string[] =>
  isBlocked ? [...blocked.filter((one) => one !== username), username] : blocked.filter((one) => one !== username)
