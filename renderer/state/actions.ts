// What a person can do in the main window, as plain functions for components. Failures become toasts here.
import type { ErrorCode } from '../../common/errors.ts'
import type { FileToSave, MainBridge, Others } from '../../common/ipc.ts'
import { fail, type Result } from '../../common/result.ts'
import type { HistoryDetails, KeptRating, Preferences, SettingsChange } from '../../common/types.ts'
import type { Toasts } from './toasts.svelte.ts'

export type Actions = {
  /** Something would be lost with the page: it is not let go. Each says so for itself. */
  readonly keepWindow: (why: 'contact' | 'import' | 'check' | 'crash' | `dialog ${string}`, keep: boolean) => void
  /** The screen that signs in shows the failure itself. */
  readonly signIn: MainBridge['signIn']
  readonly signOut: () => void
  readonly dial: (to: string) => void
  /** What becomes of the call that has the floor: held, if not told to end it. */
  readonly answer: (session: string, others?: Others) => void
  readonly decline: (session: string) => void
  readonly hangUp: (session: string) => void
  readonly mute: (session: string, muted: boolean) => void
  /** `held: false` goes on with it, and holds what has the floor. */
  readonly hold: (session: string, held: boolean) => void
  /** Sends keys, and plays their tones here. */
  readonly dtmf: (session: string, digits: string) => void
  readonly transfer: (session: string, to: string, mode: 'attended' | 'blind') => void
  readonly cancelTransfer: (session: string) => void
  readonly merge: (session: string, withSession: string) => void
  readonly split: (session: string) => void
  /** Offers the call to this person's other devices; again: takes the offer back. False where it was not done. */
  readonly move: (session: string) => Promise<boolean>
  readonly join: (session: string) => void
  /** What the person says of a talk. Should it not be taken, nobody is bothered with that. */
  readonly rate: (session: string, rating: KeptRating) => void
  readonly dismiss: (session: string) => void
  /** A link that was pasted or typed: a question follows, and what becomes of it. */
  readonly openLink: (text: string) => void
  readonly confirmLink: (id: string) => void
  readonly dismissLink: (id: string) => void
  /** The settings show the failure themselves. */
  readonly phoneLinks: MainBridge['phoneLinks']
  readonly takePhoneLinks: MainBridge['takePhoneLinks']
  readonly changeSettings: (change: SettingsChange) => void
  /** Keys of the whole desktop are being chosen, or no longer: meanwhile they do nothing. */
  readonly chooseKeys: (choosing: boolean) => void
  /** The answers are shown where they were asked for. */
  readonly checkSettings: MainBridge['checkSettings']
  readonly about: MainBridge['about']
  readonly packages: MainBridge['packages']
  readonly saveLogs: MainBridge['saveLogs']
  readonly checkForUpdate: () => void
  readonly installUpdate: () => void
  /** Takes that back. */
  readonly installLater: () => void
  readonly readLog: MainBridge['readLog']
  readonly callLog: MainBridge['callLog']
  readonly redactLog: MainBridge['redactLog']
  readonly lastCrash: MainBridge['lastCrash']
  readonly setFavourites: (usernames: readonly string[]) => Promise<Result<unknown>>
  /** The screens that change contacts show the failure themselves. */
  readonly changeContacts: MainBridge['changeContacts']
  /** False where it was not done. */
  readonly setPreferences: (preferences: Preferences) => Promise<boolean>
  readonly setBlocked: (usernames: readonly string[]) => void
  readonly recentsSeen: () => void
  /** The list shows the failure itself. */
  readonly moreRecents: MainBridge['moreRecents']
  /** Null where they can't be had, which the card says itself. */
  readonly recentDetails: (callId: string) => Promise<HistoryDetails | null>
  /** False where these were not done. */
  readonly removeRecents: (callIds: readonly string[]) => Promise<boolean>
  readonly restoreRecents: (callIds: readonly string[]) => Promise<boolean>
  readonly clearRecents: () => Promise<boolean>
  /** Null where no number was copied. */
  readonly copiedNumber: () => Promise<string | null>
  /** It was called or put away. */
  readonly settleCopied: (number: string) => void
  /** Asks where to, and saves it: true where it was saved, false where that was given up or failed. */
  readonly saveFile: (file: FileToSave) => Promise<boolean>
  /** Tells in a toast what came of it, where the screen has no place for that. */
  readonly tell: Toasts['tell']
  readonly tellFailure: (code: ErrorCode) => void
}

type ActionBridge = Pick<
  MainBridge,
  | 'keepWindow'
  | 'signIn'
  | 'signOut'
  | 'dial'
  | 'answer'
  | 'decline'
  | 'hangUp'
  | 'mute'
  | 'hold'
  | 'dtmf'
  | 'transfer'
  | 'cancelTransfer'
  | 'merge'
  | 'split'
  | 'move'
  | 'join'
  | 'rate'
  | 'dismiss'
  | 'openLink'
  | 'confirmLink'
  | 'dismissLink'
  | 'phoneLinks'
  | 'takePhoneLinks'
  | 'changeSettings'
  | 'chooseKeys'
  | 'checkSettings'
  | 'about'
  | 'packages'
  | 'saveLogs'
  | 'checkForUpdate'
  | 'installUpdate'
  | 'installLater'
  | 'readLog'
  | 'callLog'
  | 'redactLog'
  | 'lastCrash'
  | 'setFavourites'
  | 'changeContacts'
  | 'setPreferences'
  | 'setBlocked'
  | 'recentsSeen'
  | 'moreRecents'
  | 'recentDetails'
  | 'removeRecents'
  | 'restoreRecents'
  | 'clearRecents'
  | 'copiedNumber'
  | 'settleCopied'
  | 'saveFile'
