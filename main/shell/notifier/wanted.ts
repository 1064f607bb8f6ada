// Which notifications should be up, as a pure function of the snapshot. Shows none.
import { catalogue } from '../../../common/i18n/index.ts'
import type { AppSnapshot, CallView } from '../../../common/snapshot.ts'
import { unseenMissed } from '../../store/missed.ts'
import type { ShellAction } from '../actions.ts'
import { alertingCalls } from '../alerting.ts'
import { answerLabel, isTalking } from '../call-words.ts'
import { personLabel } from '../people.ts'
import { written } from '../written.ts'

export type NotificationButton = {
  readonly key: 'answer' | 'decline' | 'callBack'
  readonly label: string
  readonly action: ShellAction
}

export type WantedNotification = {
  /** Names it as long as it is up: a changed one replaces the one before. */
  readonly key: string
  readonly kind: 'incoming' | 'missed' | 'hint'
  /** The call whose alert this is. */
  readonly session: string | null
  readonly title: string
  /** Plain text: whoever shows it escapes it. */
  readonly body: string
  readonly buttons: readonly NotificationButton[]
  /** Whether the desktop rings: the phone's own page does, as long as it is there. */
  readonly sound: boolean
}

const titleOf = (locale: AppSnapshot['locale'], { moving }: CallView, isSecond: boolean): string => {
  const { shell: words, call } = catalogue(locale)
  if (moving) return words.movingCall
  return isSecond ? words.waitingCall : call.incoming
}

const rings = ({ ringtone, ringVolume }: AppSnapshot['settings']): boolean => ringtone !== 'silent' && ringVolume > 0

const incoming = (snapshot: AppSnapshot, call: CallView, isPageAway: boolean): WantedNotification => {
  const { locale, settings, calls } = snapshot
  const words = catalogue(locale).shell
  const { session, peer } = call
  const isSecond = call.waiting || isTalking(calls)
  return {
    key: `call:${session}`,
    kind: 'incoming',
    session,
    title: titleOf(locale, call, isSecond),
    body: personLabel(locale, peer),
    buttons: [
      { key: 'answer', label: answerLabel(snapshot, call), action: { kind: 'answer', session } },
      { key: 'decline', label: words.decline, action: { kind: 'decline', session } }
    ],
    // The bell is for those who do nothing else: who talks is called softly, which a desktop can't.
    sound: isPageAway && rings(settings) && !isSecond && !call.moving
  }
}

const missedCalls = (snapshot: AppSnapshot): readonly WantedNotification[] => {
  const { locale, recents, missed, preferences } = snapshot
  const last = unseenMissed(recents, 0)[0]
  // Who does not want to be disturbed finds them in Recents.
  if (missed === 0 || last === undefined || preferences.doNotDisturb !== 'off') return []
  const words = catalogue(locale).shell
  const person = personLabel(locale, last.peer)
  return [
    {
      key: 'missed',
      kind: 'missed',
      session: null,
      title: missed === 1 ? words.missedCall : words.missedCount(missed, written(snapshot).count(missed)),
      body: missed === 1 ? person : words.lastMissedFrom(person),
      buttons: [{ key: 'callBack', label: words.callBack, action: { kind: 'callBack', to: last.peer.username } }],
      sound: false
    }
  ]
}

/** One for each call that alerts, if the person wants them, and one for all that were missed and not yet looked at. */
export const wantedNotifications = (snapshot: AppSnapshot, isPageAway: boolean): readonly WantedNotification[] => [
  ...(snapshot.settings.notifyIncoming
    ? alertingCalls(snapshot.calls).map((call) => incoming(snapshot, call, isPageAway))
    : []),
  ...missedCalls(snapshot)
]
