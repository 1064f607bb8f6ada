// The tray's menu, icon and tooltip as pure functions of the snapshot. Draws nothing.
import { isLive } from '../../common/call/status.ts'
import { catalogue } from '../../common/i18n/index.ts'
import { disturbances } from '../../common/protocol/rest.ts'
import type { AppSnapshot, CallView } from '../../common/snapshot.ts'
import type { ShellAction } from './actions.ts'
import { alertingCalls } from './alerting.ts'
import { answerLabel, callLine, isTalking, mayEndAndAnswer } from './call-words.ts'
import { findPerson, personLabel, personName } from './people.ts'
import { written } from './written.ts'

export type TrayItem =
  | { readonly type: 'separator' }
  /** Says something; can't be clicked. */
  | { readonly type: 'heading'; readonly id: string; readonly label: string }
  | {
      readonly type: 'action'
      readonly id: string
      readonly label: string
      readonly enabled: boolean
      readonly action: ShellAction
    }
  | {
      /** Radio items that stand together are one choice. */
      readonly type: 'check' | 'radio'
      readonly id: string
      readonly label: string
      readonly checked: boolean
      readonly action: ShellAction
    }
  | { readonly type: 'submenu'; readonly id: string; readonly label: string; readonly items: readonly TrayItem[] }

export type TrayIcon = 'idle' | 'offline' | 'missed' | 'alert' | 'call' | 'muted' | 'quiet'

const mostFavourites = 8
const mostRecents = 10
const mostContacts = 20

const separator: TrayItem = { type: 'separator' }

const action = (id: string, label: string, what: ShellAction, enabled = true): TrayItem => ({
  type: 'action',
  id,
  label,
  enabled,
  action: what
})

const callItems = (snapshot: AppSnapshot, call: CallView, isOneOfSeveral: boolean): readonly TrayItem[] => {
  const { locale, calls } = snapshot
  const words = catalogue(locale).shell
  const { session, can } = call
  // Two that say no more than Hang up can't be told apart by ear, nor once the menu is scrolled.
  const named = (what: string): string => (isOneOfSeveral ? words.ofPerson(what, personName(locale, call.peer)) : what)
  const item = (kind: string, label: string, what: ShellAction): TrayItem =>
    action(`${kind}:${session}`, named(label), what)
  const resume = isTalking(calls) ? words.swap : words.resume
  return [
    { type: 'heading', id: `call:${session}`, label: callLine(locale, call) },
    ...(can.join ? [item('join', words.joinCall, { kind: 'join', session })] : []),
    ...(can.join ? [item('dismiss', words.noThanks, { kind: 'dismiss', session })] : []),
    ...(can.answer ? [item('answer', answerLabel(snapshot, call), { kind: 'answer', session })] : []),
    ...(mayEndAndAnswer(snapshot, call)
      ? [item('endAndAnswer', words.endAndAnswer, { kind: 'answer', session, others: 'end' })]
      : []),
    ...(can.decline ? [item('decline', words.decline, { kind: 'decline', session })] : []),
    ...(can.mute
      ? [
          {
            type: 'check',
            id: `mute:${session}`,
            label: named(words.mute),
            checked: call.muted,
            action: { kind: 'mute', session, muted: !call.muted }
          } as const
        ]
      : []),
    ...(can.hold ? [item('hold', words.hold, { kind: 'hold', session, held: true })] : []),
    ...(can.resume ? [item('resume', resume, { kind: 'hold', session, held: false })] : []),
    ...(can.hangUp ? [item('hangUp', words.hangUp, { kind: 'hangUp', session })] : [])
  ]
}

/** What rings is urgent and stands first, then the calls in their order. */
const byUrgency = (calls: readonly CallView[]): readonly CallView[] => {
  const live = calls.filter(({ status }) => isLive(status))
  const alerting = alertingCalls(live)
  return [...alerting, ...live.filter((call) => !alerting.includes(call))]
}

/** Everybody once, in the order of their first appearance. */
const once = (usernames: readonly string[]): readonly string[] => [...new Set(usernames)]