>

const createKeep = (bridge: Pick<MainBridge, 'keepWindow'>): Actions['keepWindow'] => {
  const kept = new Set<string>()
  return (why, keep) => {
    const before = kept.size > 0
    if (keep) kept.add(why)
    else kept.delete(why)
    if (kept.size > 0 !== before) void bridge.keepWindow({ keep: !before })
  }
}

/** Longer than any link: that it is too long is main's to say. */
const longestPaste = 4096

type Watch = (asked: Promise<Result<unknown>>) => void

const watched = async (asked: Promise<Result<unknown>>, watch: Watch): Promise<boolean> => {
  watch(asked)
  return (await asked).ok
}
/** As many at once as main takes. */
const mostCalls = 500
const inParts = async (
  callIds: readonly string[],
  ask: (data: { callIds: readonly string[] }) => Promise<Result<unknown>>,
  watch: Watch
): Promise<boolean> => {
  for (let at = 0; at < callIds.length; at += mostCalls) {
    if (!(await watched(ask({ callIds: callIds.slice(at, at + mostCalls) }), watch))) return false
  }
  return true
}

/** `watch` is told each answer, and shows the failures; `sound` plays the tones of keys; `tell` shows the rest. */
export const createActions = (
  bridge: ActionBridge,
  watch: (asked: Promise<Result<unknown>>) => void,
  sound: (digits: string) => void,
  tell: Toasts['tell']
): Actions => ({
  keepWindow: createKeep(bridge),
  signIn: bridge.signIn,
  signOut: () => watch(bridge.signOut({})),
  dial: (to) => watch(bridge.dial({ to })),
  answer: (session, others) => watch(bridge.answer(others === undefined ? { session } : { session, others })),
  decline: (session) => watch(bridge.decline({ session })),
  hangUp: (session) => watch(bridge.hangUp({ session })),
  mute: (session, muted) => watch(bridge.mute({ session, muted })),
  hold: (session, held) => watch(bridge.hold({ session, held })),
  dtmf: (session, digits) => {
    sound(digits)
    watch(bridge.dtmf({ session, digits }))
  },
  transfer: (session, to, mode) => watch(bridge.transfer({ session, to, mode })),
  cancelTransfer: (session) => watch(bridge.cancelTransfer({ session })),
  merge: (session, withSession) => watch(bridge.merge({ session, withSession })),
  split: (session) => watch(bridge.split({ session })),
  move: (session) => watched(bridge.move({ session }), watch),
  join: (session) => watch(bridge.join({ session })),
  rate: (session, rating) => void bridge.rate({ session, ...rating }),
  dismiss: (session) => watch(bridge.dismiss({ session })),
  openLink: (text) => watch(bridge.openLink({ text: text.slice(0, longestPaste) })),
  confirmLink: (id) => watch(bridge.confirmLink({ id })),
  dismissLink: (id) => watch(bridge.dismissLink({ id })),
  phoneLinks: bridge.phoneLinks,
  takePhoneLinks: bridge.takePhoneLinks,
  changeSettings: (change) => watch(bridge.changeSettings(change)),
  chooseKeys: (choosing) => watch(bridge.chooseKeys({ choosing })),
  checkSettings: bridge.checkSettings,
  about: bridge.about,
  packages: bridge.packages,
  saveLogs: bridge.saveLogs,
  checkForUpdate: () => watch(bridge.checkForUpdate({})),
  installUpdate: () => watch(bridge.installUpdate({})),
  installLater: () => watch(bridge.installLater({})),
  readLog: bridge.readLog,
  callLog: bridge.callLog,
  redactLog: bridge.redactLog,
  lastCrash: bridge.lastCrash,
  setFavourites: (usernames) => {
    const asked = bridge.setFavourites({ usernames })
    watch(asked)
    return asked
  },
  changeContacts: bridge.changeContacts,
  setPreferences: (preferences) => watched(bridge.setPreferences(preferences), watch),
  setBlocked: (usernames) => watch(bridge.setBlocked({ usernames })),
  recentsSeen: () => watch(bridge.recentsSeen({})),
  moreRecents: bridge.moreRecents,
  recentDetails: async (callId) => {
    const answer = await bridge.recentDetails({ callId })
    return answer.ok ? answer.value : null
  },
  removeRecents: (callIds) => inParts(callIds, bridge.removeRecents, watch),
  restoreRecents: (callIds) => inParts(callIds, bridge.restoreRecents, watch),
  clearRecents: () => watched(bridge.clearRecents({}), watch),
  copiedNumber: async () => {
    const answer = await bridge.copiedNumber({})
    return answer.ok ? answer.value.number : null
  },
  settleCopied: (number) => void bridge.settleCopied({ number }),
  saveFile: async (file) => {
    const asked = bridge.saveFile(file)
    watch(asked)
    const answer = await asked
    return answer.ok && answer.value.outcome === 'saved'
  },
  tell,
  tellFailure: (code) => watch(Promise.resolve(fail(code)))
})
