// What a person can do in the main window, as plain functions for components. Failures become toasts here.
import type { MainBridge } from '../../common/ipc.ts'
import type { Result } from '../../common/result.ts'
import type { SettingsChange } from '../../common/types.ts'

export type Actions = {
  /** The screen that signs in shows the failure itself. */
  readonly signIn: MainBridge['signIn']
  readonly signOut: () => void
  readonly dial: (to: string) => void
  readonly answer: (session: string) => void
  readonly decline: (session: string) => void
  readonly hangUp: (session: string) => void
  readonly mute: (session: string, muted: boolean) => void
  readonly dismiss: (session: string) => void
  readonly changeSettings: (change: SettingsChange) => void
  readonly setFavourites: (usernames: readonly string[]) => void
  readonly recentsSeen: () => void
}

type ActionBridge = Pick<
  MainBridge,
  | 'signIn'
  | 'signOut'
  | 'dial'
  | 'answer'
  | 'decline'
  | 'hangUp'
  | 'mute'
  | 'dismiss'
  | 'changeSettings'
  | 'setFavourites'
  | 'recentsSeen'
>

/** `watch` is told each answer, and shows the failures. */
export const createActions = (bridge: ActionBridge, watch: (asked: Promise<Result<unknown>>) => void): Actions => ({
  signIn: bridge.signIn,
  signOut: () => watch(bridge.signOut({})),
  dial: (to) => watch(bridge.dial({ to })),
  answer: (session) => watch(bridge.answer({ session })),
  decline: (session) => watch(bridge.decline({ session })),
  hangUp: (session) => watch(bridge.hangUp({ session })),
  mute: (session, muted) => watch(bridge.mute({ session, muted })),
  dismiss: (session) => watch(bridge.dismiss({ session })),
  changeSettings: (change) => watch(bridge.changeSettings(change)),
  setFavourites: (usernames) => watch(bridge.setFavourites({ usernames })),
  recentsSeen: () => watch(bridge.recentsSeen({}))
})