const dialSections = (snapshot: AppSnapshot): readonly (readonly TrayItem[])[] => {
  const { locale, account, link, directory, favourites, recents } = snapshot
  if (account.state !== 'signedIn') return []
  const words = catalogue(locale).shell
  const dial = (kind: string, username: string): TrayItem =>
    action(
      `${kind}:${username}`,
      personLabel(locale, findPerson(directory, username)),
      { kind: 'dial', to: username },
      link.state === 'joined'
    )
  const submenu = (id: string, label: string, items: readonly TrayItem[]): readonly TrayItem[] =>
    items.length === 0 ? [] : [{ type: 'submenu', id, label, items }]
  const others = directory.filter(({ username }) => username !== account.user.username)
  // A recent peer may have left the directory: their name is in the row.
  const recent = (username: string): TrayItem => {
    const peer = recents.find((row) => row.peer.username === username)?.peer ?? findPerson(directory, username)
    return action(
      `recent:${username}`,
      personLabel(locale, peer),
      { kind: 'dial', to: username },
      link.state === 'joined'
    )
  }
  return [
    favourites.length === 0
      ? []
      : [
          { type: 'heading', id: 'favourites', label: words.favourites },
          ...favourites.slice(0, mostFavourites).map((username) => dial('favourite', username))
        ],
    [
      ...submenu(
        'recents',
        words.recents,
        once(recents.map(({ peer }) => peer.username))
          .slice(0, mostRecents)
          .map(recent)
      ),
      ...submenu(
        'contacts',
        words.contacts,
        others.slice(0, mostContacts).map(({ username }) => dial('contact', username))
      ),
      action('dialClipboard', catalogue(locale).copied.dial, { kind: 'dialClipboard' })
    ]
  ]
}

/** The three ways themselves, as in the window: a switch would have to guess which of two it turns on. */
const disturbItem = ({ locale, account, preferences: { doNotDisturb } }: AppSnapshot): readonly TrayItem[] => {
  if (account.state !== 'signedIn') return []
  const words = catalogue(locale).several.disturb
  return [
    {
      type: 'submenu',
      id: 'doNotDisturb',
      label: doNotDisturb === 'off' ? words.title : words.isOn(words[doNotDisturb]),
      items: disturbances.map((way) => ({
        type: 'radio',
        id: `doNotDisturb:${way}`,
        label: words[way],
        checked: way === doNotDisturb,
        action: { kind: 'doNotDisturb', way }
      }))
    }
  ]
}

/** The menu from top to bottom. Ids stay the same as long as what they name does. */
export const trayMenu = (snapshot: AppSnapshot): readonly TrayItem[] => {
  const { locale, account, calls, missed } = snapshot
  const words = catalogue(locale).shell
  const live = byUrgency(calls)
  const sections: readonly (readonly TrayItem[])[] = [
    ...live.map((call) => callItems(snapshot, call, live.length > 1)),
    [
      ...(missed === 0
        ? []
        : [
            action('missed', words.missedCount(missed, written(snapshot).count(missed)), {
              kind: 'open',
              at: 'recents'
            })
          ]),
      action('open', account.state === 'signedOut' ? words.signIn : words.open, { kind: 'open' }),
      ...disturbItem(snapshot)
    ],
    ...dialSections(snapshot),
    [action('quit', words.quit, { kind: 'quit' })]
  ]
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, at) => (at === 0 ? section : [separator, ...section]))
}

/** What is most urgent decides the icon. */
/** Whether somebody talks or is about to: no invitation, and nothing that may not disturb. */
const isGoingOn = ({ status, can, silent }: CallView): boolean =>
  isLive(status) && !can.join && !(silent && can.answer && can.decline)

export const trayIcon = ({ account, link, calls, missed, preferences }: AppSnapshot): TrayIcon => {
  if (alertingCalls(calls).length > 0) return 'alert'
  const live = calls.filter(isGoingOn)
  // What one says is heard by nobody: that is worth a look before one speaks.
  if (live.some(({ floor, muted }) => floor && muted)) return 'muted'
  if (live.length > 0) return 'call'
  if (account.state !== 'signedIn' || link.state !== 'joined') return 'offline'
  if (missed > 0) return 'missed'
  return preferences.doNotDisturb === 'off' ? 'idle' : 'quiet'
}

export const trayTooltip = (snapshot: AppSnapshot): string => {
  const { locale, account, link, calls, missed, preferences } = snapshot
  const words = catalogue(locale).shell
  const live = calls.filter(({ status }) => isLive(status))
  const call = live.find(({ floor }) => floor) ?? live[0]
  if (call !== undefined) return words.tooltip(callLine(locale, call))
  if (account.state !== 'signedIn') return words.tooltip(words.signedOut)
  if (link.state !== 'joined') return words.tooltip(words.offline)
  const quiet = preferences.doNotDisturb === 'off' ? [] : [words.doNotDisturb]
  const said = [...(missed > 0 ? [words.missedCount(missed, written(snapshot).count(missed))] : []), ...quiet]
  return words.tooltip(said.length === 0 ? words.online : said.join(words.listSeparator))
}
