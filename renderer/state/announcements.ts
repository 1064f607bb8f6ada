// What screen readers are told when the snapshot changes: a pure diff of the calls before and after.
import { nameIn, type Catalogue, type Locale } from '../../common/i18n/index.ts'
import type { CallView } from '../../common/snapshot.ts'
import { canBeAnswered, endWords } from './calls.ts'

export type Announcement = { readonly urgent: boolean; readonly text: string }

const ofOne = (before: CallView | undefined, now: CallView, locale: Locale, strings: Catalogue): string | null => {
  const name = nameIn(locale, now.peer.names) || now.peer.username
  if (now.status !== before?.status) {
    switch (now.status) {
      case 'conversation':
        return strings.call.announceConversation(name)
      case 'paused':
        return strings.call.announcePaused
      case 'finished':
        return now.end === null ? null : strings.call.announceEnded(endWords(now, strings).replace(/\.$/, ''))
      case 'trying':
      case 'ringing':
      case 'accepted':
        return canBeAnswered(now) ? null : strings.call.status[now.status]
      case 'new':
      case 'flushed':
        return null
    }
  }
  if (before.muted !== now.muted) return now.muted ? strings.ui.call.youAreMuted : strings.ui.call.youAreUnmuted
  if (before.peerMuted !== now.peerMuted && now.peerMuted) return strings.ui.call.peerMuted(name)
  return null
}

/** Incoming calls are urgent; every other change waits for the reader to finish its sentence. */
export const announcements = (
  before: readonly CallView[],
  now: readonly CallView[],
  locale: Locale,
  strings: Catalogue
): readonly Announcement[] =>
  now.flatMap((call): readonly Announcement[] => {
    const earlier = before.find((one) => one.session === call.session)
    if (canBeAnswered(call) && (earlier === undefined || !canBeAnswered(earlier))) {
      const name = nameIn(locale, call.peer.names) || call.peer.username
      return [{ urgent: true, text: strings.call.announceIncoming(name) }]
    }
    const text = ofOne(earlier, call, locale, strings)
    return text === null ? [] : [{ urgent: false, text }]
  })
